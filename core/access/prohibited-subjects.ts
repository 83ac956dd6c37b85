import { crimesAgainstCare, frozenWater, racesAndBreakdowns, spanishHomonyms } from './harmless-words';
import { namesCrime } from './named-crimes';
import { plainText } from './plain-text';
import type { ReasonFault } from './reason';

interface Subject {
  readonly clause: string;
  readonly what: string;
  readonly patterns: readonly RegExp[];
  /** Taken out of the text first. */
  readonly harmless?: readonly RegExp[];
  /** A crime named beside the subject makes the crime the reason: "towed vehicle stolen", "shots fired at protest". */
  readonly unlessCrimeIsNamed: boolean;
  /** A statute, and not the policy alone, bars sharing for it (Storage-E). */
  readonly isBarredByStatute?: true;
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
      /\bi[mn]{1,3}i?[- ]?gra[tc](io|o|i)n/i,
      /\b(inmigrantes?|indocumentad[oa]s?|ilegales|sin papeles|migratori[oa]s?)\b/i,
      /\bimm?igra(nts?|ted?) (status|enforcement|check|detainer|hold|warrant|violation|raid|sweep|court)s?\b/i,
      /\b(deport\w*|undocumented|illegals|illegal (alien|immigrant|migrant)s?|(criminal|removable) aliens?)\b/i,
      /\b(visa overstay(s|er|ers)?|overstayed (his |her |their |a )?visa|green cards?|asylum seekers?)\b/i,
      /\b(citizenship|residency|visa) status\b/i,
      /\b(border patrol|enforcement and removal|removal (order|proceeding|operation)s?|orders? of removal|homeland security|287 ?\(?g\)?)\b/i,
      /\b(no legal status|unlawful(ly)? presen(t|ce)|in the country (unlawfully|illegally)|title 8)\b/i,
      /\b(HSI|ERO|CBP|USCIS|migra)\b/i,
      /\bice\b/i,
    ],
    harmless: [...frozenWater, ...spanishHomonyms],
    unlessCrimeIsNamed: false,
    isBarredByStatute: true,
  },
  {
    clause: 'Storage-E',
    what: 'lawful health care (625 ILCS 5/2-130)',
    patterns: [
      /\b(abort(ion|o)s?|abortifacients?|reproductive|gender[- ]affirming|planned parenthood|contracepti(on|ves?)|mifepristone|misoprostol)\b/i,
      /\b(fertility (clinic|treatment)|family planning|birth control|hormone therapy)s?\b/i,
      /\b(health ?care|clinic) (visit|appointment|patient)s?\b/i,
      /\bpregnancy (termination|outcome)s?\b/i,
      /\b(terminat(ed?|ing|ion of) (a |her |the )?pregnanc(y|ies)|ivf)\b/i,
    ],
    harmless: crimesAgainstCare,
    unlessCrimeIsNamed: false,
    isBarredByStatute: true,
  },
  {
    clause: 'Policy-C',
    what: 'towing',
    patterns: [
      /\b(tow|tows|towed|towing|impound(s|ed|ing|ment)?|boot(ing|ed)? (of )?(the |a )?(car|vehicle)s?)\b/i,
      /\b(gruas?|remolques?|remolcad[oa]s?)\b/i,
      /\brepo(s|ssess(ions?|ed|ing)?)?\b/i,
    ],
    unlessCrimeIsNamed: true,
  },
  {
    clause: 'Policy-C',
    what: 'city ordinances',
    patterns: [
      /\bordinances?\b/i,
      /\b(parking|noise|zoning|snow route|street sweeping|code|curfew|leash|smoking) (violat(ion|or)|ticket|complaint|enforcement|citation|fine)s?\b/i,
      /\b(unpaid|overdue|outstanding) (parking )?(ticket|fine|citation)s?\b/i,
      /\b(abandoned|junk|inoperable) (vehicle|car|auto)s?\b/i,
      /\bcity stickers?\b/i,
      /\b(street|sidewalk|unlicensed|unpermitted|illegal) (vend(ing|ors?)|peddl(ing|ers?)|solicit(ing|ation|ors?)|food (truck|cart)s?)\b/i,
      /\b(panhandl(ing|ers?)|peddl(ing|ers?)|loiter(ing|ers?)|littering|open containers?|business licen[cs]es?|fireworks)\b/i,
    ],
    unlessCrimeIsNamed: true,
  },
  {
    clause: 'Def',
    what: 'minor traffic enforcement',
    patterns: [
      /\b(speeding|speeders?|jaywalk(ing|ers?)|seat ?belts?|red light (ticket|camera|violation)s?|illegal u[- ]turns?)\b/i,
      /\b(expired|no) (registrations?|plates?|tags?|stickers?|insurance)\b/i,
      /\b(minor traffic|traffic (violation|ticket|citation|enforcement|stop)s?|(burned|broken|burnt)[- ]out (light|headlight|taillight)s?)\b/i,
      /\b(failure to (signal|yield)|rolling stops?|(ran|rolled|running|blew) (through )?(a |the )?stop signs?|stop sign (violation|ticket)s?)\b/i,
      /\b((suspended|revoked) registrations?|exceso de velocidad)\b/i,
      /\b(equipment violations?|tinted windows?|loud (exhaust|muffler)s?)\b/i,
    ],
    unlessCrimeIsNamed: true,
  },
  {
    clause: 'Access-A',
    what: 'a lawful event, an opinion or an association',
    patterns: [
      /\b(protest(s|ed|ers?|ors?|ing)?|rally|rallies|demonstrat(ion|or)s?|picket(s|ing|ers?)?|vigils?|marchers?|town halls?|campaign events?|church services?|prayers?)\b/i,
      /\b(protestas?|manifestantes?|manifestacion(es)?|sindicatos?)\b/i,
      /\b((peace|protest|pride|freedom|women's) (march(es)?|parades?)|(in|at) (a|the) march)\b/i,
      /\b(activis(m|ts?)|journalists?|reporters?|union (members?|organi[sz]ers?)|political (part(y|ies)|views?|activit(y|ies)|groups?))\b/i,
      /\b(republicans?|democrats?|voters?|black lives matter|blm|antifa|maga)\b/i,
      /\b(mosque|synagogue|church|temple) (attend(ance|ees?|ers?)|members?|goers?|visitors?|parking)\b/i,
    ],
    unlessCrimeIsNamed: true,
  },
  {
    clause: 'Access-A',
    what: 'a class protected by law',
    patterns: [
      /\b(muslims?|jew(s|ish)?|christians|christian (church(es)?|groups?|people|famil(y|ies))|hindus?|sikhs?|catholics?|im?migrants?|refugees?)\b/i,
      /\b(musulman(es|as?)?|judi[oa]s?|mezquitas?|hispanos?)\b/i,
      /\b(race|racial|ethnic(ity)?|religio(ns?|us)|sexual orientation|gender identity|transgender|lesbians?|gays?|homosexuals?|disab(led|ility|ilities))\b/i,
      /\b(hispanics?|latin[oa]s?|somalis?|mexicans?|arabs?|asians?|african[- ]americans?|black|white) (drivers?|people|persons?|males?|females?|men|women|youths?|families|neighbou?rhoods?|owners?)\b/i,
    ],
    harmless: racesAndBreakdowns,
    unlessCrimeIsNamed: true,
  },
];

/** The prohibited subject that a text speaks of, or `undefined`. Screens what a reader sees (`plainText`). */
export function prohibitedSubject(text: string): ReasonFault | undefined {
  const subject = subjectOf(text);
  if (!subject) return undefined;
  return {
    clause: subject.clause,
    message: `The reason speaks of ${subject.what}, for which plates may not be searched.`,
    remedy: subject.unlessCrimeIsNamed
      ? 'If a crime or a missing person is the reason, name it; otherwise this search cannot be made.'
      : 'This search cannot be made; where a word meant something else, say it in another way.',
  };
}

/** What a text speaks of for which the law itself forbids sharing: immigration status, lawful health care. */
export function subjectBarredByStatute(text: string): string | undefined {
  const subject = subjectOf(text);
  return subject?.isBarredByStatute ? subject.what : undefined;
}

function subjectOf(text: string): Subject | undefined {
  const readings = [...new Set([plainText(text), plainText(text, 'l')])];
  const isExcused = readings.some(namesCrime);
  return subjects.find(
    (each) => !(isExcused && each.unlessCrimeIsNamed) && readings.some((plain) => speaksOf(plain, each)),
  );
}

function speaksOf(plain: string, { patterns, harmless = [] }: Subject): boolean {
  const left = harmless.reduce((text, each) => text.replace(each, ' '), plain);
  return patterns.some((pattern) => pattern.test(left));
}
