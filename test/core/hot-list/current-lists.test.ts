import { CurrentLists, type CurrentListsOptions, ListsUnsettled } from '../../../core/hot-list/current-lists';
import { buildSnapshot } from '../../../core/hot-list/index/build-snapshot';
import type { SnapshotUnusable } from '../../../core/hot-list/index/snapshot-format';
import type { Read } from '../../../core/reads/read';
import { madePlate } from '../plate/made-plate';
import { capturedAtMs, madeRead } from '../reads/made-read';
import { entryIdOf, expiresAtMs, madeEntry, madeRequested } from './made-entry';
import { MadeHotLists } from './made-hot-lists';

let lists: MadeHotLists;
let nowMs: number;
let unusable: SnapshotUnusable[];

beforeEach(() => {
  lists = new MadeHotLists();
  nowMs = capturedAtMs;
  unusable = [];
});

const current = (options: Partial<CurrentListsOptions> = {}) =>
  new CurrentLists({
    lists,
    now: () => nowMs,
    nearCustomEntries: false,
    onUnusable: (error) => void unusable.push(error),
    ...options,
  });
const of = (plate: string, changes: Partial<Read> = {}) => madeRead({ plate: madePlate(plate), ...changes });
const hits = async (matcher: CurrentLists, read = madeRead()) =>
  (await matcher.confirmedHits(read)).map(({ vehicle, grade }) => [vehicle.entryId, grade]);
const nextBatch = async (matcher: CurrentLists, read = madeRead()) => {
  await matcher.refresh();
  return hits(matcher, read);
};

describe('custom entries', () => {
  it('match with their grade, and the alert says nothing of who listed them or why [Policy-H.a]', async () => {
    lists.store(madeEntry());
    const matcher = current();
    await matcher.refresh();
    const [hit] = await matcher.confirmedHits(madeRead());
    expect(hit).toEqual({
      grade: 'exact',
      vehicle: {
        list: 'custom',
        listName: 'Custom hot list',
        listedAtMs: madeEntry().requestedAtMs,
        entryId: entryIdOf(1),
        plate: 'TEST123',
        state: 'IL',
        concern: 'felony-vehicle',
        cautions: [],
        needsConfirmation: false,
      },
    });
  });

  it.each([
    ['requested', madeRequested()],
    ['removed', madeEntry({ status: 'removed' })],
    ['expired', madeEntry({ status: 'expired' })],
  ] as const)('match nothing while they are %s [Policy-H.d] [Policy-H.g]', async (_, entry) => {
    lists.store(entry);
    expect(await nextBatch(current())).toEqual([]);
  });

  it('match until their end, by the clock and not by the store [Policy-H.f]', async () => {
    lists.store(madeEntry());
    const matcher = current();
    nowMs = expiresAtMs - 1;
    expect(await nextBatch(matcher)).toEqual([[entryIdOf(1), 'exact']]);
    nowMs = expiresAtMs;
    expect(await nextBatch(matcher)).toEqual([]);
  });

  it('match from the next batch on after each change, and not after a removal [Policy-H.d] [Policy-H.g]', async () => {
    const matcher = current();
    lists.store(madeRequested());
    expect(await nextBatch(matcher)).toEqual([]);
    lists.store(madeEntry());
    expect(await nextBatch(matcher)).toEqual([[entryIdOf(1), 'exact']]);
    lists.store(madeEntry({ status: 'removed' }));
    expect(await nextBatch(matcher)).toEqual([]);
  });

  it.each([
    ['removed', madeEntry({ status: 'removed' })],
    ['of another plate', madeEntry({ plate: madePlate('TEST777') })],
  ])('match nothing once they are %s, though the batch began before [Policy-H.g]', async (_, entry) => {
    lists.store(madeEntry());
    const matcher = current();
    await matcher.refresh();
    lists.store(entry);
    expect(await hits(matcher)).toEqual([]);
  });

  it('are seen with the next batch at the latest when they change between version and list', async () => {
    lists.store(madeRequested());
    lists.before = (name) => {
      if (name !== 'customEntries') return;
      lists.before = () => undefined;
      lists.store(madeEntry());
    };
    const matcher = current();
    await matcher.refresh();
    expect(await nextBatch(matcher)).toEqual([[entryIdOf(1), 'exact']]);
    expect(lists.asked.filter((each) => each === 'customEntries')).toHaveLength(2);
  });

  it('tolerate one wrong character only where the configuration asks for it', async () => {
    lists.store(madeEntry());
    expect(await nextBatch(current(), of('TEST1Y3'))).toEqual([]);
    expect(await nextBatch(current({ nearCustomEntries: true }), of('TEST1Y3'))).toEqual([
      [entryIdOf(1), 'near'],
    ]);
  });

  it('that are too many for tolerance go on matching without it', async () => {
    for (let at = 0; at <= 50_000; at++)
      lists.entries.set(String(at), madeEntry({ entryId: String(at), plate: madePlate(`T${at}`) }));
    lists.store(madeEntry());
    const matcher = current({ nearCustomEntries: true });
    expect(await nextBatch(matcher)).toEqual([[entryIdOf(1), 'exact']]);
    expect(await nextBatch(matcher, of('TEST1Y3'))).toEqual([]);
  });
});

describe('outside lists', () => {
  it('match with their delivery, and ask for a confirmation by the source', async () => {
    lists.deliver('state', 'TEST777', 'TEST123');
    const matcher = current();
    await matcher.refresh();
    const [hit, ...others] = await matcher.confirmedHits(madeRead());
    expect(others).toEqual([]);
    expect(hit).toMatchObject({
      grade: 'exact-state-unknown',
      vehicle: { list: 'state', listVersion: 'state-v1', entryId: 'state/TEST123', needsConfirmation: true },
    });
  });

  it('match beside each other and beside the custom list, which alone may be tolerant', async () => {
    lists.store(madeEntry());
    lists.deliver('state', 'TEST123');
    lists.deliver('amber', 'TE5T123');
    const matcher = current({ nearCustomEntries: true });
    expect(await nextBatch(matcher)).toEqual([
      [entryIdOf(1), 'exact'],
      ['state/TEST123', 'exact-state-unknown'],
      ['amber/TE5T123', 'look-alike'],
    ]);
    expect(await nextBatch(matcher, of('TEST1Y3'))).toEqual([[entryIdOf(1), 'near']]);
  });

  it('are loaded only where a delivery is new, and asked for only when the version moved', async () => {
    lists.deliver('state', 'TEST123');
    lists.deliver('amber', 'TEST777');
    const matcher = current();
    await matcher.refresh();
    await matcher.refresh();
    lists.deliver('amber', 'TEST778');
    await matcher.refresh();
    lists.store(madeEntry());
    await matcher.refresh();
    expect(lists.asked).toEqual([
      ...['version', 'customEntries', 'outsideLists', 'snapshot state-v1', 'snapshot amber-v2'],
      'version',
      ...['version', 'customEntries', 'outsideLists', 'snapshot amber-v3'],
      ...['version', 'customEntries', 'outsideLists'],
    ]);
  });

  it('that are switched during a batch count as they are now: neither what left nor what moved is mistaken', async () => {
    lists.deliver('state', 'TEST123', 'TEST777');
    const matcher = current();
    await matcher.refresh();
    lists.deliver('state', 'TEST777');
    expect(await hits(matcher)).toEqual([]);
    lists.deliver('state', 'TEST700', 'TEST777');
    expect(await hits(matcher, of('TEST777'))).toEqual([['state/TEST777', 'exact-state-unknown']]);
  });

  it('that are switched without end leave the read undecided, so that it comes again', async () => {
    lists.deliver('state', 'TEST123');
    const matcher = current();
    await matcher.refresh();
    lists.before = (name) => {
      if (name === 'confirmOutside') lists.deliver('state', 'TEST123');
    };
    await expect(matcher.confirmedHits(madeRead())).rejects.toThrow(ListsUnsettled);
    lists.before = () => undefined;
    expect(await hits(matcher)).toHaveLength(1);
  });

  it('that were withdrawn match nothing', async () => {
    lists.deliver('state', 'TEST123');
    const matcher = current();
    await matcher.refresh();
    lists.deliveries.delete('state');
    expect(await hits(matcher)).toEqual([]);
  });

  it('whose delivery cannot be opened hold back no other list, and are told once', async () => {
    lists.store(madeEntry());
    lists.deliver('state', 'TEST123');
    lists.snapshots.set('state-v2', Buffer.from('noise'));
    const matcher = current();
    expect(await nextBatch(matcher)).toEqual([[entryIdOf(1), 'exact']]);
    lists.store(madeEntry({ entryId: entryIdOf(2) }));
    await matcher.refresh();
    expect(unusable.map(({ code }) => code)).toEqual(['magic']);
    lists.deliver('state', 'TEST123');
    expect(await nextBatch(matcher)).toHaveLength(3);
  });

  it('raise nothing by a damaged index alone', async () => {
    lists.deliver('state', 'TEST777');
    lists.snapshots.set('state-v1', buildSnapshot([{ plate: madePlate('TEST123') }]));
    expect(await nextBatch(current())).toEqual([]);
  });

  it('keep what was in memory when one cannot be loaded, and are asked for again with the next batch', async () => {
    const matcher = current();
    await matcher.refresh();
    lists.deliver('state', 'TEST123');
    lists.before = (name) => {
      if (name.startsWith('snapshot')) throw new Error('made-up fault');
    };
    await expect(matcher.refresh()).rejects.toThrow('made-up fault');
    lists.before = () => undefined;
    expect(await nextBatch(matcher)).toHaveLength(1);
  });
});
