/**
 * Where a word of a prohibited subject means something else. These are taken out of a plain text before it is
 * screened; each stands right beside the word, so that a second use of the word elsewhere is still seen.
 */

/** Of the agency ICE, after its name. */
const ofAgency =
  '(detainer|hold|agent|raid|warrant|pick ?up|request|assist\\w*|operation|officer|team|sweep|subject|target|list|custody|behalf|field|case)s?';

/**
 * Frozen water, ice cream and ice hockey. A plain text writes `ICE` only where it also has small letters, and then on
 * its own it is the agency: "info on ICE".
 */
export const frozenWater: readonly RegExp[] = [
  /\bice[- ]?(cream|rink|arena|skat(e|er|ing)|hockey|box(es)?|chest|machine|storm|fishing|house|cube|cooler|melt|covered|patch(es)?|sheet|plant)s?\b/gi,
  new RegExp(
    `\\b([Oo]n|[Oo]ff|[Bb]lack|[Dd]ry|[Tt]hin|[Tt]hrough|[Hh]it|[Dd]ue to|([Pp]atch|[Ss]heet|[Bb]ag|[Bb]ecause) of|([Ss]now|[Ss]leet) (and|or)) (the |some |black |thin )?[Ii]ce\\b(?! ${ofAgency}\\b)`,
    'g',
  ),
];

const crime =
  '((fire ?)?bomb(ings?|s|ed)?|arsons?|explosion|shots fired|shoot(ings?|er)|stabb(ing|ed)|homicide|murder|(sexual )?assault(s|ed)?|batter(y|ed)|attack(s|ed)?|threat(s|ened|ening)?|stalk(ing|ed)|harass(ment|ed|ing)|kidnapp?ing|burglar(y|ies|ized)|robber(y|ies)|robbed|thefts?|larceny|vandal(ism|ized)|criminal damage|hate crime)';

const place =
  "((abortion|fertility|reproductive|health ?care|gender[- ]affirming|women's|family planning|medical) )*(clinic|planned parenthood|center|provider|doctor|nurse|hospital|facility)s?( (clinic|center|staff|doctor|nurse|patient|visitor|employee|building|office)s?)*";

/** A crime against a clinic, or against those in it, is a crime and no lawful health care. */
export const crimesAgainstCare: readonly RegExp[] = [
  new RegExp(
    `\\b${crime} (suspects? )?(at|of|on|against|towards?|to|outside|inside|near|in|from|targeting) (the |an? )?${place}\\b`,
    'gi',
  ),
  new RegExp(
    `\\b(vandalized|burglarized|bombed|attacked|robbed|threatened|burned) (the |an? )?${place}\\b`,
    'gi',
  ),
  new RegExp(`\\b${place} (was |were )?${crime}\\b`, 'gi'),
];

/** Sports, and weapons and drugs that are illegal, in Spanish. */
export const spanishHomonyms: readonly RegExp[] = [
  /\bdeport(es?|iv[oa]s?|istas?)\b/gi,
  /\b(armas|drogas|apuestas|carreras) ilegales\b/gi,
];

/** Races on wheels and on foot, and what broke down. */
export const racesAndBreakdowns: readonly RegExp[] = [
  /\b((street|drag|foot|road|car|horse) ?races?|races? ?(track|way|car)s?)\b/gi,
  /\bdisabled (vehicle|car|truck|auto|motorist|alarm|camera)s?\b/gi,
];
