import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { z } from 'zod';
import { deviceFacts } from '../../core/people/person';
import type { Session } from '../../core/sessions/session';
import { StoreError } from '../stores/store-error';

export type Row = Record<string, AttributeValue>;

/** Before the id of a sign-in; the row `LAST` beside them says when the account was last used. */
export const sessionPrefix = 'SESSION#';

const text = z.object({ S: z.string().min(1) }).transform(({ S }) => S);
const time = z
  .object({ N: z.string() })
  .transform(({ N }) => Number(N))
  .pipe(z.int());

const row = z.object({
  session: text.pipe(z.string().startsWith(sessionPrefix)),
  startedAtMs: time,
  lastSeenMs: time,
  endedAtMs: time.optional(),
  address: text,
  client: text.pipe(z.enum(['console', 'mobile'])),
  device: text.pipe(z.enum(deviceFacts)),
  deviceId: text.optional(),
  place: text.optional(),
});

export function sessionKey(username: string, sessionId: string): Row {
  return { username: { S: username }, session: { S: `${sessionPrefix}${sessionId}` } };
}

/** Throws `StoreError` `malformed`: such a session has ended. */
export function sessionOf(item: Row): Session {
  const parsed = row.safeParse(item);
  if (!parsed.success) throw new StoreError('malformed', 'sessions', { cause: parsed.error });
  const { session, endedAtMs, deviceId, place, ...rest } = parsed.data;
  return {
    sessionId: session.slice(sessionPrefix.length),
    ...rest,
    ...(endedAtMs === undefined ? {} : { endedAtMs }),
    ...(deviceId === undefined ? {} : { deviceId }),
    ...(place === undefined ? {} : { place }),
  };
}
