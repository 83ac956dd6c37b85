import fc from 'fast-check';
import { type Entry, isActive, statusAt } from '../../../core/hot-list/entry';
import {
  approveEntry,
  type EntryAuthor,
  type EntryRequest,
  removeEntry,
  requestEntry,
} from '../../../core/hot-list/life-cycle';
import { expiresAtMs, madeEntry, madeRequested } from './made-entry';

const dayMs = 86_400_000;
const nowMs = Date.parse('2026-11-02T12:00:00Z');
const by: EntryAuthor = {
  username: 'made-up.detective',
  department: 'bloomington-pd',
  entryId: '00000000-0000-4000-9000-000000000001',
  nowMs,
};
const request: EntryRequest = {
  plate: 'test 123',
  purpose: { kind: 'felony' },
  reason: { kind: 'phrase', phrase: 'Armed Robbery' },
  suspicion: 'Seen leaving two armed robberies on Main Street.',
  jurisdiction: 'bloomington-pd',
  expiresAtMs: nowMs + 7 * dayMs,
};

describe('a request for an entry', () => {
  it('makes an entry that is not approved', () => {
    expect(requestEntry(request, by)).toEqual({
      kind: 'changed',
      entry: {
        entryId: '00000000-0000-4000-9000-000000000001',
        plate: 'TEST123',
        status: 'requested',
        purpose: { kind: 'felony' },
        reason: { kind: 'phrase', phrase: 'Armed Robbery' },
        suspicion: 'Seen leaving two armed robberies on Main Street.',
        jurisdiction: 'bloomington-pd',
        requestedBy: 'made-up.detective',
        requestedAtMs: nowMs,
        expiresAtMs: nowMs + 7 * dayMs,
        revision: 1,
      },
    });
  });

  it.each<[string, Partial<EntryRequest>, Partial<EntryAuthor>, string]>([
    ['with an unread character [Policy-H.e]', { plate: 'TEST12?' }, {}, 'Policy-H.e'],
    ['with a wildcard [Policy-H.e]', { plate: 'TEST*' }, {}, 'Policy-H.e'],
    ['that ends at once [Policy-H.f]', { expiresAtMs: nowMs }, {}, 'Policy-H.f'],
    ['for more than 30 days [Policy-H.f]', { expiresAtMs: nowMs + 30 * dayMs + 1 }, {}, 'Policy-H.f'],
    [
      'of a commander beyond the shift [Policy-H.f]',
      { expiresAtMs: nowMs + 3_600_001 },
      { shiftEndsAtMs: nowMs + 3_600_000 },
      'Policy-H.f',
    ],
    [
      'for another jurisdiction without a joint investigation [Policy-H.h]',
      { jurisdiction: 'peoria-pd' },
      {},
      'Policy-H.h',
    ],
    [
      'whose suspicion speaks of immigration [Policy-C]',
      { suspicion: 'The driver is believed to have an immigration detainer.' },
      {},
      'Policy-C',
    ],
    [
      'whose joint case is about health care [Storage-E]',
      { jurisdiction: 'peoria-pd', jointCase: 'Abortion inquiry 7' },
      {},
      'Storage-E',
    ],
  ])('is refused %s', (_, changes, author, clause) => {
    expect(requestEntry({ ...request, ...changes }, { ...by, ...author })).toMatchObject({
      kind: 'refused',
      because: 'policy',
      clause,
    });
  });

  it.each<[string, Partial<EntryRequest>, Partial<EntryAuthor>]>([
    ['for exactly 30 days', { expiresAtMs: nowMs + 30 * dayMs }, {}],
    ['of a commander until the shift ends', { expiresAtMs: nowMs + 60 }, { shiftEndsAtMs: nowMs + 60 }],
    ['for a joint investigation, named', { jurisdiction: 'peoria-pd', jointCase: 'Joint case 12' }, {}],
  ])('is taken %s', (_, changes, author) => {
    expect(requestEntry({ ...request, ...changes }, { ...by, ...author }).kind).toBe('changed');
  });
});

describe('approval and removal, from each status', () => {
  const removed = removeEntry(madeEntry(), { username: 'made-up.detective', nowMs });
  const entries = {
    requested: madeRequested(),
    approved: madeEntry(),
    removed: removed.kind === 'changed' ? removed.entry : madeEntry(),
  };

  it.each([
    ['requested', 'approved'],
    ['approved', 'refused'],
    ['removed', 'refused'],
  ] as const)('an entry that is %s, approved by another: %s [Policy-H.d]', (status, result) => {
    const change = approveEntry(entries[status], { username: 'made-up.lieutenant', nowMs });
    if (result === 'refused')
      expect(change).toMatchObject({ kind: 'refused', because: 'state', clause: 'Policy-H.d' });
    else
      expect(change).toMatchObject({
        kind: 'changed',
        entry: { status: 'approved', approvedBy: 'made-up.lieutenant', approvedAtMs: nowMs, revision: 2 },
      });
  });

  it('is never approved by its author [Policy-H.d]', () => {
    expect(approveEntry(madeRequested(), { username: 'made-up.detective', nowMs })).toMatchObject({
      kind: 'refused',
      because: 'policy',
      clause: 'Policy-H.d',
    });
  });

  it('is not approved once its time is over [Policy-H.f]', () => {
    const change = approveEntry(madeRequested(), { username: 'made-up.lieutenant', nowMs: expiresAtMs });
    expect(change).toMatchObject({ kind: 'refused', message: expect.stringContaining('expired') });
  });

  it.each(['requested', 'approved'] as const)('removes one that is %s [Policy-H.g]', (status) => {
    expect(removeEntry(entries[status], { username: 'made-up.administrator', nowMs })).toMatchObject({
      kind: 'changed',
      entry: { status: 'removed', removedBy: 'made-up.administrator', removedAtMs: nowMs },
    });
  });

  it('leaves one as it is that is removed already', () => {
    const again = removeEntry(entries.removed, { username: 'made-up.administrator', nowMs: nowMs + 1 });
    expect(again).toEqual({ kind: 'changed', entry: entries.removed });
  });
});

it.each([
  ['requested', madeRequested(), false, false],
  ['approved', madeEntry(), true, false],
  ['removed', madeEntry({ status: 'removed' }), false, false],
  ['expired', madeEntry({ status: 'expired' }), false, false],
] as const)(
  'an entry that is %s is active only if approved, and until its end [Policy-H.d] [Policy-H.f]',
  (_, entry, before, after) => {
    expect([isActive(entry, expiresAtMs - 1), isActive(entry, expiresAtMs)]).toEqual([before, after]);
  },
);

it('reads expired from its last millisecond on, before anybody writes it; a removed one stays removed', () => {
  expect(statusAt(madeEntry(), expiresAtMs - 1)).toBe('approved');
  expect(statusAt(madeEntry(), expiresAtMs)).toBe('expired');
  expect(statusAt(madeRequested(), expiresAtMs)).toBe('expired');
  expect(statusAt(madeEntry({ status: 'removed' }), expiresAtMs)).toBe('removed');
});

it('keeps two people behind each active entry, 30 days at most, whatever is tried in whatever order [Policy-H.d] [Policy-H.f]', () => {
  const people = fc.constantFrom('made-up.detective', 'made-up.lieutenant', 'made-up.second-lieutenant');
  const step = fc.record({
    act: fc.constantFrom(approveEntry, removeEntry),
    username: people,
    afterMs: fc.integer({ min: 0, max: 12 * dayMs }),
  });
  fc.assert(
    fc.property(
      people,
      fc.integer({ min: 1, max: 40 * dayMs }),
      fc.array(step, { maxLength: 8 }),
      (author, lastsMs, steps) => {
        const made = requestEntry({ ...request, expiresAtMs: nowMs + lastsMs }, { ...by, username: author });
        if (made.kind === 'refused') return expect(lastsMs).toBeGreaterThan(30 * dayMs);
        let entry: Entry = made.entry;
        let atMs = nowMs;
        let wasRemoved = false;
        for (const { act, username, afterMs } of steps) {
          atMs += afterMs;
          const change = act(entry, { username, nowMs: atMs });
          const revision = entry.revision;
          if (change.kind === 'changed') {
            expect(change.entry.revision - revision).toBe(change.entry === entry ? 0 : 1);
            entry = change.entry;
          }
          wasRemoved ||= entry.status === 'removed';
          expect(wasRemoved && entry.status !== 'removed').toBe(false);
          if (isActive(entry, atMs)) {
            expect(entry.approvedBy).not.toBe(entry.requestedBy);
            expect(entry.approvedBy).toBeDefined();
            expect(atMs - nowMs).toBeLessThan(30 * dayMs);
          }
        }
      },
    ),
  );
});
