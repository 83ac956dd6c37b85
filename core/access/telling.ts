import { namesCrime } from './named-crimes';
import { plainText } from './plain-text';

/** Words that describe no event; a phrase made of these alone tells an auditor nothing. */
const emptyWords = new Set(
  (
    'a an and any as asap at be by case check checking citizen contact curious duty enforcement flow follow following for from ' +
    'fyi general get i in info information inquiry inv invest investigate investigating investigation is it just law look ' +
    'looking lookup matter me misc my na need needed new no none of official on one only other our personal plate plates pd ' +
    'police possible query random reason request routine run running search searching see some stuff sus suspicious test ' +
    'testing that the them thing things this to traffic up use various vehicle vehicles veh car cars work business because ' +
    'please and are was were will with'
  ).split(' '),
);

/** What fingers make of a field that must not be empty. */
const filler =
  /^(foo|bar|baz|qux|quux|lorem|ipsum|dolor|abc\w*|xyz\w*|q(we|az)\w*|a(sd|zerty)\w*|zxc\w*|hjkl?|bla\w*|hmm+|lol|idk|tbd|wip|tba|hello|hey|something|anything|nothing|whatever|dummy|sample|placeholder)$/;

/** Work on the system that one word says. */
const upkeep =
  /\b(audits?|tests?|testing|training|maintenance|calibration|inspection|installation|verification)\b/i;

/** Whether a phrase says what happened: it names a crime or an emergency, or two words that are not filler. */
export function tellsWhatHappened(phrase: string): boolean {
  const plain = plainText(phrase);
  return namesCrime(plain) || tellingWords(plain).length >= 2;
}

/** Whether a phrase just passes: it names no crime and no emergency, and two telling words are all it has. */
export function isThinlyTold(phrase: string): boolean {
  const plain = plainText(phrase);
  return !namesCrime(plain) && tellingWords(plain).length <= 2;
}

/** Whether an administrative activity is named: the work on the system, or two words that are not filler. */
export function namesActivity(activity: string): boolean {
  const plain = plainText(activity);
  return upkeep.test(plain) || wordsOf(plain).length >= 2;
}

function tellingWords(plain: string): string[] {
  return wordsOf(plain).filter((word) => !emptyWords.has(word));
}

/** Different words of three letters or more, without the key pressed on and on, and with a vowel somewhere. */
function wordsOf(plain: string): string[] {
  const words = plain.toLowerCase().split(/[^\p{L}]+/u);
  return [...new Set(words)].filter(
    (word) =>
      word.length >= 3 &&
      !/^(.)\1+$/u.test(word) &&
      !/^[b-df-hj-np-tv-xz]+$/.test(word) &&
      !filler.test(word),
  );
}
