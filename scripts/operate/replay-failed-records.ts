import { type KinesisClient, PutRecordsCommand } from '@aws-sdk/client-kinesis';
import { GetObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { z } from 'zod';

/** The invocation record that Lambda keeps of a failed stream batch; `payload` is the event it sent. */
const failedInvocation = z.looseObject({ payload: z.string() });
const streamEvent = z.looseObject({
  Records: z.array(
    z.looseObject({
      eventSourceARN: z.string(),
      kinesis: z.looseObject({ partitionKey: z.string(), data: z.base64() }),
    }),
  ),
});

/** Kinesis takes this many records at once. */
const putMax = 500;

/**
 * Puts the records of one failed batch back on the stream they came from. All consumers see them again and store
 * nothing twice. Returns how many; throws when the object is no such batch or a record was not taken.
 */
export async function replayFailedRecords(
  clients: { readonly s3: S3Client; readonly kinesis: KinesisClient },
  failuresBucket: string,
  objectKey: string,
): Promise<number> {
  const object = await clients.s3.send(new GetObjectCommand({ Bucket: failuresBucket, Key: objectKey }));
  const text = (await object.Body?.transformToString()) ?? '';
  const { payload } = failedInvocation.parse(JSON.parse(text));
  const { Records: records } = streamEvent.parse(JSON.parse(payload));
  for (let from = 0; from < records.length; from += putMax) {
    const part = records.slice(from, from + putMax);
    const result = await clients.kinesis.send(
      new PutRecordsCommand({
        StreamARN: streamOf(part[0]?.eventSourceARN ?? ''),
        Records: part.map(({ kinesis }) => ({
          PartitionKey: kinesis.partitionKey,
          Data: Buffer.from(kinesis.data, 'base64'),
        })),
      }),
    );
    if (result.FailedRecordCount)
      throw new Error(
        `${result.FailedRecordCount} of ${part.length} records were not taken; run the replay again`,
      );
  }
  return records.length;
}

/** A fanned-out source names its consumer after the stream. */
function streamOf(sourceArn: string): string {
  return sourceArn.split('/consumer/')[0] ?? sourceArn;
}
