import { KinesisClient, PutRecordsCommand } from '@aws-sdk/client-kinesis';
import { mockClient } from 'aws-sdk-client-mock';
import { createKinesisSender } from '../../edge/kinesis-sender';

const kinesis = mockClient(KinesisClient);
beforeEach(() => kinesis.reset());

const send = createKinesisSender({
  client: new KinesisClient({ region: 'us-east-2' }),
  streamName: 'reads',
  attemptsMax: 3,
  backoffMs: 1,
});
const bytes = (...texts: string[]) => texts.map((text) => Buffer.from(text));
const took = { SequenceNumber: '1', ShardId: 's' };
const refused = { ErrorCode: 'ProvisionedThroughputExceededException' };
const callsMade = () =>
  kinesis
    .commandCalls(PutRecordsCommand)
    .map(({ args }) => args[0].input.Records?.map(({ Data }) => Buffer.from(Data ?? []).toString()));

describe('sending to Kinesis', () => {
  it('sends again only what was refused', async () => {
    kinesis
      .on(PutRecordsCommand)
      .resolvesOnce({ FailedRecordCount: 1, Records: [took, refused, took] })
      .resolvesOnce({ FailedRecordCount: 0, Records: [took] });
    expect(await send(bytes('a', 'b', 'c'))).toEqual([]);
    expect(callsMade()).toEqual([['a', 'b', 'c'], ['b']]);
  });

  it('stops after its attempts and gives back what is left', async () => {
    kinesis.on(PutRecordsCommand).resolves({ FailedRecordCount: 1, Records: [refused] });
    expect((await send(bytes('a'))).map(String)).toEqual(['a']);
    expect(callsMade()).toHaveLength(3);
  });

  it('gives everything back when the stream is out of reach', async () => {
    kinesis.on(PutRecordsCommand).rejects(new Error('no route'));
    expect((await send(bytes('a', 'b'))).map(String)).toEqual(['a', 'b']);
  });

  it('takes an answer without results for a refusal', async () => {
    kinesis.on(PutRecordsCommand).resolves({});
    expect(await send(bytes('a'))).toHaveLength(1);
  });

  it('never puts more than 500 records or 5 MiB in one call', async () => {
    kinesis
      .on(PutRecordsCommand)
      .callsFake(({ Records }: { Records: unknown[] }) => ({ Records: Records.map(() => took) }));
    expect(await send(Array.from({ length: 501 }, () => Buffer.from('x')))).toEqual([]);
    expect(await send(Array.from({ length: 6 }, () => Buffer.alloc(900 * 1024)))).toEqual([]);
    expect(callsMade().map((records) => records?.length)).toEqual([500, 1, 5, 1]);
  });

  it('names a record by a hash of its bytes, which says nothing of the read', async () => {
    kinesis.on(PutRecordsCommand).resolves({ Records: [took] });
    await send(bytes('a'));
    expect(kinesis.commandCalls(PutRecordsCommand)[0]?.args[0].input.Records?.[0]?.PartitionKey).toBe(
      'ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb',
    );
  });
});
