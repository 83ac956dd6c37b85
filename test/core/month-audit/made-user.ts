import type { Use } from '../../../core/month-audit/use';
import type { RuleSetting, UserMonth } from '../../../core/month-audit/user-month';
import { WallClock } from '../../../core/month-audit/wall-clock';

export const setting: RuleSetting = {
  fromMs: Date.parse('2026-11-01T05:00:00Z'),
  toMs: Date.parse('2026-12-01T06:00:00Z'),
  clock: new WallClock('America/Chicago'),
  phrases: ['Stolen Vehicle', 'Shots Fired'],
  peers: { mistypedNumbers: 0.01, unlikeNumbers: 0.003, thinPhrases: 0.05 },
};

let ids = 0;

/** A use at a time such as `11-03T15:00`, UTC. */
export function use(at: string, facts: Partial<Use> = {}): Use {
  return { eventId: `event-${++ids}`, atMs: Date.parse(`2026-${at}:00Z`), purpose: 'felony', ...facts };
}

export const filed = (text = '2026-0012345'): Partial<Use> => ({
  number: { kind: 'case-number', text },
  numberStands: 'known',
});
export const called = (text = '26-0000001'): Partial<Use> => ({
  number: { kind: 'cad-number', text },
  numberStands: 'known',
});
export const unknown = (text: string): Partial<Use> => ({
  number: { kind: 'case-number', text },
  numberStands: 'unknown',
});
export const said = (phrase: string): Partial<Use> => ({ phrase });

/** Two-digit days of a month from one on. */
export const days = (count: number, first = 1) =>
  Array.from({ length: count }, (_, at) => String(first + at).padStart(2, '0'));

export function user(uses: readonly Use[], facts: Partial<UserMonth> = {}): UserMonth {
  const sorted = [...uses].sort((a, b) => a.atMs - b.atMs);
  const from = (ms: number) => sorted.filter(({ atMs }) => atMs >= ms);
  return {
    username: 'officer-made-up',
    role: 'officer',
    agency: 'bloomington-pd',
    uses: sorted,
    monthUses: from(setting.fromMs),
    recentUses: from(setting.fromMs - 14 * 86_400_000),
    duty: [],
    refusals: [],
    ...facts,
  };
}

/** Duty from 13:00 to 21:00 UTC on these days. */
export const dayShifts = (of: readonly string[]) =>
  of.map((day) => ({
    fromMs: Date.parse(`2026-11-${day}T13:00:00Z`),
    toMs: Date.parse(`2026-11-${day}T21:00:00Z`),
  }));

export const severities = (findings: readonly { readonly severity: string }[]) =>
  findings.map(({ severity }) => severity);
