/** One character of a line. */
export interface Character {
  readonly text: string;
  /** 0 to 1. */
  readonly confidence: number;
  /** Where its middle lies along the line, 0 (left end) to 1. */
  readonly at: number;
}

export interface Word {
  readonly text: string;
  readonly confidence: number;
  /** The stretch of the line that it covers, 0 to 1. */
  readonly from: number;
  readonly to: number;
}

/** A gap this many times the usual distance of two characters stands for a space. */
const gapMin = 1.75;

/** Splits a line into words, at spaces and at wide gaps. Characters other than printable ASCII are left out. */
export function wordsOf(characters: readonly Character[]): Word[] {
  const printable = characters.filter(({ text }) => /^[ -~]$/.test(text));
  const pitch = usualPitch(printable.filter(({ text }) => text !== ' '));
  const words: Character[][] = [[]];
  let before: Character | undefined;
  for (const character of printable) {
    const isApart = before !== undefined && character.at - before.at > gapMin * pitch;
    if (character.text === ' ' || isApart) words.push([]);
    if (character.text === ' ') continue;
    words.at(-1)?.push(character);
    before = character;
  }
  return words.filter((word) => word.length > 0).map((word) => joined(word, pitch));
}

function joined(word: readonly Character[], pitch: number): Word {
  const [first, last] = [word[0]?.at ?? 0, word.at(-1)?.at ?? 1];
  return {
    text: word.map(({ text }) => text).join(''),
    confidence: word.reduce((sum, { confidence }) => sum + confidence, 0) / word.length,
    from: Math.max(0, first - pitch * 0.6),
    to: Math.min(1, last + pitch * 0.6),
  };
}

function usualPitch(characters: readonly Character[]): number {
  const gaps = characters.slice(1).map(({ at }, index) => at - (characters[index]?.at ?? 0));
  return gaps.sort((a, b) => a - b)[Math.floor(gaps.length / 2)] ?? 1;
}
