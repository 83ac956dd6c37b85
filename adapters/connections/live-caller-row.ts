import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { z } from 'zod';
import type { LiveCaller } from '../../core/alerts/ports';
import { deviceFacts } from '../../core/people/person';

type Row = Record<string, AttributeValue>;

const text = z.object({ S: z.string().min(1) }).transform(({ S }) => S);

const row = z.object({
  username: text,
  device: text.pipe(z.enum(deviceFacts)),
  deviceId: text.optional(),
  sessionId: text.optional(),
});

/** The part that the rows of tickets and of connections share. */
export function liveCallerRow({ username, device, deviceId, sessionId }: LiveCaller): Row {
  return {
    username: { S: username },
    device: { S: device },
    ...(deviceId === undefined ? {} : { deviceId: { S: deviceId } }),
    ...(sessionId === undefined ? {} : { sessionId: { S: sessionId } }),
  };
}

/** `undefined` for a row that is none. */
export function liveCallerOf(item: Row): LiveCaller | undefined {
  const parsed = row.safeParse(item);
  if (!parsed.success) return undefined;
  const { username, device, deviceId, sessionId } = parsed.data;
  return {
    username,
    device,
    ...(deviceId === undefined ? {} : { deviceId }),
    ...(sessionId === undefined ? {} : { sessionId }),
  };
}
