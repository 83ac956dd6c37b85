import { AwsError } from '../aws/errors';

/** Where a reader stands in a shard. */
export interface Position {
  readonly streamName: string;
  readonly shardId: string;
  readonly index: number;
  readonly issuedAtMs: number;
}

const lifetimeMs = 5 * 60 * 1000;

export function encodeIterator({ streamName, shardId, index, issuedAtMs }: Position): string {
  return Buffer.from(JSON.stringify([streamName, shardId, index, issuedAtMs])).toString('base64');
}

/** Throws `InvalidArgumentException` for what this service never issued, `ExpiredIteratorException` after 5 minutes. */
export function decodeIterator(text: string, nowMs: number): Position {
  const position = parse(text);
  if (position === undefined) throw new AwsError('InvalidArgumentException', 'Invalid ShardIterator.');
  if (nowMs - position.issuedAtMs > lifetimeMs) {
    throw new AwsError(
      'ExpiredIteratorException',
      `Iterator expired. The iterator was created at time ${new Date(position.issuedAtMs).toUTCString()} while right ` +
        `now it is ${new Date(nowMs).toUTCString()} which is further in the future than the tolerated delay of ${lifetimeMs} milliseconds.`,
    );
  }
  return position;
}

function parse(text: string): Position | undefined {
  let value: unknown;
  try {
    value = JSON.parse(Buffer.from(text, 'base64').toString('utf8'));
  } catch {
    return undefined;
  }
  if (!Array.isArray(value) || value.length !== 4) return undefined;
  const [streamName, shardId, index, issuedAtMs]: unknown[] = value;
  if (typeof streamName !== 'string' || typeof shardId !== 'string') return undefined;
  if (!isCount(index) || typeof issuedAtMs !== 'number') return undefined;
  return { streamName, shardId, index, issuedAtMs };
}

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) >= 0;
