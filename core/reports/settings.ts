import { createHash } from 'node:crypto';
import type { AuditFacts } from '../audit/event';
import { canonicalJson } from '../canonical-json';
import type { Configuration } from '../contract/configuration';
import { hashedUuid } from '../hashed-uuid';
import { type CaptureDay, captureDay, dayMs, dayStartMs } from '../retention/day';

/** Settings are noted once a day; a change is told though nothing was noted for so many days before it. */
export const settingsDaysBack = 35;

type Noted = Extract<AuditFacts, { kind: 'settings-noted' }>;

/** Time and id of the event that notes the settings of a day, so that a day has one. */
export function settingsPlace(day: CaptureDay): { readonly atMs: number; readonly eventId: string } {
  return { atMs: dayStartMs(day), eventId: hashedUuid(`platekeeper settings-noted ${day}`) };
}

/** The days before, the nearest first, on one of which the settings were noted last. */
export function settingsDaysBefore(day: CaptureDay): readonly CaptureDay[] {
  return Array.from({ length: settingsDaysBack }, (_, back) =>
    captureDay(dayStartMs(day) - (back + 1) * dayMs),
  );
}

/**
 * What the log keeps of the settings in force: a hash of each part of the configuration, and the parts that differ from
 * when they were noted before. A part that came or went differs.
 */
export function settingsNoted(
  configuration: Configuration,
  day: CaptureDay,
  before: Noted['parts'] | undefined,
): Noted {
  const parts = Object.fromEntries(
    Object.entries(configuration).flatMap(([name, part]) =>
      part === undefined ? [] : [[name, digestOf(part)]],
    ),
  );
  const names = [...new Set([...Object.keys(parts), ...Object.keys(before ?? {})])].sort();
  return {
    kind: 'settings-noted',
    actor: { kind: 'system', name: 'report-month' },
    day,
    parts,
    changed: before === undefined ? [] : names.filter((name) => parts[name] !== before[name]),
  };
}

/** The same whatever order the file has its fields in. */
function digestOf(part: unknown): string {
  return createHash('sha256').update(canonicalJson(part), 'utf8').digest('hex');
}
