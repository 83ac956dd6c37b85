import type { Entry } from '../../../core/hot-list/entry';
import { EntryIndex } from '../../../core/hot-list/index-of-entries';
import type { Read } from '../../../core/reads/read';
import { madePlate } from '../plate/made-plate';
import { capturedAtMs, madeRead } from '../reads/made-read';
import { entryIdOf, expiresAtMs, madeEntry, madeRequested } from './made-entry';

const match = (read: Partial<Read>, entries: readonly Entry[] = [madeEntry()], nowMs = capturedAtMs) =>
  new EntryIndex(entries).match(madeRead(read), nowMs).map(({ entry, grade }) => [entry.entryId, grade]);
const { state: _, ...stateless } = madeEntry();
const { state: __, ...readWithoutState } = madeRead();

it('matches plate and state', () => {
  expect(match({})).toEqual([[entryIdOf(1), 'exact']]);
});

it('matches a plate whose state one side does not say', () => {
  expect(match({}, [stateless])).toEqual([[entryIdOf(1), 'exact-state-unknown']]);
  const matches = new EntryIndex([madeEntry()]).match(readWithoutState, capturedAtMs);
  expect(matches.map(({ grade }) => grade)).toEqual(['exact-state-unknown']);
});

it('says when the characters are such as are confused, or the state is another', () => {
  const entries = [madeEntry({ plate: madePlate('TE5T1Z3') })];
  expect(match({}, entries)).toEqual([[entryIdOf(1), 'look-alike']]);
  expect(match({ state: 'WI' })).toEqual([[entryIdOf(1), 'state-differs']]);
});

it('matches every entry of one vehicle', () => {
  const entries = [madeEntry(), madeEntry({ entryId: entryIdOf(2) })];
  expect(match({}, entries).map(([id]) => id)).toEqual([entryIdOf(1), entryIdOf(2)]);
});

it('never matches another plate, nor a further reading of this one', () => {
  expect(match({ plate: madePlate('TEST124') })).toEqual([]);
  const read = {
    plate: madePlate('TEST124'),
    candidates: [{ plate: madePlate('TEST123'), probability: 0.4 }],
  };
  expect(match(read)).toEqual([]);
});

it('never matches a read with an unread character [Policy-H.e]', () => {
  const partial = madePlate('TEST12?');
  expect(match({ plate: partial })).toEqual([]);
  expect(match({ plate: partial }, [madeEntry({ plate: partial })])).toEqual([]);
});

it.each([
  ['requested', madeRequested()],
  ['removed', madeEntry({ status: 'removed' })],
  ['expired', madeEntry({ status: 'expired' })],
] as const)('never matches an entry that is %s [Policy-H.d] [Policy-H.g]', (_, entry) => {
  expect(match({}, [entry])).toEqual([]);
});

it('matches until the end of an entry, by the clock and not by the store [Policy-H.f]', () => {
  expect(match({}, [madeEntry()], expiresAtMs - 1)).toHaveLength(1);
  expect(match({}, [madeEntry()], expiresAtMs)).toEqual([]);
});
