import { z } from 'zod';

/** A frame that its bucket says it has. */
export interface FrameNotice {
  readonly bucket: string;
  readonly key: string;
  readonly sizeBytes: number;
  /** When the bucket got it; the same in every delivery of the message. */
  readonly arrivedAtMs: number;
}

/** One SQS message and the frames that it tells of; `undefined`: it is no notification of the bucket. */
export interface FrameMessage {
  readonly messageId: string;
  readonly frames: readonly FrameNotice[] | undefined;
}

const sqsEvent = z.object({
  Records: z.array(z.object({ messageId: z.string().min(1), body: z.string() })).min(1),
});

const s3Event = z.object({
  Records: z.array(
    z.object({
      eventName: z.string(),
      eventTime: z.iso.datetime({ offset: true }),
      s3: z.object({
        bucket: z.object({ name: z.string() }),
        object: z.object({ key: z.string(), size: z.number().optional() }),
      }),
    }),
  ),
});

/** The messages of a Lambda event of the frames queue. Throws if it is no SQS event. */
export function frameMessages(event: unknown): readonly FrameMessage[] {
  return sqsEvent.parse(event).Records.map(({ messageId, body }) => ({
    messageId,
    frames: framesOf(body),
  }));
}

function framesOf(body: string): readonly FrameNotice[] | undefined {
  const json = jsonOf(body);
  if (isTestEvent(json)) return [];
  const parsed = s3Event.safeParse(json);
  if (!parsed.success) return undefined;
  return parsed.data.Records.filter(({ eventName }) => eventName.includes('ObjectCreated:')).map(
    ({ s3, eventTime }) => ({
      bucket: s3.bucket.name,
      key: keyOf(s3.object.key),
      sizeBytes: s3.object.size ?? 0,
      arrivedAtMs: Date.parse(eventTime),
    }),
  );
}

/** S3 sends it once when the notification is set up. */
function isTestEvent(json: unknown): boolean {
  return typeof json === 'object' && json !== null && 'Event' in json && json.Event === 's3:TestEvent';
}

/** Keys in notifications are URL-encoded as in a form: a space is a plus. */
function keyOf(encoded: string): string {
  try {
    return decodeURIComponent(encoded.replaceAll('+', ' '));
  } catch {
    return encoded;
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
