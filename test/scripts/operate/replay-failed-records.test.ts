import { Readable } from 'node:stream';
import { KinesisClient, PutRecordsCommand } from '@aws-sdk/client-kinesis';
import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { sdkStreamMixin } from '@smithy/core/serde';
import { mockClient } from 'aws-sdk-client-mock';
import { replayFailedRecords } from '../../../scripts/operate/replay-failed-records';

const streamArn = 'arn:aws:kinesis:us-east-2:000000000000:stream/camera-reads';

describe('replaying failed records', () => {
  const s3 = mockClient(S3Client);
  const kinesis = mockClient(KinesisClient);
  const clients = { s3: new S3Client({}), kinesis: new KinesisClient({}) };

  beforeEach(() => {
    s3.reset();
    kinesis.reset();
    kinesis.on(PutRecordsCommand).resolves({ FailedRecordCount: 0, Records: [] });
  });

  const keep = (content: unknown) => {
    const Body = sdkStreamMixin(Readable.from([JSON.stringify(content)]));
    s3.on(GetObjectCommand).resolves({ Body });
  };
  const failedBatch = (sourceArn: string, data: readonly string[]) => ({
    requestContext: { condition: 'RetryAttemptsExhausted' },
    payload: JSON.stringify({
      Records: data.map((text) => ({
        eventSourceARN: sourceArn,
        kinesis: { partitionKey: `key of ${text}`, data: Buffer.from(text).toString('base64') },
      })),
    }),
  });

  it('puts every record back on the stream it came from, byte for byte', async () => {
    keep(failedBatch(streamArn, ['one', 'two']));
    await expect(replayFailedRecords(clients, 'failures', 'some/object')).resolves.toBe(2);
    expect(kinesis.commandCalls(PutRecordsCommand)[0]?.args[0].input).toEqual({
      StreamARN: streamArn,
      Records: [
        { PartitionKey: 'key of one', Data: Buffer.from('one') },
        { PartitionKey: 'key of two', Data: Buffer.from('two') },
      ],
    });
  });

  it('finds the stream behind a fanned-out consumer', async () => {
    keep(failedBatch(`${streamArn}/consumer/CameraMatch:1`, ['one']));
    await replayFailedRecords(clients, 'failures', 'some/object');
    expect(kinesis.commandCalls(PutRecordsCommand)[0]?.args[0].input.StreamARN).toBe(streamArn);
  });

  it('says so when the stream did not take all of them', async () => {
    keep(failedBatch(streamArn, ['one', 'two']));
    kinesis.on(PutRecordsCommand).resolves({ FailedRecordCount: 1, Records: [] });
    await expect(replayFailedRecords(clients, 'failures', 'some/object')).rejects.toThrow(
      '1 of 2 records were not taken; run the replay again',
    );
  });

  it('puts nothing on a stream for an object that is no failed batch', async () => {
    keep({ hello: 'world' });
    await expect(replayFailedRecords(clients, 'failures', 'some/object')).rejects.toThrow();
    expect(kinesis.commandCalls(PutRecordsCommand)).toHaveLength(0);
  });
});
