/** The longest number that a pattern is tried on (`reasonSchema`). */
export const numberLengthMax = 40;

/** Ways to match one text that a pattern may have; each is tried at up to 40 places. */
const waysMax = 10_000;

/**
 * Whether a regular expression that compiles surely ends soon on a number of 40 characters. Stricter than need be: a
 * group that holds a repeat or a choice may be optional but not repeated (`(a+)+`, `(a|a)*`), and there are no back
 * references and no look-around. Case numbers need none of that.
 */
export function isQuick(pattern: string): boolean {
  const plain = pattern
    .replace(/\\(?:[upP]\{[^}]*\}|[^\dk])/gu, 'a')
    .replace(/\[[^\]]*\]/gu, 'a')
    .replaceAll('(?:', '(');
  if (/\\|\(\?/u.test(plain)) return false;
  let ways = 1;
  /** For each open group, whether it holds neither a repeat of varying length nor a choice. */
  const groups = [true];
  for (const [, mark, repeat] of plain.matchAll(/([^*+?{])([*+?]\??|\{[\d,]+\}\??)?/gu)) {
    if (mark === '(') groups.push(true);
    if (mark === '|') ways *= 2;
    const count = waysOf(repeat);
    ways *= count;
    const isPlainGroup = mark === ')' ? groups.pop() : true;
    if (!isPlainGroup && repeat !== undefined && !repeat.startsWith('?')) return false;
    if (mark === '|' || count > 1 || !isPlainGroup) groups[groups.length - 1] = false;
    if (ways > waysMax) return false;
  }
  return true;
}

/** How many lengths a repeat may take; too many where it counts beyond any number. */
function waysOf(repeat: string | undefined): number {
  if (repeat === undefined) return 1;
  if (repeat.startsWith('?')) return 2;
  const [, least, comma, most] = /^\{(\d+)(,?)(\d*)/.exec(repeat) ?? [];
  if (least === undefined) return numberLengthMax + 1;
  const upTo = comma === '' ? Number(least) : Number(most || Math.max(numberLengthMax, Number(least)));
  return upTo > numberLengthMax ? Number.POSITIVE_INFINITY : upTo - Number(least) + 1;
}
