import type { Configuration } from '../contract/configuration';
import type { PlatePattern } from '../plate/pattern';
import { isExact } from '../plate/pattern';

/** A walk through the data instead of a look for a vehicle (Storage-A). */
export type Walk = 'plates-per-hour' | 'similar-plates' | 'broad-patterns' | 'cameras' | 'windows';

/** What one search leaves behind so that a walk is noticed: keyed hashes and times, never a plate or a camera. */
export type Trace = string;

/** A keyed hash: nobody without the key can tell by trying what it was made of. */
export type HashText = (text: string) => string;

export interface Walked {
  readonly nowMs: number;
  readonly fromMs: number;
  readonly toMs: number;
  readonly target:
    | { readonly kind: 'plate'; readonly pattern: PlatePattern }
    | { readonly kind: 'place'; readonly cameras: readonly string[] };
}

const minuteMs = 60_000;
/** So many known characters of a pattern name a share of all vehicles, and no one of them. */
const broadCharacters = 3;

/** The traces of one search, the same for the same search. */
export function tracesOf(walked: Walked, hash: HashText): readonly Trace[] {
  const { target, nowMs } = walked;
  const window = `${Math.floor(walked.fromMs / minuteMs)}~${Math.ceil(walked.toMs / minuteMs)}`;
  if (target.kind === 'place')
    return target.cameras.flatMap((camera) => {
      const hashed = hash(`camera|${camera}`);
      return [`c~${hashed}`, `t~${hashed}~${window}`];
    });
  const { pattern } = target;
  const hashed = hash(`plate|${pattern}`);
  const hour = new Date(nowMs).getUTCHours();
  return [
    `h~${hour}~${hashed}`,
    `t~${hashed}~${window}`,
    ...familiesOf(pattern).map((family) => `f~${hash(`family|${family}`)}~${hashed}`),
    ...(isBroad(pattern) ? [`b~${hashed}`] : []),
  ];
}

/**
 * Which walk the traces of a user's day show, if any. It looks at all traces of the day, so that whoever was stopped
 * once stays stopped until the day ends, and parallel searches see each other's.
 */
export function walkIn(
  traces: readonly Trace[],
  limits: Configuration['caps']['enumeration'],
): Walk | undefined {
  const fields = [...new Set(traces)].map((trace) => trace.split('~'));
  const of = (kind: string) => fields.filter(([is]) => is === kind);
  if (mostIn(of('h')) >= limits.platesPerHour) return 'plates-per-hour';
  if (mostIn(of('f')) >= limits.similarPlates) return 'similar-plates';
  if (of('b').length >= limits.broadPatterns) return 'broad-patterns';
  if (of('c').length >= limits.cameras) return 'cameras';
  if (mostWindows(of('t')) >= limits.windows) return 'windows';
  return undefined;
}

/**
 * All but the last two characters, and all but the first two: plates that were drawn one after the other are of one
 * family. Of a pattern, whose known characters are few, all but one.
 */
function familiesOf(pattern: PlatePattern): readonly string[] {
  const known = pattern.replace(/[?*]/g, '').length;
  const left = isExact(pattern) ? 2 : 1;
  if (known <= left) return [];
  return [`${withoutKnown(pattern, left, 'last')}|last`, `${withoutKnown(pattern, left, 'first')}|first`];
}

/** The pattern with so many known characters at one end made equal. */
function withoutKnown(pattern: string, count: number, end: 'first' | 'last'): string {
  const characters = end === 'first' ? [...pattern] : [...pattern].reverse();
  let left = count;
  const blanked = characters.map((each) => (/[?*]/.test(each) || left-- <= 0 ? each : '_'));
  return (end === 'first' ? blanked : blanked.reverse()).join('');
}

function isBroad(pattern: PlatePattern): boolean {
  return pattern.includes('*') && pattern.replace(/[?*]/g, '').length <= broadCharacters;
}

/** The greatest number of traces in one group. */
function mostIn(fields: readonly (readonly string[])[]): number {
  const counts = new Map<string, number>();
  for (const [, group = ''] of fields) counts.set(group, (counts.get(group) ?? 0) + 1);
  return Math.max(0, ...counts.values());
}

/** The greatest number of windows of one target of which no two overlap (interval scheduling: earliest end first). */
function mostWindows(fields: readonly (readonly string[])[]): number {
  const windows = new Map<string, { from: number; to: number }[]>();
  for (const [, target = '', from, to] of fields) {
    const known = windows.get(target) ?? [];
    known.push({ from: Number(from), to: Number(to) });
    windows.set(target, known);
  }
  return Math.max(0, ...[...windows.values()].map(disjoint));
}

function disjoint(windows: readonly { readonly from: number; readonly to: number }[]): number {
  let count = 0;
  let endedAt = Number.NEGATIVE_INFINITY;
  for (const { from, to } of windows.toSorted((a, b) => a.to - b.to)) {
    if (from < endedAt) continue;
    count++;
    endedAt = to;
  }
  return count;
}
