/** The event that Lambda gives a consumer of a stream; sequence numbers are 1, 2, …. */
export function kinesisEvent(
  stream: string,
  records: readonly Uint8Array[],
  arrivedAtMs = 1_793_620_801_000,
) {
  return {
    Records: records.map((bytes, index) => ({
      eventSource: 'aws:kinesis',
      eventSourceARN: `arn:aws:kinesis:us-east-2:000000000000:stream/${stream}`,
      kinesis: {
        sequenceNumber: String(index + 1),
        partitionKey: 'made-up',
        approximateArrivalTimestamp: arrivedAtMs / 1000,
        data: Buffer.from(bytes).toString('base64'),
      },
    })),
  };
}

/** The event that Lambda gives the consumer of the frames queue: one message a frame, ids m1, m2, …. */
export function framesEvent(frames: readonly { key: string; size?: number }[]) {
  return {
    Records: frames.map(({ key, size = 1000 }, index) => ({
      messageId: `m${index + 1}`,
      body: JSON.stringify({
        Records: [
          {
            eventName: 'ObjectCreated:Put',
            eventTime: '2026-11-02T12:00:01.000Z',
            s3: { bucket: { name: 'frames' }, object: { key: encodeURIComponent(key), size } },
          },
        ],
      }),
    })),
  };
}
