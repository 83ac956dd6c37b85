import type { KinesisRecord } from '../kinesis/shard';

export interface KinesisPlace {
  readonly shardId: string;
  readonly streamArn: string;
  readonly roleArn: string;
  readonly region: string;
}

/** The event of a batch. Source: "Using Lambda to process records from Kinesis Data Streams". */
export function kinesisEvent(records: readonly KinesisRecord[], place: KinesisPlace): { Records: object[] } {
  return {
    Records: records.map(({ partitionKey, sequenceNumber, data, arrivedAtMs }) => ({
      kinesis: {
        kinesisSchemaVersion: '1.0',
        partitionKey,
        sequenceNumber,
        data,
        approximateArrivalTimestamp: arrivedAtMs / 1000,
      },
      eventSource: 'aws:kinesis',
      eventVersion: '1.0',
      eventID: `${place.shardId}:${sequenceNumber}`,
      eventName: 'aws:kinesis:record',
      invokeIdentityArn: place.roleArn,
      awsRegion: place.region,
      eventSourceARN: place.streamArn,
    })),
  };
}

/** What a filter pattern is held against: `data` as JSON where it is JSON, as text otherwise. */
export function filterView({ data, partitionKey }: KinesisRecord): { data: unknown; partitionKey: string } {
  const text = Buffer.from(data, 'base64').toString('utf8');
  try {
    return { data: JSON.parse(text), partitionKey };
  } catch {
    return { data: text, partitionKey };
  }
}

/** A record's share of the 6 MB that an invocation may carry: its data in base64 and its frame. */
export function eventBytes({ data, partitionKey }: KinesisRecord): number {
  const frameBytes = 700;
  return data.length + Buffer.byteLength(partitionKey) + frameBytes;
}
