import { randomBytes, randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { logDate } from '../api-gateway/proxy-event';

/** What is known of a connection from its first request on. */
export interface Opening {
  readonly apiId: string;
  readonly stage: string;
  readonly connectionId: string;
  readonly connectedAtMs: number;
  readonly domainName: string;
  readonly sourceIp: string;
  readonly userAgent: string | undefined;
  readonly headers: readonly (readonly [string, string])[];
  readonly query: URLSearchParams;
  readonly stageVariables: Readonly<Record<string, string>> | undefined;
}

export type EventType = 'CONNECT' | 'DISCONNECT' | 'MESSAGE';

export interface Happening {
  readonly routeKey: string;
  readonly eventType: EventType;
  readonly atMs: number;
  /** What the authorizer said of the caller. */
  readonly authorizer?: Readonly<Record<string, unknown>> | undefined;
  readonly extra?: Readonly<Record<string, unknown>>;
}

export function requestContext(opening: Opening, happening: Happening) {
  return {
    routeKey: happening.routeKey,
    ...(happening.authorizer === undefined ? {} : { authorizer: happening.authorizer }),
    ...(happening.eventType === 'MESSAGE' ? { messageId: randomBytes(11).toString('base64') } : {}),
    eventType: happening.eventType,
    extendedRequestId: randomBytes(11).toString('base64'),
    requestTime: logDate(happening.atMs),
    messageDirection: 'IN',
    stage: opening.stage,
    connectedAt: opening.connectedAtMs,
    requestTimeEpoch: happening.atMs,
    identity: {
      sourceIp: opening.sourceIp,
      ...(opening.userAgent === undefined ? {} : { userAgent: opening.userAgent }),
    },
    requestId: randomUUID(),
    domainName: opening.domainName,
    connectionId: opening.connectionId,
    apiId: opening.apiId,
    ...happening.extra,
  };
}

/** Headers and query as `$connect`, its authorizer and `$disconnect` get them. */
export function requestParts({ headers, query, stageVariables }: Opening) {
  const multiHeaders = grouped(headers);
  const multiQuery = grouped([...query.entries()]);
  return {
    headers: lastOf(multiHeaders),
    multiValueHeaders: multiHeaders,
    ...(query.size === 0
      ? {}
      : { queryStringParameters: lastOf(multiQuery), multiValueQueryStringParameters: multiQuery }),
    ...(stageVariables === undefined ? {} : { stageVariables }),
  };
}

export function headerPairs({ rawHeaders }: IncomingMessage): [string, string][] {
  const pairs: [string, string][] = [];
  for (let index = 0; index + 1 < rawHeaders.length; index += 2)
    pairs.push([rawHeaders[index] ?? '', rawHeaders[index + 1] ?? '']);
  return pairs;
}

function grouped(pairs: readonly (readonly [string, string])[]): Record<string, string[]> {
  // Not an object while it is filled: a client may well send a parameter called `constructor` or `__proto__`.
  const groups = new Map<string, string[]>();
  for (const [name, value] of pairs) groups.set(name, [...(groups.get(name) ?? []), value]);
  return Object.fromEntries(groups);
}

function lastOf(groups: Readonly<Record<string, readonly string[]>>): Record<string, string> {
  return Object.fromEntries(Object.entries(groups).map(([name, values]) => [name, values.at(-1) ?? '']));
}
