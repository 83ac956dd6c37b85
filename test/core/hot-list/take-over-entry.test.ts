import type { Entry } from '../../../core/hot-list/entry';
import { takeOverEntry } from '../../../core/hot-list/life-cycle';
import { expiresAtMs, madeEntry, madeShiftBound, requestedAtMs } from './made-entry';

const hourMs = 3_600_000;
const nowMs = expiresAtMs - hourMs;

interface Asked {
  readonly username?: string;
  readonly atMs?: number;
  readonly shiftEndsAtMs?: number | undefined;
}
const takeOver = (entry: Entry, asked: Asked = {}) =>
  takeOverEntry(entry, {
    username: 'made-up.oncoming-commander',
    nowMs: asked.atMs ?? nowMs,
    shiftEndsAtMs: expiresAtMs + 8 * hourMs,
    handoverMinutes: 60,
    ...asked,
  });

it('moves the responsibility and the end to the next shift, on record [Policy-H.f]', () => {
  expect(takeOver(madeShiftBound())).toEqual({
    kind: 'changed',
    entry: {
      ...madeShiftBound(),
      expiresAtMs: expiresAtMs + 8 * hourMs,
      responsible: 'made-up.oncoming-commander',
      handovers: [{ from: 'made-up.commander', to: 'made-up.oncoming-commander', atMs: nowMs }],
      revision: 2,
    },
  });
});

it.each<[string, Entry, Asked]>([
  ['of a detective’s entry', madeEntry(), {}],
  ['by who answers for it', madeShiftBound(), { username: 'made-up.commander' }],
])('is refused %s [Policy-H.f]', (_, entry, asked) => {
  expect(takeOver(entry, asked)).toMatchObject({ kind: 'refused', because: 'policy', clause: 'Policy-H.f' });
});

it.each<[string, Entry, Asked]>([
  ['before the hour in which shifts meet', madeShiftBound(), { atMs: nowMs - 1 }],
  ['once the entry is over', madeShiftBound(), { atMs: expiresAtMs }],
  ['once it was removed', madeShiftBound({ status: 'removed' }), {}],
  ['where no shift follows', madeShiftBound(), { shiftEndsAtMs: undefined }],
])('is refused %s, and would be good at another time [Policy-H.f]', (_, entry, asked) => {
  expect(takeOver(entry, asked)).toMatchObject({ kind: 'refused', because: 'state', clause: 'Policy-H.f' });
});

it('goes on from shift to shift for 30 days from its making and no longer [Policy-H.f]', () => {
  const endMs = requestedAtMs + 30 * 24 * hourMs;
  const atMs = endMs - 3 * hourMs;
  const late = madeShiftBound({ expiresAtMs: endMs - 2 * hourMs });
  const last = takeOver(late, { atMs, shiftEndsAtMs: endMs + 6 * hourMs });
  expect(last).toMatchObject({ kind: 'changed', entry: { expiresAtMs: endMs } });
  const over = madeShiftBound({ expiresAtMs: endMs });
  expect(takeOver(over, { atMs: endMs - hourMs, shiftEndsAtMs: endMs + 8 * hourMs })).toMatchObject({
    kind: 'refused',
    message: 'A commander’s entry goes on for at most 30 days.',
  });
});

it('is taken back by the first commander when the second one’s shift ends', () => {
  const once = takeOver(madeShiftBound());
  if (once.kind !== 'changed') throw new Error('was not taken over');
  const endMs = expiresAtMs + 8 * hourMs;
  expect(
    takeOver(once.entry, {
      username: 'made-up.commander',
      atMs: endMs - 1,
      shiftEndsAtMs: endMs + 8 * hourMs,
    }),
  ).toMatchObject({
    entry: {
      responsible: 'made-up.commander',
      requestedBy: 'made-up.commander',
      handovers: [
        { from: 'made-up.commander', to: 'made-up.oncoming-commander' },
        { from: 'made-up.oncoming-commander', to: 'made-up.commander' },
      ],
    },
  });
});
