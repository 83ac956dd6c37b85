import { isActive, statusAt } from '../../../core/hot-list/entry';
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
  concern: 'felony-vehicle',
  jurisdiction: 'bloomington-pd',
  expiresAtMs: nowMs + 7 * dayMs,
};

describe('a request for an entry', () => {
  it('makes an entry that is not approved and matches nothing [Policy-H.d]', () => {
    expect(requestEntry(request, by)).toEqual({
      kind: 'changed',
      entry: {
        entryId: '00000000-0000-4000-9000-000000000001',
        plate: 'TEST123',
        status: 'requested',
        purpose: { kind: 'felony' },
        reason: { kind: 'phrase', phrase: 'Armed Robbery' },
        suspicion: 'Seen leaving two armed robberies on Main Street.',
        concern: 'felony-vehicle',
        cautions: [],
        notify: [],
        jurisdiction: 'bloomington-pd',
        requestedBy: 'made-up.detective',
        requestedAtMs: nowMs,
        responsible: 'made-up.detective',
        isShiftBound: false,
        extensions: [],
        handovers: [],
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
      'of a commander while no shift runs [Policy-H.f]',
      { expiresAtMs: nowMs + 60_000 },
      { shiftEndsAtMs: nowMs },
      'Policy-H.f',
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
    [
      'whose description speaks of immigration [Policy-C]',
      { description: 'Blue van, immigration status of the driver unknown' },
      {},
      'Policy-C',
    ],
    [
      'whose instructions speak of health care [Storage-E]',
      { instructions: 'Follow it from the abortion clinic.' },
      {},
      'Storage-E',
    ],
    [
      'whose instructions ask for a tow while no crime is named [Policy-C]',
      { suspicion: 'Stands on Main Street for a week or longer.', instructions: 'Call us, then tow it.' },
      {},
      'Policy-C',
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
    ['with instructions that say what becomes of the car', { instructions: 'Tow it for evidence.' }, {}],
    [
      'for a joint investigation, named [Policy-H.h]',
      { jurisdiction: 'peoria-pd', jointCase: 'Joint case 12' },
      {},
    ],
  ])('is taken %s', (_, changes, author) => {
    expect(requestEntry({ ...request, ...changes }, { ...by, ...author }).kind).toBe('changed');
  });
});

describe('a commander’s request', () => {
  const shiftEndsAtMs = nowMs + 3_600_000;
  const made = requestEntry(
    { ...request, expiresAtMs: shiftEndsAtMs },
    { ...by, username: 'made-up.commander', shiftEndsAtMs },
  );
  const entry = made.kind === 'changed' ? made.entry : madeRequested();

  it('makes an entry that is active at once, until the shift ends, and nobody approved it [Policy-H.f]', () => {
    expect(entry).toMatchObject({
      status: 'approved',
      isShiftBound: true,
      responsible: 'made-up.commander',
      expiresAtMs: shiftEndsAtMs,
    });
    expect(entry.approvedBy).toBeUndefined();
    expect([isActive(entry, nowMs), isActive(entry, shiftEndsAtMs)]).toEqual([true, false]);
  });

  it('leaves nothing to approve', () => {
    expect(approveEntry(entry, { username: 'made-up.lieutenant', nowMs })).toMatchObject({
      kind: 'refused',
      because: 'state',
    });
  });
});

it('tells words that are prohibited from a step that an entry cannot take, so that misuse is found', () => {
  const words = requestEntry({ ...request, suspicion: 'Has an open immigration detainer.' }, by);
  expect(words).toMatchObject({ kind: 'refused', rule: 'reason-words' });
  const step = requestEntry({ ...request, plate: 'TEST12?' }, by);
  expect(step).toMatchObject({ kind: 'refused', rule: 'entry-life-cycle' });
});

it('keeps each caution and each name once', () => {
  const made = requestEntry(
    { ...request, cautions: ['armed', 'violent', 'armed'], notify: ['made-up.officer', 'made-up.officer'] },
    by,
  );
  expect(made).toMatchObject({ entry: { cautions: ['armed', 'violent'], notify: ['made-up.officer'] } });
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
