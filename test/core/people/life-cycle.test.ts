import { changePerson, type PersonChange } from '../../../core/people/life-cycle';
import type { PersonRecord } from '../../../core/people/record';
import { madeRecord } from './made-record';

const nowMs = Date.parse('2026-11-24T12:00:00Z');
const states = {
  active: { suspended: false, disabled: false },
  suspended: { suspended: true, disabled: false },
  disabled: { suspended: false, disabled: true },
  'suspended, disabled': { suspended: true, disabled: true },
} as const;
const changes = {
  assigned: { kind: 'assigned', role: 'detective', division: 'criminal-investigations', sworn: true },
  designated: { kind: 'designated', role: 'administrator', division: 'cid-command' },
  disabled: { kind: 'disabled', because: 'left' },
  suspended: { kind: 'suspended', because: 'made-up words' },
  reinstated: { kind: 'reinstated', because: 'made-up words' },
  trained: { kind: 'trained', topic: 'policy', takenOn: '2026-11-20' },
} as const satisfies Record<string, PersonChange>;

const table = [
  ['active', 'assigned', 'changed'],
  ['active', 'designated', 'changed'],
  ['active', 'disabled', 'changed'],
  ['active', 'suspended', 'changed'],
  ['active', 'reinstated', 'stands'],
  ['active', 'trained', 'changed'],
  ['suspended', 'assigned', 'changed'],
  ['suspended', 'designated', 'changed'],
  ['suspended', 'disabled', 'changed'],
  ['suspended', 'suspended', 'stands'],
  ['suspended', 'reinstated', 'changed'],
  ['suspended', 'trained', 'changed'],
  ['disabled', 'assigned', 'conflict'],
  ['disabled', 'designated', 'conflict'],
  ['disabled', 'disabled', 'stands'],
  ['disabled', 'suspended', 'changed'],
  ['disabled', 'reinstated', 'conflict'],
  ['disabled', 'trained', 'conflict'],
  ['suspended, disabled', 'assigned', 'conflict'],
  ['suspended, disabled', 'designated', 'conflict'],
  ['suspended, disabled', 'disabled', 'stands'],
  ['suspended, disabled', 'suspended', 'stands'],
  ['suspended, disabled', 'reinstated', 'conflict'],
  ['suspended, disabled', 'trained', 'conflict'],
] as const;

it.each(table)('of %s, %s: %s [Access-C] [Acct-C]', (state, change, expected) => {
  expect(changePerson(madeRecord(states[state]), changes[change], nowMs).kind).toBe(expected);
});

it.each([
  ['assigned', { role: 'detective', division: 'criminal-investigations' }],
  ['designated', { role: 'administrator', division: 'cid-command' }],
  ['disabled', { disabled: true }],
  ['suspended', { suspended: true }],
] as const)('%s changes that of the record and nothing else', (change, expected) => {
  expect(recordAfter(madeRecord(), changes[change])).toEqual({ ...madeRecord(), ...expected });
});

it('reinstating ends the suspension, and the account counts as unused from then on', () => {
  expect(recordAfter(madeRecord({ suspended: true }), changes.reinstated)).toEqual({
    ...madeRecord(),
    admittedAtMs: nowMs,
  });
});

it('keeps the sworn status of whom the Chief designates [Policy-D]', () => {
  expect(recordAfter(madeRecord({ sworn: false }), changes.designated)).toMatchObject({ sworn: false });
});

it('replaces the day of a topic, so that a mistaken one can be put right [Training]', () => {
  const after = recordAfter(madeRecord(), { ...changes.trained, takenOn: '2026-01-02' });
  expect(after.training.get('policy')).toBe('2026-01-02');
  expect(after.training.get('searching')).toBe('2026-06-30');
});

it.each([
  [madeRecord({ role: 'detective', division: 'criminal-investigations' }), changes.assigned],
  [madeRecord({ role: 'administrator', division: 'cid-command' }), changes.designated],
  [madeRecord(), { kind: 'trained', topic: 'policy', takenOn: '2026-06-30' }],
] as const)('stores nothing where it is so already (%#)', (record, change) => {
  expect(changePerson(record, change, nowMs)).toEqual({ kind: 'stands' });
});

function recordAfter(record: PersonRecord, change: PersonChange) {
  const outcome = changePerson(record, change, nowMs);
  if (outcome.kind !== 'changed') throw new Error(`it was ${outcome.kind}`);
  return outcome.record;
}
