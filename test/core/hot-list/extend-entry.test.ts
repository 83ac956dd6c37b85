import type { Entry } from '../../../core/hot-list/entry';
import { approveEntry, extendEntry } from '../../../core/hot-list/life-cycle';
import { expiresAtMs, madeEntry, madeRequested, madeShiftBound } from './made-entry';

const dayMs = 86_400_000;
const nowMs = expiresAtMs - 5 * dayMs;
const suspicion = 'Seen again near both places, by the same witness.';

interface Asked {
  readonly username?: string;
  readonly untilMs?: number;
  readonly suspicion?: string;
  readonly atMs?: number;
}
const extend = (entry: Entry, asked: Asked = {}) =>
  extendEntry(
    entry,
    { untilMs: asked.untilMs ?? expiresAtMs + 30 * dayMs, suspicion: asked.suspicion ?? suspicion },
    { username: asked.username ?? 'made-up.lieutenant', nowMs: asked.atMs ?? nowMs },
  );

it('gives an entry another 30 days from its end, with the lieutenant’s name on record [Policy-H.f]', () => {
  const untilMs = expiresAtMs + 30 * dayMs;
  expect(extend(madeEntry())).toEqual({
    kind: 'changed',
    entry: {
      ...madeEntry(),
      expiresAtMs: untilMs,
      extensions: [{ untilMs, suspicion, approvedBy: 'made-up.lieutenant', approvedAtMs: nowMs }],
      revision: 3,
    },
  });
});

it.each<[string, Entry, Asked]>([
  ['for more than 30 days', madeEntry(), { untilMs: expiresAtMs + 30 * dayMs + 1 }],
  ['by its author', madeEntry({ requestedBy: 'made-up.lieutenant' }), {}],
  ['by who answers for it', madeEntry({ responsible: 'made-up.lieutenant' }), {}],
  ['when a commander made it', madeShiftBound(), {}],
])('is refused %s [Policy-H.f]', (_, entry, asked) => {
  expect(extend(entry, asked)).toMatchObject({ kind: 'refused', because: 'policy', clause: 'Policy-H.f' });
});

it.each<[string, Entry, Asked]>([
  ['while it is only requested', madeRequested(), {}],
  ['once it was removed', madeEntry({ status: 'removed' }), {}],
  ['once it is over', madeEntry(), { atMs: expiresAtMs }],
  ['to the end that it has', madeEntry(), { untilMs: expiresAtMs }],
  ['while an earlier extension has not begun', madeEntry(), { atMs: expiresAtMs - 30 * dayMs - 1 }],
])('is refused %s, and would be good at another time [Policy-H.f]', (_, entry, asked) => {
  expect(extend(entry, asked)).toMatchObject({ kind: 'refused', because: 'state', clause: 'Policy-H.f' });
});

it('is granted in the last millisecond of the entry, and as soon as its last stretch has begun', () => {
  expect(extend(madeEntry(), { atMs: expiresAtMs - 1 }).kind).toBe('changed');
  expect(extend(madeEntry(), { atMs: expiresAtMs - 30 * dayMs }).kind).toBe('changed');
});

it('says from when on the next stretch can be decided', () => {
  const once = extend(madeEntry());
  if (once.kind !== 'changed') throw new Error('was not extended');
  expect(extend(once.entry, { untilMs: expiresAtMs + 31 * dayMs })).toMatchObject({
    remedy: 'Decide anew from 2026-11-21T08:00:00.000Z on.',
  });
});

it('is refused where the words speak of what no plate is listed for [Policy-C]', () => {
  expect(extend(madeEntry(), { suspicion: 'The immigration detainer is still open.' })).toMatchObject({
    kind: 'refused',
    clause: 'Policy-C',
  });
});

it('leaves an extended entry approved by who approved it first', () => {
  const once = extend(madeEntry(), { username: 'made-up.second-lieutenant' });
  expect(once).toMatchObject({ entry: { approvedBy: 'made-up.lieutenant' } });
  if (once.kind !== 'changed') throw new Error('was not extended');
  expect(approveEntry(once.entry, { username: 'made-up.lieutenant', nowMs }).kind).toBe('refused');
});
