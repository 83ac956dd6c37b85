import { streamRecords } from '../../../adapters/streams/kinesis-event';

const streams = { detectedReadsStream: 'Detected-CD2', partnerReadsStream: 'Partners-EF3' };
const arn = 'arn:aws:kinesis:us-east-2:000000000000:stream/';

function event(...sources: string[]) {
  return {
    Records: sources.map((eventSourceARN, n) => ({
      eventSourceARN,
      eventSource: 'aws:kinesis',
      kinesis: {
        sequenceNumber: `4959000000${n}`,
        partitionKey: 'fixed-1',
        approximateArrivalTimestamp: 1793620800.123,
        data: 'bWFkZS11cA==',
      },
    })),
  };
}

describe('a Kinesis event', () => {
  it('gives its records in order', () => {
    expect(streamRecords(event(`${arn}Cameras-AB1`, `${arn}Cameras-AB1`), streams)).toEqual([
      {
        sequenceNumber: '49590000000',
        arrivedAtMs: 1_793_620_800_123,
        source: 'camera',
        bytes: Buffer.from('made-up'),
      },
      {
        sequenceNumber: '49590000001',
        arrivedAtMs: 1_793_620_800_123,
        source: 'camera',
        bytes: Buffer.from('made-up'),
      },
    ]);
  });

  it.each([
    [`${arn}Detected-CD2`, 'detected'],
    [`${arn}Detected-CD2/consumer/match:1793620800`, 'detected'],
    [`${arn}Partners-EF3`, 'partner'],
    [`${arn}Partners-EF3/consumer/match:1793620800`, 'partner'],
    [`${arn}Partners-EF3-other`, 'camera'],
    [`${arn}Detected-CD2-other`, 'camera'],
    [`${arn}other/consumer/Detected-CD2:1`, 'camera'],
    ['arn:aws:sqs:us-east-2:000000000000:stream/Detected-CD2', 'camera'],
    ['Detected-CD2', 'camera'],
  ])('from %s needs what a %s record needs', (source, expected) => {
    expect(streamRecords(event(source), streams)[0]?.source).toBe(expected);
  });

  it.each([undefined, {}, { Records: [] }, { Records: [{ body: '{}' }] }])('is not %j', (other) => {
    expect(() => streamRecords(other, streams)).toThrow();
  });
});
