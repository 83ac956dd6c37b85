/**
 * The letters that a reader sees, for screening: one form per letter (NFKD), nothing invisible and no accents, Cyrillic
 * and Greek letters and digits that look Latin as Latin ones, an abbreviation without its dots (`I.C.E.` is `ICE`), and
 * a text in capitals alone in small letters. `one`: what a 1 beside a letter stands for. Only for looking at: the audit
 * log keeps what was typed.
 */
export function plainText(text: string, one: 'i' | 'l' = 'i'): string {
  const letters = [...text.normalize('NFKD').replace(unseen, '')];
  const plain = letters
    .map((each) => lookAlikes.get(each) ?? each)
    .join('')
    .replace(signInWord, (sign) => (sign === '1' ? one : (signLetters[sign] ?? sign)))
    .replace(/\p{Pd}/gu, '-')
    .replace(abbreviation, (run) => run.replace(/\P{L}/gu, ''))
    .replace(/\s+/gu, ' ')
    .trim();
  return /\p{Ll}/u.test(plain) ? plain : plain.toLowerCase();
}

/** Format characters, what fonts draw as nothing (soft hyphen, zero-width space, fillers), and combining marks. */
const unseen = /[\p{Cf}\p{Default_Ignorable_Code_Point}\p{M}]/gu;

/** Three or more letters that stand alone, with dots, spaces or the like between them: `I.C.E.`, `i c e`. */
const abbreviation =
  /(?<![\p{L}\p{N}'])\p{L}(?:[^\p{L}\p{N},;:']{1,2}\p{L}(?![\p{L}\p{N}'])){2,}(?:\.(?=\s|$))?/gu;

/** Digits and signs beside a letter that are written for one: `1mmigration`, `prot3st`, `!mmigration`, `a$ylum`. */
const signInWord =
  /(?<=\p{L})(?:[01345@$]|[78](?!\d))|(?:[01345@$!]|(?<!\d)[78])(?=\p{L})|(?<=\p{L}1*)1|1(?=1*\p{L})/gu;
const signLetters: Readonly<Record<string, string>> = {
  0: 'o',
  3: 'e',
  4: 'a',
  5: 's',
  7: 't',
  8: 'b',
  '@': 'a',
  $: 's',
  '!': 'i',
};

const lookAlikes = new Map([
  ...pairs('АаВЕеЅѕІіЈјКкМмНОоРрСсТтУуХхҮүһԁԛԝӏӀ', 'AaBEeSsIiJjKkMmHOoPpCcTtYyXxYyhdqwlI'),
  ...pairs('ΑΒΕΖΗΙΚΜΝΟΡΤΥΧαεικνορτυχγ', 'ABEZHIKMNOPTYXaeikvoptuxy'),
  ...pairs('ıɩɑɡɪʀɴᴀᴄᴇᴏ’‘', "iiagIRNaceo''"),
]);

function pairs(from: string, to: string): [string, string][] {
  const latin = [...to];
  return [...from].map((each, at) => [each, latin[at] ?? each]);
}
