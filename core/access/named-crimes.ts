/** Crimes and emergencies of Policy-B, as they are written in practice. Each says by itself what happened. */
const offences = words(
  'stolen|steal(ing)?|thefts?|larceny|carjack(ed|ings?)?|hijack(ed|ings?)?|robber(y|ies)|robbed|burglar(y|ies|ized|s)?',
  'shoot(ings?|ers?)|shots?|gun(fire|men|man|point)|stabb(ed|ings?)|homicides?|murder(s|ed|er)?|manslaughter|killed',
  'assault(ed|s)?|batter(y|ed)|attack(ed|ers?|s)?|beating|beaten|hate crimes?|threat(s|ened|ening)?|stalk(ed|ing|er)?',
  'harass(ed|ment|ing)?|domestic violence|raped?|sexual(ly)? (assault|abuse)d?|molest(ed|ation)?|traffick(ing|ed|ers?)',
  'kidnap(p?ed|p?ings?|p?ers?)?|abduct(ed|ions?|ors?)?|runaways?|amber alerts?|endangered|suicid(e|al)|overdose(d|s)?',
  'hit[- ]and[- ]run|fled|fleeing|eluding|evading|fugitives?|pursuit|dui|fatal(ity|ities)?|injured|arson(s|ist)?|bomb(ings?|s|ed)?',
  'explosi(ve|on)s?|vandal(ism|i[sz]ed|s)?|break[- ]?ins?|bro(ken?|ke) into|getaway|fraud|forgery|counterfeit(ing)?|arrest warrants?',
  'robos?|robad[oa]s?|asaltos?|homicidios?|asesin(ato|ad[oa])s?|secuestr(o|ad[oa])s?|tiroteos?|balaceras?|disparos?|apunalad[oa]s?',
  'desaparecid[oa]s?|amenazas?|violencia domestica|incendio provocado|suicid(io|a)',
);

const somebody =
  '(persons?|people|juveniles?|child(ren)?|kids?|boys?|girls?|teen(ager)?s?|adults?|m[ae]n|wom[ae]n|(fe)?males?|owners?|subjects?|suspects?|fugitives?|felons?)';

/** Words that tell of a crime only together with others: `drugs`, `missing`, `wanted` or `death` alone says nothing. */
const together = words(
  `(missing|wanted|armed) (\\w+,? ){0,4}${somebody}`,
  `${somebody} (\\w+ ){0,2}missing`,
  'wanted (for|on) (\\w+ ){0,3}warrants?',
  '(drugs?|narcotics?|fentanyl|heroin|cocaine|meth) (deal(ing|ers?)?|sales?|selling|deliver(y|ies)|manufactur(e|ing)|distribution|smuggling)',
  '(suspicious|unattended) death|death (investigation|of an? \\w+)',
  '(crash|accident|collision|wreck)(es)? (\\w+ ){0,2}injur(y|ies)|injury (crash|accident|collision)',
  `${somebody} with (a |an )?(gun|knife|weapon|rifle)`,
  'weapons? offen[cs]es?|(unlawful|illegal) (use|possession) of (a )?(weapon|firearm|gun)s?',
);

/** Whether a plain text names a crime, a missing person or another emergency that plates may be searched for. */
export function namesCrime(plain: string): boolean {
  return offences.test(plain) || together.test(plain);
}

function words(...alternatives: readonly string[]): RegExp {
  return new RegExp(`\\b(${alternatives.join('|')})\\b`, 'i');
}
