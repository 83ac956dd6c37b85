import { PutItemCommand, ScanCommand, TransactWriteItemsCommand } from '@aws-sdk/client-dynamodb';
import { StoredHotList } from '../../../adapters/hot-list/hot-list';
import { raiseVersion } from '../../../adapters/hot-list/version';
import { StoreError } from '../../../adapters/stores/store-error';
import {
  entryIdOf,
  expiresAtMs,
  madeEntry,
  madeRequested,
  madeShiftBound,
} from '../../core/hot-list/made-entry';
import { createTable, startDynamo, type TestDynamo } from '../dynoxide';
import { beforeCommand, injectFaults } from '../faults';

let server: TestDynamo;
let table: string;
let tables = 0;

beforeAll(async () => {
  server = await startDynamo();
});
afterAll(() => server.stop());
beforeEach(async () => {
  table = `HotList${tables++}`;
  malformed = [];
  await createTable(server.dynamo, {
    name: table,
    key: [
      ['pk', 'S'],
      ['sk', 'S'],
    ],
  });
});

let malformed: StoreError[];
const stored = (dynamo = server.dynamo) =>
  new StoredHotList({ dynamo, table, onMalformed: (error) => void malformed.push(error) });

describe('the hot list as it is stored', () => {
  it('is empty, at version 0, before the first change', async () => {
    expect([await stored().version(), await stored().list(), await stored().find(entryIdOf(1))]).toEqual([
      0,
      [],
      undefined,
    ]);
  });

  it('gives entries back as they were stored, one by one and as a list', async () => {
    await stored().store(madeRequested());
    await stored().store(madeRequested({ entryId: entryIdOf(2) }));
    expect(await stored().find(entryIdOf(1))).toEqual(madeRequested());
    expect(await stored().list()).toEqual([madeRequested(), madeRequested({ entryId: entryIdOf(2) })]);
  });

  it('gives back all that an entry went through', async () => {
    const entry = madeShiftBound({
      description: 'Blue sedan, dent on the left door',
      instructions: 'Keep a distance and call for a second car.',
      cautions: ['armed', 'child-on-board'],
      notify: ['made-up.officer'],
      jointCase: 'Joint case 12',
      extensions: [
        { untilMs: 2, suspicion: 'Seen again.', approvedBy: 'made-up.lieutenant', approvedAtMs: 1 },
      ],
      handovers: [{ from: 'made-up.commander', to: 'made-up.oncoming-commander', atMs: 3 }],
    });
    await stored().store(entry);
    expect(await stored().find(entryIdOf(1))).toEqual(entry);
    expect(await stored().customEntries()).toEqual([entry]);
  });

  it('confirms an entry while it is active, and tells of it what an alert may tell [Policy-H.a] [Policy-H.f]', async () => {
    const confirmed = (nowMs: number) => stored().confirmCustom(entryIdOf(1), nowMs);
    expect(await confirmed(expiresAtMs - 1)).toBeUndefined();
    await stored().store(madeRequested());
    expect(await confirmed(expiresAtMs - 1)).toBeUndefined();
    await stored().store(madeEntry());
    const vehicle = await confirmed(expiresAtMs - 1);
    expect(vehicle).toMatchObject({ list: 'custom', entryId: entryIdOf(1), plate: 'TEST123', state: 'IL' });
    expect(JSON.stringify(vehicle)).not.toMatch(/made-up|robber|2026-0012345/);
    expect(await confirmed(expiresAtMs)).toBeUndefined();
    await stored().store(madeEntry({ status: 'removed', revision: 3 }));
    expect(await confirmed(expiresAtMs - 1)).toBeUndefined();
  });

  it('is at another version once anything was stored together with the version', async () => {
    await stored().store(madeRequested());
    const pointer = { pk: { S: 'CUSTOM' }, sk: { S: 'LIST#state-stolen' }, pointer: { S: '{}' } };
    await server.dynamo.send(
      new TransactWriteItemsCommand({
        TransactItems: [{ Put: { TableName: table, Item: pointer } }, raiseVersion(table)],
      }),
    );
    expect(await stored().version()).toBe(2);
    expect(await stored().list()).toEqual([madeRequested()]);
    expect(malformed).toEqual([]);
  });

  it('raises its version with every change, so that equal versions mean an equal list [Policy-H.g]', async () => {
    const versions = [];
    for (const entry of [
      madeRequested(),
      madeEntry(),
      madeEntry({ status: 'removed', removedBy: 'made-up.detective', removedAtMs: 1, revision: 3 }),
    ]) {
      expect(await stored().store(entry)).toBe('stored');
      versions.push(await stored().version());
    }
    expect(versions).toEqual([1, 2, 3]);
    expect((await stored().find(entryIdOf(1)))?.status).toBe('removed');
  });

  it('takes a change only on the revision that it was decided on, and then changes nothing at all', async () => {
    await stored().store(madeRequested());
    await stored().store(madeEntry({ approvedBy: 'made-up.lieutenant' }));
    expect(await stored().store(madeEntry({ approvedBy: 'made-up.second-lieutenant' }))).toBe('conflict');
    expect(await stored().store(madeRequested())).toBe('conflict');
    expect((await stored().find(entryIdOf(1)))?.approvedBy).toBe('made-up.lieutenant');
    expect(await stored().version()).toBe(2);
  });

  it('lets one of two changes win that are made at once', async () => {
    await stored().store(madeRequested());
    const slow = beforeCommand(server.client(), 'TransactWriteItemsCommand', async () => {
      await stored().store(madeEntry({ status: 'removed', removedAtMs: 5, revision: 2 }));
    });
    expect(await stored(slow).store(madeEntry())).toBe('conflict');
    expect((await stored().find(entryIdOf(1)))?.status).toBe('removed');
  });

  it.each([
    ['not-done', 0, undefined],
    ['done-but-lost', 1, 'requested'],
  ] as const)(
    'stores entry and version together or not at all, when a write is %s',
    async (fault, version, status) => {
      const dynamo = injectFaults(server.client(), (command) =>
        command === 'TransactWriteItemsCommand' ? fault : undefined,
      );
      await expect(stored(dynamo).store(madeRequested())).rejects.toThrow(StoreError);
      expect([await stored().version(), (await stored().find(entryIdOf(1)))?.status]).toEqual([
        version,
        status,
      ]);
    },
  );

  it('keeps an ended entry 400 days for the audit, then lets it expire', async () => {
    await stored().store(madeRequested());
    const { Items } = await server.dynamo.send(new ScanCommand({ TableName: table }));
    expect(Items?.find((item) => item.entry)?.expiresAt?.N).toBe('1829808000');
  });

  it.each([
    ['no JSON', '{'],
    ['an incomplete plate [Policy-H.e]', JSON.stringify({ ...madeRequested(), plate: 'TEST12?' })],
    ['an unknown field', JSON.stringify({ ...madeRequested(), surprise: 1 })],
  ])('leaves out a row with %s, tells of it by code, and gives the others', async (_, entry) => {
    await stored().store(madeRequested({ entryId: entryIdOf(2) }));
    const key = { pk: { S: 'CUSTOM' }, sk: { S: `ENTRY#${entryIdOf(1)}` } };
    await server.dynamo.send(new PutItemCommand({ TableName: table, Item: { ...key, entry: { S: entry } } }));
    expect(await stored().find(entryIdOf(1))).toBeUndefined();
    expect(await stored().list()).toEqual([madeRequested({ entryId: entryIdOf(2) })]);
    expect(malformed.map(({ code, store }) => `${store}: ${code}`)).toEqual([
      'hot list: malformed',
      'hot list: malformed',
    ]);
  });
});
