import {
  CreateStreamCommand,
  DescribeStreamCommand,
  DescribeStreamConsumerCommand,
  DescribeStreamSummaryCommand,
  ExpiredIteratorException,
  GetRecordsCommand,
  GetShardIteratorCommand,
  InvalidArgumentException,
  KinesisClient,
  KMSAccessDeniedException,
  ListShardsCommand,
  ListStreamConsumersCommand,
  ListStreamsCommand,
  PutRecordCommand,
  PutRecordsCommand,
  RegisterStreamConsumerCommand,
  ResourceNotFoundException,
  type ShardIteratorType,
  SubscribeToShardCommand,
} from '@aws-sdk/client-kinesis';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import type { Listening } from '../../../local/aws/http';
import { Kinesis, type KinesisOptions } from '../../../local/kinesis/kinesis';
import {
  accountId,
  clientConfig,
  fixedClock,
  recordingAuthorizer,
  region,
  testCredentials,
} from '../support';

const startMs = Date.now();
const hourMs = 3_600_000;
const StreamName = 'camera-reads';
const streamArn = 'arn:aws:kinesis:us-east-2:000000000000:stream/camera-reads';
const keyArn = 'arn:aws:kms:us-east-2:000000000000:key/0001';
const first = 'shardId-000000000000';
const second = 'shardId-000000000001';
const bytes = (text: string) => Buffer.from(text);
/** Middle of the hash space: where the second of two shards begins. */
const secondHalf = '170141183460469231731687303715884105728';

let clock = fixedClock(startMs);
let authorizer = recordingAuthorizer();
let kinesis: Kinesis;
let server: Listening;
let client: KinesisClient;

async function start(options: Partial<KinesisOptions> = {}): Promise<void> {
  clock = fixedClock(startMs);
  authorizer = recordingAuthorizer();
  kinesis = new Kinesis({
    clock,
    authorize: authorizer.authorize,
    credentials: testCredentials.source,
    region,
    accountId,
    ...options,
  });
  kinesis.createStream({ name: StreamName, mode: 'PROVISIONED', shardCount: 2, retentionHours: 24 });
  server = await kinesis.listen();
  client = new KinesisClient(clientConfig(server.url));
}

async function stop(): Promise<void> {
  client.destroy();
  await server.close();
}

beforeEach(() => start());
afterEach(stop);

const put = (text: string, ExplicitHashKey = '0') =>
  client.send(
    new PutRecordCommand({ StreamName, Data: bytes(text), PartitionKey: 'camera-1', ExplicitHashKey }),
  );

async function iterator(
  ShardIteratorType: ShardIteratorType,
  more: { StartingSequenceNumber?: string | undefined; Timestamp?: Date; ShardId?: string } = {},
) {
  const { ShardIterator } = await client.send(
    new GetShardIteratorCommand({ StreamName, ShardId: first, ShardIteratorType, ...more }),
  );
  return ShardIterator;
}

async function read(ShardIterator: string | undefined, Limit?: number) {
  const answer = await client.send(new GetRecordsCommand({ ShardIterator, ...(Limit && { Limit }) }));
  const texts = (answer.Records ?? []).map(({ Data }) => Buffer.from(Data ?? []).toString());
  return { ...answer, texts };
}

const told = (action: string) => authorizer.calls.filter((call) => call.action === action);

describe('records', () => {
  it('come back as they were put, in order, with their key and time of arrival', async () => {
    await put('one');
    clock.advance(250);
    await put('two');

    const answer = await read(await iterator('TRIM_HORIZON'));

    expect(answer.texts).toEqual(['one', 'two']);
    expect(answer.Records?.[1]).toMatchObject({ PartitionKey: 'camera-1', EncryptionType: 'NONE' });
    expect(answer.Records?.[1]?.ApproximateArrivalTimestamp?.getTime()).toBe(startMs + 250);
    expect(answer.MillisBehindLatest).toBe(0);
  });

  it('reach the client over HTTP/1.1 as over HTTP/2', async () => {
    const http1 = new KinesisClient({ ...clientConfig(server.url), requestHandler: new NodeHttpHandler() });
    await http1.send(new PutRecordCommand({ StreamName, Data: bytes('one'), PartitionKey: 'a' }));
    http1.destroy();

    expect(kinesis.dump(StreamName).map(({ data }) => data.toString())).toEqual(['one']);
  });

  it('go to the shard that their partition key hashes to, or that their explicit hash key names', async () => {
    // the MD5 of "low" begins with 0x53, which is in the lower half
    const answer = await client.send(
      new PutRecordsCommand({
        StreamName,
        Records: [
          { Data: bytes('low'), PartitionKey: 'low' },
          { Data: bytes('explicit'), PartitionKey: 'low', ExplicitHashKey: secondHalf },
        ],
      }),
    );

    expect(answer.Records?.map(({ ShardId }) => ShardId)).toEqual([first, second]);
  });

  it('are paged by the limit of a call, and a reader is told how far behind it is', async () => {
    await put('one');
    await put('two');
    clock.advance(3000);

    const page = await read(await iterator('TRIM_HORIZON'), 1);
    const next = await read(page.NextShardIterator);

    expect(page.texts).toEqual(['one']);
    expect(page.MillisBehindLatest).toBe(3000);
    expect(next.texts).toEqual(['two']);
    expect(next.MillisBehindLatest).toBe(0);
  });

  it('are gone when the retention period is over on the virtual clock, and indexes keep counting', async () => {
    await put('old');
    clock.advance(23 * hourMs);
    await put('young');
    clock.advance(hourMs);
    expect(kinesis.dump(StreamName)).toHaveLength(2);
    clock.advance(1);

    expect(kinesis.dump(StreamName).map(({ data }) => data.toString())).toEqual(['young']);
    expect((await read(await iterator('TRIM_HORIZON'))).texts).toEqual(['young']);
    expect(kinesis.read(StreamName, first, -1, 10).map(({ index }) => index)).toEqual([1]);
    expect(kinesis.shards(StreamName)[0]).toEqual({ shardId: first, firstIndex: 1, nextIndex: 2 });
  });

  it('of one mebibyte are taken, and those of one byte more are refused', async () => {
    const mebibyte = Buffer.alloc(1024 * 1024 - 'camera-1'.length);
    const record = { StreamName, PartitionKey: 'camera-1' };

    await expect(client.send(new PutRecordCommand({ ...record, Data: mebibyte }))).resolves.toBeDefined();
    await expect(
      client.send(new PutRecordCommand({ ...record, Data: Buffer.alloc(mebibyte.length + 1) })),
    ).rejects.toThrow(InvalidArgumentException);
    await expect(
      client.send(new PutRecordCommand({ ...record, Data: Buffer.alloc(1024 * 1024 + 1) })),
    ).rejects.toMatchObject({ name: 'ValidationException' });
  });

  it('are refused together when a call holds more than 500 of them or 5 MiB', async () => {
    const record = (size: number) => ({ Data: Buffer.alloc(size), PartitionKey: 'a' });
    const many = Array.from({ length: 501 }, () => record(1));
    const heavy = Array.from({ length: 6 }, () => record(900_000));

    await expect(client.send(new PutRecordsCommand({ StreamName, Records: many }))).rejects.toMatchObject({
      name: 'ValidationException',
    });
    await expect(client.send(new PutRecordsCommand({ StreamName, Records: heavy }))).rejects.toThrow(
      InvalidArgumentException,
    );
    expect(kinesis.dump(StreamName)).toEqual([]);
  });

  it('beyond what a shard takes in a second fail one by one while their neighbours are kept', async () => {
    await stop();
    await start({ shardLimits: { recordsPerSecond: 1, bytesPerSecond: 1000 } });
    const Records = ['0', '0', secondHalf].map((ExplicitHashKey) => ({
      Data: bytes('x'),
      PartitionKey: 'a',
      ExplicitHashKey,
    }));

    const answer = await client.send(new PutRecordsCommand({ StreamName, Records }));

    expect(answer.FailedRecordCount).toBe(1);
    expect(answer.Records?.map((record) => record.ErrorCode)).toEqual([
      undefined,
      'ProvisionedThroughputExceededException',
      undefined,
    ]);
    clock.advance(1000);
    await expect(put('next second')).resolves.toMatchObject({ ShardId: first });
  });
});

describe('iterators', () => {
  it('start where their type says', async () => {
    const { SequenceNumber: one } = await put('one');
    clock.advance(1000);
    await put('two');
    const latest = await iterator('LATEST');
    clock.advance(1000);
    await put('three');

    const at = async (type: ShardIteratorType, more = {}) => (await read(await iterator(type, more))).texts;
    expect(await at('AT_SEQUENCE_NUMBER', { StartingSequenceNumber: one })).toEqual(['one', 'two', 'three']);
    expect(await at('AFTER_SEQUENCE_NUMBER', { StartingSequenceNumber: one })).toEqual(['two', 'three']);
    expect(await at('AT_TIMESTAMP', { Timestamp: new Date(startMs + 1001) })).toEqual(['three']);
    expect((await read(latest)).texts).toEqual(['three']);
  });

  it('expire five minutes after they were given', async () => {
    await put('one');
    const held = await iterator('TRIM_HORIZON');
    clock.advance(5 * 60_000);
    expect((await read(held)).texts).toEqual(['one']);
    clock.advance(1);

    await expect(read(held)).rejects.toThrow(ExpiredIteratorException);
  });

  it('that nobody issued are refused', async () => {
    await expect(read('bm90IGFuIGl0ZXJhdG9y')).rejects.toThrow(InvalidArgumentException);
    await expect(read(Buffer.from('["camera-reads","x",-1,0]').toString('base64'))).rejects.toThrow(
      InvalidArgumentException,
    );
  });
});

describe('streams', () => {
  it('are described with their shards, which share the hash space evenly', async () => {
    const { StreamDescription } = await client.send(new DescribeStreamCommand({ StreamName }));
    const { StreamDescriptionSummary } = await client.send(
      new DescribeStreamSummaryCommand({ StreamARN: streamArn }),
    );

    expect(StreamDescription).toMatchObject({
      StreamARN: streamArn,
      StreamStatus: 'ACTIVE',
      RetentionPeriodHours: 24,
      EncryptionType: 'NONE',
    });
    expect(StreamDescription?.Shards?.map(({ HashKeyRange }) => HashKeyRange?.StartingHashKey)).toEqual([
      '0',
      secondHalf,
    ]);
    expect(StreamDescription?.Shards?.[1]?.HashKeyRange?.EndingHashKey).toBe(
      '340282366920938463463374607431768211455',
    );
    expect(StreamDescriptionSummary).toMatchObject({ OpenShardCount: 2, ConsumerCount: 0 });
  });

  it('can be made, and an on-demand one begins with four shards', async () => {
    await client.send(
      new CreateStreamCommand({ StreamName: 'made', StreamModeDetails: { StreamMode: 'ON_DEMAND' } }),
    );

    const { StreamNames } = await client.send(new ListStreamsCommand({}));
    const { Shards } = await client.send(new ListShardsCommand({ StreamName: 'made' }));
    expect(StreamNames).toEqual(['camera-reads', 'made']);
    expect(Shards).toHaveLength(4);
  });

  it('that do not exist are said not to', async () => {
    await expect(
      client.send(new PutRecordCommand({ StreamName: 'none', Data: bytes('x'), PartitionKey: 'a' })),
    ).rejects.toThrow(ResourceNotFoundException);
  });

  it('keep the consumers that are registered with them', async () => {
    const { Consumer } = await client.send(
      new RegisterStreamConsumerCommand({ StreamARN: streamArn, ConsumerName: 'match' }),
    );

    const { Consumers } = await client.send(new ListStreamConsumersCommand({ StreamARN: streamArn }));
    const { ConsumerDescription } = await client.send(
      new DescribeStreamConsumerCommand({ ConsumerARN: Consumer?.ConsumerARN }),
    );
    expect(Consumers?.map(({ ConsumerName }) => ConsumerName)).toEqual(['match']);
    expect(ConsumerDescription).toMatchObject({ StreamARN: streamArn, ConsumerStatus: 'ACTIVE' });
    expect(kinesis.consumer(`${streamArn}/consumer/match:1`)?.streamName).toBe(StreamName);
  });

  it('tell a listener in the process which shard has news, until it stops listening', async () => {
    const heard: string[] = [];
    const stopListening = kinesis.onRecord(StreamName, (shardId) => heard.push(shardId));
    await put('one', secondHalf);
    stopListening();
    await put('two');

    expect(heard).toEqual([second]);
  });
});

describe('permission', () => {
  it('is asked for each call by its action and the stream', async () => {
    await put('one');
    await read(await iterator('TRIM_HORIZON'));

    expect(authorizer.calls.map(({ action, resource }) => [action, resource])).toEqual([
      ['kinesis:PutRecord', streamArn],
      ['kinesis:GetShardIterator', streamArn],
      ['kinesis:GetRecords', streamArn],
    ]);
  });

  it('refused reaches the client, and nothing is written', async () => {
    authorizer.refuse('kinesis:PutRecord');

    await expect(put('one')).rejects.toMatchObject({
      name: 'AccessDeniedException',
      message: expect.stringContaining('kinesis:PutRecord on resource: arn:aws:kinesis:us-east-2'),
    });
    expect(kinesis.dump(StreamName)).toEqual([]);
  });

  it('on the customer key of an encrypted stream is needed to put and to get', async () => {
    kinesis.createStream({
      name: 'sealed',
      mode: 'PROVISIONED',
      shardCount: 1,
      retentionHours: 24,
      keyId: keyArn,
    });
    const sealed = { StreamName: 'sealed', ShardId: first, ShardIteratorType: 'TRIM_HORIZON' } as const;
    const record = { StreamName: 'sealed', Data: bytes('x'), PartitionKey: 'a' };
    await client.send(new PutRecordCommand(record));
    const { ShardIterator } = await client.send(new GetShardIteratorCommand(sealed));
    await client.send(new GetRecordsCommand({ ShardIterator }));

    expect(told('kms:GenerateDataKey')).toHaveLength(1);
    expect(told('kms:Decrypt')[0]).toMatchObject({
      resource: keyArn,
      context: {
        'kms:ViaService': 'kinesis.us-east-2.amazonaws.com',
        'kms:EncryptionContext:aws:kinesis:arn': 'arn:aws:kinesis:us-east-2:000000000000:stream/sealed',
      },
    });
    authorizer.refuse('kms:Decrypt');
    await expect(client.send(new GetRecordsCommand({ ShardIterator }))).rejects.toThrow(
      KMSAccessDeniedException,
    );
    authorizer.refuse('kms:GenerateDataKey');
    await expect(client.send(new PutRecordCommand(record))).rejects.toThrow(KMSAccessDeniedException);
  });

  it('does not matter to an operation that is not modelled: it says so', async () => {
    await expect(
      client.send(
        new SubscribeToShardCommand({
          ConsumerARN: `${streamArn}/consumer/match:1`,
          ShardId: first,
          StartingPosition: { Type: 'LATEST' },
        }),
      ),
    ).rejects.toMatchObject({
      name: 'UnknownOperationException',
      message: 'the local kinesis does not model SubscribeToShard',
    });
  });
});
