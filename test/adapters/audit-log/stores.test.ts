import {
  type AttributeValue,
  DeleteItemCommand,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  ScanCommand,
} from '@aws-sdk/client-dynamodb';
import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
} from '@aws-sdk/client-s3';
import { StoredAuditLog } from '../../../adapters/audit/audit-log';
import { KmsNoteSigner } from '../../../adapters/audit-log/kms-note-signer';
import { LogBucket } from '../../../adapters/audit-log/log-bucket';
import { LogHeadTable } from '../../../adapters/audit-log/log-head';
import { StagedEventRows } from '../../../adapters/audit-log/staged-events';
import { StoreError } from '../../../adapters/stores/store-error';
import { newEvent } from '../../../core/audit/event';
import { committing } from '../../../core/audit/log/head';
import { LogConflict } from '../../../core/audit/log/ports';
import { sealAll, sealLimits } from '../../../core/audit/log/seal';
import { checkEvent } from '../../../core/audit/log/verifier/check-event';
import { checkLog } from '../../../core/audit/log/verifier/check-log';
import { openCheckpoint } from '../../../core/audit/log/verifier/open-checkpoint';
import { parseLogKey } from '../../../core/audit/log/verifier/open-note';
import { startKms } from '../../local/kms/support';
import { type S3Stack, startS3 } from '../../local/s3/support';
import { createTable, startDynamo, type TestDynamo } from '../dynoxide';
import { type Fault, injectFaults } from '../faults';

type Row = Record<string, AttributeValue>;

const log = 'example.org/made-up-log';
const atMs = Date.parse('2026-11-24T12:00:00Z');
let server: TestDynamo;
let s3: S3Stack;
let kms: Awaited<ReturnType<typeof startKms>>;
let bucket: string;
let keyId: string;
let eventNumber = 0;

beforeAll(async () => {
  server = await startDynamo();
  kms = await startKms();
  keyId = (
    await kms.make('LogKey', 'AWS::KMS::Key', { KeySpec: 'ECC_NIST_EDWARDS25519', KeyUsage: 'SIGN_VERIFY' })
  ).ref;
  await createTable(server.dynamo, { name: 'LogHead', key: [['log', 'S']] });
  await createTable(server.dynamo, {
    name: 'AuditEvents',
    key: [
      ['hour', 'S'],
      ['at', 'S'],
    ],
    index: {
      name: 'unsealed',
      key: [
        ['unsealed', 'S'],
        ['at', 'S'],
      ],
    },
  });
});
afterAll(async () => {
  server.stop();
  await kms.stop();
});
beforeEach(async () => {
  s3 = await startS3();
  bucket = await s3.bucket({ ObjectLockEnabled: true });
  await server.dynamo.send(new DeleteItemCommand({ TableName: 'LogHead', Key: { log: { S: log } } }));
  for (const { hour, at } of await events())
    if (hour && at)
      await server.dynamo.send(new DeleteItemCommand({ TableName: 'AuditEvents', Key: { hour, at } }));
});
afterEach(() => s3.stop());

describe('the sealed log on its real stores', () => {
  it('holds every appended event once, and each can be opened [Acct-A]', async () => {
    await append(7);
    expect(await sealAll(deps())).toMatchObject({ sealed: 7, size: 7, unreadable: 0 });
    await append(290);
    expect(await sealAll(deps())).toMatchObject({ sealed: 290, size: 297 });
    expect(await sealAll(deps())).toMatchObject({ sealed: 0, size: 297 });
    const key = parseLogKey(await signer().verifierKey());
    if (key === undefined) throw new Error('no key');
    const files = await published();
    expect(checkLog(files, key)).toEqual({ kind: 'proven', value: { size: 297, checkpoints: 2 } });
    const checkpoint = openCheckpoint(files.read('checkpoint') ?? Buffer.of(), key);
    if (checkpoint.kind === 'disproved') throw new Error('no checkpoint');
    for (const row of await events()) {
      const opened = {
        event: row.event?.S ?? '',
        commitmentKey: row.commitmentKey?.B ?? Buffer.of(),
        logIndex: Number(row.logIndex?.N),
      };
      expect(row.unsealed).toBeUndefined();
      expect(checkEvent(files, checkpoint.value, opened).kind).toBe('proven');
    }
  }, 20_000);

  it('comes through every single call to its tables that fails, both ways', async () => {
    for (const how of ['not-done', 'done-but-lost'] as const satisfies readonly Fault[])
      for (let call = 1, isDone = false; !isDone; call++) {
        await append(2);
        let calls = 0;
        const failing = injectFaults(server.client(), () => (++calls === call ? how : undefined));
        isDone = await sealAll(deps(failing)).then(
          () => true,
          (error: unknown) => !(error instanceof StoreError),
        );
        await sealAll(deps());
        const rows = await events();
        const places = rows.map((row) => Number(row.logIndex?.N)).sort((a, b) => a - b);
        expect(places).toEqual(rows.map((_, at) => at));
      }
    const key = parseLogKey(await signer().verifierKey());
    expect(key && checkLog(await published(), key).kind).toBe('proven');
  }, 60_000);

  it('is not forked from a head set back with its pointer deleted [Acct-A]', async () => {
    await append(3);
    await sealAll(deps());
    const key = { TableName: 'LogHead', Key: { log: { S: log } } };
    const { Item: old } = await server.dynamo.send(new GetItemCommand(key));
    await append(2);
    await sealAll(deps());
    await server.dynamo.send(new PutItemCommand({ TableName: 'LogHead', Item: old }));
    await s3.client.send(new DeleteObjectCommand({ Bucket: bucket, Key: 'checkpoint' }));
    await append(1);
    await expect(sealAll(deps())).rejects.toMatchObject({ code: 'head-behind-log' });
  });

  it('is never forked by sealers side by side', async () => {
    await append(60);
    const limits = { ...sealLimits, batchMax: 16 };
    await Promise.allSettled([1, 2, 3].map(() => sealAll(deps(server.client()), limits)));
    await sealAll(deps());
    const rows = await events();
    expect(rows.map((row) => Number(row.logIndex?.N)).sort((a, b) => a - b)).toEqual(rows.map((_, at) => at));
    const key = parseLogKey(await signer().verifierKey());
    expect(key && checkLog(await published(), key).kind).toBe('proven');
  });
});

describe('the head', () => {
  const heads = () => new LogHeadTable({ dynamo: server.dynamo, table: 'LogHead', log });
  const entry = (number: number) => ({
    key: { hour: '2026-11-24T12', at: String(number) },
    entry: Buffer.alloc(33, number),
  });

  it('is replaced by one of two who saw the same', async () => {
    const empty = await heads().read();
    expect(await heads().commit(empty, committing(empty, [entry(1)]))).toBe('committed');
    expect(await heads().commit(empty, committing(empty, [entry(2)]))).toBe('beaten');
    const head = await heads().read();
    expect(head).toMatchObject({ size: 1, staged: [{ key: { at: '1' } }], edge: { size: 0 } });
  });

  it('takes nothing new before what is staged is published', async () => {
    const empty = await heads().read();
    const first = committing(empty, [entry(1)]);
    await heads().commit(empty, first);
    const next = committing({ ...first, edge: committing(empty, [entry(1)]).edge, size: 0, staged: [] }, [
      entry(2),
    ]);
    expect(await heads().commit({ ...first, staged: [] }, next)).toBe('beaten');
  });
});

describe('the log bucket', () => {
  const objects = () =>
    new LogBucket({
      s3: s3.client,
      bucket,
      lock: { mode: 'GOVERNANCE', days: 365 },
      now: () => s3.clock.now(),
    });

  it('locks full tiles and checkpoints, and tags partial tiles to expire', async () => {
    await objects().putFull('tile/0/000', Buffer.from('full'));
    await objects().putPartial('tile/0/001.p/3', Buffer.from('partial'));
    const head = (Key: string) => s3.client.send(new HeadObjectCommand({ Bucket: bucket, Key }));
    expect(await head('tile/0/000')).toMatchObject({ ObjectLockMode: 'GOVERNANCE' });
    expect((await head('tile/0/001.p/3')).ObjectLockMode).toBeUndefined();
    const { VersionId } = await head('tile/0/000');
    await expect(
      s3.client.send(new DeleteObjectCommand({ Bucket: bucket, Key: 'tile/0/000', VersionId })),
    ).rejects.toMatchObject({ name: 'AccessDenied' });
  });

  it('writes once: the same again is no error, something else is a conflict', async () => {
    await objects().putFull('tile/0/000', Buffer.from('full'));
    await objects().putFull('tile/0/000', Buffer.from('full'));
    await expect(objects().putFull('tile/0/000', Buffer.from('other'))).rejects.toThrow(LogConflict);
  });

  it('never moves the pointer backwards', async () => {
    const checkpoint = (size: number) => `${log}\n${size}\nroot\n`;
    expect(await objects().isBeyond(0)).toBe(false);
    await Promise.all([5, 9, 7].map((size) => objects().movePointer(checkpoint(size), size)));
    expect(await Promise.all([8, 9].map((size) => objects().isBeyond(size)))).toEqual([true, false]);
    await objects().movePointer(checkpoint(6), 6);
    expect(await Promise.all([8, 9].map((size) => objects().isBeyond(size)))).toEqual([true, false]);
  });

  it.each([
    ['a little', 0, 99, []],
    ['a little, over a hundred', 98, 255, []],
    ['to the end of its tile', 999_937, 1_000_191, []],
    ['by many tiles', 300, 5120, ['tile/0/000', 'tile/0/001']],
  ] as const)('knows without a pointer that the log went on, %s', async (_, older, newer, full) => {
    for (const path of full) await objects().putFull(path, Buffer.from('full'));
    for (const size of [1, 2, 9, older, Math.floor(newer / 100)])
      if (size > 0 && size <= older) await objects().putFull(`checkpoints/${size}`, Buffer.from('made-up'));
    const before = await objects().isBeyond(newer);
    await objects().putFull(`checkpoints/${newer}`, Buffer.from('made-up'));
    const after = await Promise.all([older, newer - 1, newer].map((size) => objects().isBeyond(size)));
    expect([before, after[0], after[2]]).toEqual([false, true, false]);
    if (full.length === 0) expect(after[1]).toBe(true);
  });

  it('takes a pointer that is no checkpoint for a conflict', async () => {
    await objects().putPartial('checkpoint', Buffer.from('planted'));
    await expect(objects().isBeyond(0)).rejects.toThrow(LogConflict);
  });
});

describe('waiting events', () => {
  const staged = () => new StagedEventRows({ dynamo: server.dynamo, table: 'AuditEvents' });

  it('without an event or a key are told apart and never sealed', async () => {
    await server.dynamo.send(
      new PutItemCommand({
        TableName: 'AuditEvents',
        Item: {
          hour: { S: '2026-11-24T12' },
          at: { S: '1700000000000#x' },
          unsealed: { S: '0' },
          event: { S: '{}' },
        },
      }),
    );
    await append(1);
    expect(await staged().find(10)).toMatchObject({
      entries: [{ key: { hour: '2026-11-24T12' } }],
      unreadable: [{ at: '1700000000000#x' }],
      oldestAtMs: 1_700_000_000_000,
    });
  });

  it('get one place and never a second', async () => {
    await append(1);
    const { entries } = await staged().find(10);
    await staged().mark(4, entries);
    await staged().mark(4, entries);
    await expect(staged().mark(5, entries)).rejects.toMatchObject({ code: 'malformed' });
    expect((await staged().find(10)).entries).toEqual([]);
  });

  it('whose row is gone leave no row behind', async () => {
    await staged().mark(0, [{ key: { hour: '2026-11-24T12', at: 'gone' }, entry: Buffer.alloc(33) }]);
    const { Item } = await server.dynamo.send(
      new GetItemCommand({
        TableName: 'AuditEvents',
        Key: { hour: { S: '2026-11-24T12' }, at: { S: 'gone' } },
      }),
    );
    expect(Item).toBeUndefined();
  });
});

function signer() {
  return new KmsNoteSigner({ kms: kms.client, keyId, name: log });
}

function deps(dynamo: DynamoDBClient = server.dynamo) {
  const now = () => s3.clock.now();
  return {
    origin: log,
    head: new LogHeadTable({ dynamo, table: 'LogHead', log }),
    objects: new LogBucket({ s3: s3.client, bucket, lock: { mode: 'COMPLIANCE', days: 365 }, now }),
    events: new StagedEventRows({ dynamo, table: 'AuditEvents' }),
    signer: signer(),
    now,
  };
}

async function append(count: number): Promise<void> {
  const audit = new StoredAuditLog({ dynamo: server.dynamo, table: 'AuditEvents' });
  for (let each = 0; each < count; each++) {
    const number = eventNumber++;
    const newId = () =>
      `${(number % 16).toString(16)}0000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
    await audit.append(
      newEvent(
        { now: () => atMs + number, newId },
        {
          kind: 'day-forgotten',
          actor: { kind: 'system', name: 'forget-day' },
          day: '2026-10-25',
          forgottenAtMs: atMs,
        },
      ),
    );
  }
}

async function events(): Promise<Row[]> {
  const { Items = [] } = await server.dynamo.send(new ScanCommand({ TableName: 'AuditEvents' }));
  return Items;
}

async function published() {
  const files = new Map<string, Uint8Array>();
  const { Contents = [] } = await s3.client.send(new ListObjectsV2Command({ Bucket: bucket }));
  for (const { Key = '' } of Contents) {
    const { Body } = await s3.client.send(new GetObjectCommand({ Bucket: bucket, Key }));
    files.set(Key, (await Body?.transformToByteArray()) ?? Buffer.of());
  }
  return { read: (path: string) => files.get(path), list: () => files.keys() };
}
