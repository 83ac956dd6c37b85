import fc from 'fast-check';
import { type Entry, isActive } from '../../../core/hot-list/entry';
import {
  approveEntry,
  type EntryActor,
  type EntryChange,
  extendEntry,
  removeEntry,
  requestEntry,
  takeOverEntry,
} from '../../../core/hot-list/life-cycle';
import { nextShiftEndMs, shiftEndMs } from '../../../core/hot-list/shift';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const timeZone = 'America/Chicago';
const shifts = [
  { startsAt: '07:00', endsAt: '15:00' },
  { startsAt: '15:00', endsAt: '23:00' },
  { startsAt: '23:00', endsAt: '07:00' },
];
const suspicion = 'Seen leaving two armed robberies on Main Street.';
const histories = process.env.DEEP === undefined ? 1_000 : 20_000;

const person = fc.constantFrom('made-up.first', 'made-up.second', 'made-up.third', 'made-up.fourth');
const acts = ['approve', 'extend', 'take-over', 'remove'] as const;
type Act = (typeof acts)[number];

interface Step {
  readonly act: Act;
  readonly username: string;
  /** Until the step, as a share of the time that the entry has left: 1 is its very end. */
  readonly waits: number;
  /** How much later than the present end an extension is to end. */
  readonly furtherMs: number;
}
const step: fc.Arbitrary<Step> = fc.record({
  act: fc.oneof(
    { weight: 9, arbitrary: fc.constantFrom(...acts) },
    { weight: 5, arbitrary: fc.constant('extend') },
  ),
  username: person,
  waits: fc.oneof(fc.double({ min: 0, max: 1.1, noNaN: true }), fc.constantFrom(0, 0.95, 1)),
  furtherMs: fc.integer({ min: -dayMs, max: 35 * dayMs }),
});
/** Through the night on which the clock is set back. */
const begins = fc.integer({
  min: Date.parse('2026-10-31T00:00:00Z'),
  max: Date.parse('2026-11-02T12:00:00Z'),
});

function begun(history: { username: string; isCommander: boolean; beginsMs: number; lastsMs: number }) {
  const { username, isCommander, beginsMs, lastsMs } = history;
  const shiftEndsAtMs = shiftEndMs(shifts, timeZone, beginsMs) ?? beginsMs;
  return requestEntry(
    {
      plate: 'TEST123',
      purpose: { kind: 'felony' },
      reason: { kind: 'phrase', phrase: 'Armed Robbery' },
      suspicion,
      concern: 'felony-vehicle',
      jurisdiction: 'bloomington-pd',
      expiresAtMs: isCommander ? shiftEndsAtMs - (lastsMs % 2) * hourMs : beginsMs + lastsMs,
    },
    {
      username,
      department: 'bloomington-pd',
      entryId: '00000000-0000-4000-9000-000000000001',
      nowMs: beginsMs,
      ...(isCommander ? { shiftEndsAtMs } : {}),
    },
  );
}

function take(entry: Entry, { act, furtherMs }: Step, by: EntryActor): EntryChange {
  switch (act) {
    case 'approve':
      return approveEntry(entry, by);
    case 'extend':
      return extendEntry(entry, { untilMs: entry.expiresAtMs + furtherMs, suspicion }, by);
    case 'take-over':
      return takeOverEntry(entry, {
        ...by,
        shiftEndsAtMs: nextShiftEndMs(shifts, timeZone, entry.expiresAtMs),
        handoverMinutes: 60,
      });
    case 'remove':
      return removeEntry(entry, by);
  }
}

/** What is unlawful about an entry at a moment, by rules that stand here alone. */
function faultsOf(entry: Entry, firstEndMs: number, nowMs: number): readonly string[] {
  const { requestedBy, requestedAtMs, isShiftBound, extensions, handovers, expiresAtMs } = entry;
  const ends = [requestedAtMs, firstEndMs, ...extensions.map(({ untilMs }) => untilMs)];
  const stretches = isShiftBound
    ? [expiresAtMs - requestedAtMs]
    : ends.slice(1).map((end, i) => end - (ends[i] ?? 0));
  const isLive = isActive(entry, nowMs);
  const rules: readonly (readonly [string, boolean])[] = [
    ['a stretch is longer than 30 days', stretches.some((ms) => ms <= 0 || ms > 30 * dayMs)],
    ['its author extended it', extensions.some(({ approvedBy }) => approvedBy === requestedBy)],
    ['somebody took over from himself', handovers.some(({ from, to }) => from === to)],
    [
      'another answers for it than took it over last',
      entry.responsible !== (handovers.at(-1)?.to ?? requestedBy),
    ],
    ['a commander’s was extended', isShiftBound && extensions.length > 0],
    ['a detective’s was taken over', !isShiftBound && handovers.length > 0],
    ['it is active past its end', isLive && nowMs >= expiresAtMs],
    ['it is active unapproved', isLive && !isShiftBound && entry.approvedBy === undefined],
    ['its author approved it', entry.approvedBy === requestedBy],
    [
      'it lives on fewer approvals than stretches',
      isLive && nowMs - requestedAtMs >= 30 * dayMs * (1 + extensions.length),
    ],
    // Its shift and the next, of which one has 9 hours in the night on which the clock is set back.
    [
      'it outlasts the next shift',
      isShiftBound && expiresAtMs - Math.max(requestedAtMs, handovers.at(-1)?.atMs ?? 0) > 17 * hourMs,
    ],
  ];
  return rules.filter(([, isBroken]) => isBroken).map(([fault]) => fault);
}

it('never holds an entry active that nobody approved, past its end, for longer than 30 days a stretch, or by the word of its own author, whatever happens in whatever order [Policy-H.d] [Policy-H.f]', () => {
  const taken: Record<Act, number> = { approve: 0, extend: 0, 'take-over': 0, remove: 0 };
  const history = fc.record({
    username: person,
    isCommander: fc.boolean(),
    beginsMs: begins,
    lastsMs: fc.integer({ min: 1, max: 35 * dayMs }),
    steps: fc.array(step, { minLength: 3, maxLength: 12 }),
  });
  fc.assert(
    fc.property(history, (facts) => {
      const made = begun(facts);
      if (made.kind === 'refused') return;
      let { entry } = made;
      const firstEndMs = entry.expiresAtMs;
      let nowMs = facts.beginsMs;
      let isOver = false;
      const faults = [...faultsOf(entry, firstEndMs, nowMs)];
      for (const each of facts.steps) {
        nowMs += Math.round(Math.max(0, entry.expiresAtMs - nowMs) * each.waits);
        isOver ||= entry.status === 'removed' || nowMs >= entry.expiresAtMs;
        const change = take(entry, each, { username: each.username, nowMs });
        if (change.kind === 'changed' && change.entry !== entry) {
          if (change.entry.revision !== entry.revision + 1) faults.push('a revision is skipped');
          entry = change.entry;
          taken[each.act]++;
        }
        if (isOver && isActive(entry, nowMs)) faults.push('what was over is active again');
        faults.push(...faultsOf(entry, firstEndMs, nowMs));
      }
      expect(faults).toEqual([]);
    }),
    { numRuns: histories },
  );
  for (const act of acts) expect(taken[act]).toBeGreaterThan(20);
});
