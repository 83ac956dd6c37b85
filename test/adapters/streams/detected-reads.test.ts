import { KinesisClient, PutRecordsCommand } from '@aws-sdk/client-kinesis';
import { mockClient } from 'aws-sdk-client-mock';
import { StoreError } from '../../../adapters/stores/store-error';
import { DetectedReads } from '../../../adapters/streams/detected-reads';
import { parseDetected } from '../../../core/reads/detected';
import { madeCaptured } from '../../core/reads/made-read';

const kinesis = new KinesisClient({ region: 'us-east-2' });
const mock = mockClient(kinesis);
const stored = { SequenceNumber: '1', ShardId: 's' };
const refused = { ErrorCode: 'ProvisionedThroughputExceededException' };
const record = (n: number) => ({ cameraId: 'fixed-1', frame: `frame-${n}`, reads: [madeCaptured()] });
const sent = () =>
  mock
    .commandCalls(PutRecordsCommand)
    .map(({ args }) =>
      args[0].input.Records?.map(({ Data }) => parseDetected(Data ?? new Uint8Array())?.frame),
    );

beforeEach(() => mock.reset());

describe('the stream of detected reads', () => {
  it('gets each record under its camera', async () => {
    mock.on(PutRecordsCommand).resolves({ Records: [stored] });
    await new DetectedReads(kinesis, 'Detected').put([record(1)]);
    expect(mock.commandCalls(PutRecordsCommand)[0]?.args[0].input).toMatchObject({
      StreamName: 'Detected',
      Records: [{ PartitionKey: 'fixed-1' }],
    });
  });

  it('gets again only what it refused', async () => {
    mock
      .on(PutRecordsCommand)
      .resolvesOnce({ FailedRecordCount: 1, Records: [stored, refused, stored] })
      .resolves({ Records: [stored] });
    await new DetectedReads(kinesis, 'Detected').put([record(1), record(2), record(3)]);
    expect(sent()).toEqual([['frame-1', 'frame-2', 'frame-3'], ['frame-2']]);
  });

  it('that refuses five times is an error', async () => {
    mock.on(PutRecordsCommand).resolves({ FailedRecordCount: 1, Records: [refused] });
    await expect(new DetectedReads(kinesis, 'Detected').put([record(1)])).rejects.toThrow(StoreError);
    expect(sent()).toHaveLength(5);
  });

  it('gets nothing of no records', async () => {
    await new DetectedReads(kinesis, 'Detected').put([]);
    expect(sent()).toEqual([]);
  });
});
