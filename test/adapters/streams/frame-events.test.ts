import { frameMessages } from '../../../adapters/streams/frame-events';

const message = (body: unknown) => ({
  Records: [{ messageId: 'm1', body: typeof body === 'string' ? body : JSON.stringify(body) }],
});
const created = (key: string, eventName = 'ObjectCreated:Put') => ({
  Records: [
    {
      eventName,
      eventTime: '2026-11-02T12:00:01.000Z',
      s3: { bucket: { name: 'frames' }, object: { key, size: 1000 } },
    },
  ],
});

describe('a message of the frames queue', () => {
  it('names the frame as the bucket has it', () => {
    expect(frameMessages(message(created('fixed-1/a+b%2Bc.jpg')))).toEqual([
      {
        messageId: 'm1',
        frames: [
          {
            bucket: 'frames',
            key: 'fixed-1/a b+c.jpg',
            sizeBytes: 1000,
            arrivedAtMs: Date.parse('2026-11-02T12:00:01Z'),
          },
        ],
      },
    ]);
  });

  it('that tests the notification, or tells of a removal, names none', () => {
    expect(frameMessages(message({ Event: 's3:TestEvent' }))[0]?.frames).toEqual([]);
    expect(frameMessages(message(created('a', 'ObjectRemoved:Delete')))[0]?.frames).toEqual([]);
  });

  it.each(['', 'not json', '{}', '{"Records":[{}]}', 'null'])('is none: %j', (body) => {
    expect(frameMessages(message(body))[0]?.frames).toBeUndefined();
  });

  it('with a key that is encoded wrongly keeps it as it is', () => {
    expect(frameMessages(message(created('%E0%A4%A')))[0]?.frames?.[0]?.key).toBe('%E0%A4%A');
  });
});
