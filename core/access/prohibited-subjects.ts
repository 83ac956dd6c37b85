import type { ReasonFault } from './reason';

interface Subject {
  readonly clause: string;
  readonly what: string;
  /** Matched on the text as written where case carries meaning (`ICE`), otherwise without case. */
  readonly patterns: readonly RegExp[];
  /** A crime named beside the subject makes the crime the reason: "towed vehicle stolen", "shots fired at protest". */
  readonly unlessCrimeIsNamed: boolean;
}

/**
 * Subjects that no plate may be looked up for. The word list is deliberately short and plain, so that an officer who
 * is refused can see why; what it misses is for the monthly audit to find. Order: the strictest first.
 */
const subjects: readonly Subject[] = [
  {
    clause: 'Policy-C',
    what: 'immigration enforcement',
    patterns: [
      /\bimmigra(tion|nts?)\b.*\b(status|enforcement|check|detainer|hold|warrant|violation|raid|sweep|court)\b/i,
      /\bimmigration\b/i,
      /\b(deport(ation|ed|able|ing)?|undocumented|illegal (alien|immigrant)s?|visa overstay|overstayed (his|her|their)? ?visa)\b/i,
      /\b(citizenship|immigration|residency|visa) status\b/i,
      /\b(border patrol|enforcement and removal)\b/i,
      /\bice (detainer|hold|agents?|raid|warrant|pick ?up|request|assist|operation)\b/i,
      /\b(for|assist|assisting|with|from|by) ICE\b/,
    ],
    unlessCrimeIsNamed: false,
  },
  {
    clause: 'Storage-E',
    what: 'lawful health care (625 ILCS 5/2-130)',
    patterns: [
      /\b(abortions?|reproductive|gender[- ]affirming|planned parenthood|contracepti(on|ve)s?|fertility clinic)\b/i,
      /\b(health ?care|clinic) (visit|appointment|patient)s?\b/i,
      /\bpregnancy (termination|outcome)\b/i,
    ],
    unlessCrimeIsNamed: true,
  },
  {
    clause: 'Policy-C',
    what: 'towing',
    patterns: [
      /\b(tow|tows|towed|towing|impound(ed|ing|ment)?|boot(ing|ed) (of )?(the )?(car|vehicle)s?)\b/i,
      /\brepo(s|ssess(ion|ed)?)?\b/i,
    ],
    unlessCrimeIsNamed: true,
  },
  {
    clause: 'Policy-C',
    what: 'city ordinances',
    patterns: [
      /\bordinance\b/i,
      /\b(parking|noise|zoning|snow route|street sweeping|code) (violation|ticket|complaint|enforcement|citation|fine)s?\b/i,
      /\b(unpaid|overdue|outstanding) (parking )?(ticket|fine|citation)s?\b/i,
      /\b(abandoned|junk|inoperable) (vehicle|car|auto)s?\b/i,
      /\bcity sticker\b/i,
    ],
    unlessCrimeIsNamed: true,
  },
  {
    clause: 'Def',
    what: 'minor traffic enforcement',
    patterns: [
      /\b(speeding|speeder|jaywalking|seat ?belts?|red light ticket|illegal u[- ]turn)\b/i,
      /\b(expired|no) (registration|plates?|tags?|stickers?|insurance)\b/i,
      /\b(minor traffic|traffic (violation|ticket|citation|enforcement|stop)s?|(burned|broken|burnt)[- ]out (light|headlight|taillight))\b/i,
      /\b(equipment violation|tinted windows?|loud (exhaust|muffler))\b/i,
    ],
    unlessCrimeIsNamed: true,
  },
  {
    clause: 'Access-A',
    what: 'a lawful event, an opinion or an association',
    patterns: [
      /\b(protest(s|ers?|ors?|ing)?|rally|rallies|demonstrat(ion|ors?)s?|picket(ing|ers?)?|vigil|march(ers)?|town hall|campaign event|church service|prayer)\b/i,
      /\b(activis[tm]s?|journalists?|reporters?|union (members?|organi[sz]ers?)|political (party|views?|activit(y|ies)|group))\b/i,
      /\b(republicans?|democrats?|voters?|black lives matter|blm|antifa|maga)\b/i,
      /\b(mosque|synagogue|church|temple) (attend(ance|ees?|ers?)|members?|goers?|visitors?|parking)\b/i,
    ],
    unlessCrimeIsNamed: true,
  },
  {
    clause: 'Access-A',
    what: 'a class protected by law',
    patterns: [
      /\b(muslims?|jew(s|ish)?|christians?|hindus?|sikhs?|catholics?)\b/i,
      /\b(race|racial|ethnic(ity)?|religio(n|us)|sexual orientation|gender identity|transgender|lesbians?|gays?|homosexuals?|disab(led|ility))\b/i,
      /\b(hispanics?|latin[oa]s?|somalis?|mexicans?|arabs?|asians?|african[- ]americans?|black|white) (drivers?|people|persons?|males?|females?|men|women|youths?|families|neighbou?rhood|owners?)\b/i,
    ],
    unlessCrimeIsNamed: true,
  },
];

/** Crimes and emergencies of Policy-B, as they are written in practice. */
const crime = new RegExp(
  `\\b(${[
    'stolen|steal(ing)?|theft|larceny|carjack(ed|ing)?|hijack(ed|ing)?|robber(y|ies)|robbed|burglar(y|ies|ized)?',
    'shoot(ing|er)?|shots?|shot|gun(fire|man|point)?|armed|weapons?|stabb(ed|ing)|homicide|murder(ed)?|manslaughter|killed|death',
    'assault(ed|s)?|batter(y|ed)|attack(ed|er)?|beating|beaten|hate crime|threat(s|ened|ening)?|stalk(ed|ing|er)?|harass(ed|ment|ing)?',
    'rape(d)?|sexual(ly)? (assault|abuse)|molest(ed|ation)?|traffick(ing|ed|er)|kidnap(p?ed|p?ing|p?er)?|abduct(ed|ion|or)?',
    'missing|runaway|amber alert|endangered|suicid(e|al)|hit[- ]and[- ]run|fled|fleeing|eluding|pursuit|dui|fatal(ity)?|injur(y|ed|ies)',
    'arson|bomb(ing|s)?|explosi(ve|on)s?|vandal(ism|ized)|fraud|forgery|counterfeit|felon(y|ies)?|arrest warrant|wanted|narcotics|drugs?|fentanyl',
  ].join('|')})\\b`,
  'i',
);

/** The prohibited subject that a text speaks of, or `undefined`. */
export function prohibitedSubject(text: string): ReasonFault | undefined {
  const namesCrime = crime.test(text);
  const subject = subjects.find(
    (each) => !(namesCrime && each.unlessCrimeIsNamed) && each.patterns.some((pattern) => pattern.test(text)),
  );
  if (!subject) return undefined;
  return {
    clause: subject.clause,
    message: `The reason speaks of ${subject.what}, for which plates may not be searched.`,
    remedy: 'If a crime or a missing person is the reason, name it; otherwise this search cannot be made.',
  };
}
