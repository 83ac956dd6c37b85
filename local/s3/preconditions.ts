import { AwsError } from '../aws/errors';
import type { ObjectVersion } from './version';

type Headers = Readonly<Record<string, string>>;

/**
 * Conditional writes and deletes: `If-None-Match: *` (only if no object is there) and `If-Match` (only over that very
 * object). Throws `PreconditionFailed`, `NoSuchKey`, or `NotImplemented` for forms that S3 does not take.
 */
export function checkWrite(headers: Headers, current: ObjectVersion | undefined): void {
  const absent = headers['if-none-match'];
  if (absent !== undefined) {
    if (absent !== '*') throw new AwsError('NotImplemented', 'If-None-Match takes * only on a write', 501);
    if (current !== undefined) throw failed('If-None-Match');
  }
  checkMatch(headers['if-match'], current);
}

export function checkMatch(etag: string | undefined, current: ObjectVersion | undefined): void {
  if (etag === undefined) return;
  if (current === undefined) throw new AwsError('NoSuchKey', 'The specified key does not exist.', 404);
  if (!matches(etag, current)) throw failed('If-Match');
}

/** `not-modified` answers 304. Throws `PreconditionFailed`. */
export function checkRead(headers: Headers, version: ObjectVersion): 'serve' | 'not-modified' {
  const match = headers['if-match'];
  if (match !== undefined) {
    if (!matches(match, version)) throw failed('If-Match');
  } else if (isAfter(version, headers['if-unmodified-since'])) {
    throw failed('If-Unmodified-Since');
  }
  const noneMatch = headers['if-none-match'];
  if (noneMatch !== undefined) return matches(noneMatch, version) ? 'not-modified' : 'serve';
  const since = headers['if-modified-since'];
  return since !== undefined && !isAfter(version, since) ? 'not-modified' : 'serve';
}

function matches(list: string, { etag }: ObjectVersion): boolean {
  return list.split(',').some((one) => one.trim() === '*' || quoted(one.trim()) === etag);
}

/** HTTP dates count whole seconds. A date that is none is ignored, as HTTP says. */
function isAfter({ lastModifiedMs }: ObjectVersion, date: string | undefined): boolean {
  const sinceMs = date === undefined ? Number.NaN : Date.parse(date);
  return Math.floor(lastModifiedMs / 1000) * 1000 > sinceMs;
}

const quoted = (etag: string) => (etag.startsWith('"') ? etag : `"${etag}"`);
const failed = (condition: string) =>
  new AwsError(
    'PreconditionFailed',
    `At least one of the pre-conditions you specified did not hold: ${condition}`,
    412,
  );
