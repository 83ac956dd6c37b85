import type { Match } from './routes';

/** One HTTP request as the gateway received it. */
export interface GatewayRequest {
  readonly apiId: string;
  readonly stage: string;
  readonly requestId: string;
  readonly extendedRequestId: string;
  readonly traceId: string;
  readonly receivedAtMs: number;
  readonly httpMethod: string;
  /** After the stage, percent-decoded. */
  readonly path: string;
  readonly domainName: string;
  /** As called, percent-decoded: with the stage, and with a custom domain's base path. */
  readonly contextPath: string;
  readonly protocol: string;
  readonly sourceIp: string;
  /** In the order and the letter case in which they came. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly query: URLSearchParams;
  readonly body: Buffer;
}

export interface EventFacts {
  readonly request: GatewayRequest;
  readonly match: Match;
  readonly claims: Readonly<Record<string, string>> | undefined;
  readonly accountId: string;
  readonly deploymentId: string;
  readonly stageVariables: Readonly<Record<string, string>> | undefined;
  readonly binaryMediaTypes: readonly string[];
}

/** The event of a REST API's Lambda proxy integration (payload format 1.0). */
export function proxyEvent(facts: EventFacts): Readonly<Record<string, unknown>> {
  const { request, match } = facts;
  const { route } = match;
  const headers = forwardedHeaders(request);
  const query = [...request.query];
  const isBinary = matchesMediaType(firstValue(request.headers, 'content-type'), facts.binaryMediaTypes);
  return {
    resource: route.resourcePath,
    path: request.path,
    httpMethod: request.httpMethod,
    headers: lastValues(headers),
    multiValueHeaders: allValues(headers),
    queryStringParameters: query.length === 0 ? null : lastValues(query),
    multiValueQueryStringParameters: query.length === 0 ? null : allValues(query),
    pathParameters: match.pathParameters,
    stageVariables: facts.stageVariables ?? null,
    requestContext: requestContext(facts),
    body: request.body.length === 0 ? null : request.body.toString(isBinary ? 'base64' : 'utf8'),
    isBase64Encoded: request.body.length > 0 && isBinary,
  };
}

function requestContext({ request, match, claims, accountId, deploymentId }: EventFacts): object {
  const { route } = match;
  return {
    resourceId: route.resourceId,
    ...(claims === undefined ? {} : { authorizer: { claims } }),
    resourcePath: route.resourcePath,
    ...(route.method.OperationName === undefined ? {} : { operationName: route.method.OperationName }),
    httpMethod: request.httpMethod,
    extendedRequestId: request.extendedRequestId,
    requestTime: logDate(request.receivedAtMs),
    path: request.contextPath,
    accountId,
    protocol: request.protocol,
    stage: request.stage,
    domainPrefix: request.apiId,
    requestTimeEpoch: request.receivedAtMs,
    requestId: request.requestId,
    identity: {
      cognitoIdentityPoolId: null,
      accountId: null,
      cognitoIdentityId: null,
      caller: null,
      sourceIp: request.sourceIp,
      principalOrgId: null,
      accessKey: null,
      cognitoAuthenticationType: null,
      cognitoAuthenticationProvider: null,
      userArn: null,
      userAgent: firstValue(request.headers, 'user-agent') ?? null,
      user: null,
    },
    domainName: request.domainName,
    deploymentId,
    apiId: request.apiId,
  };
}

/** `09/Apr/2015:12:34:56 +0000`. */
export function logDate(ms: number): string {
  const [, day, month, year, time] = new Date(ms).toUTCString().split(/,? /);
  return `${day}/${month}/${year}:${time} +0000`;
}

/** Whether a header's media type is among them; only the first of an `Accept` list counts. */
export function matchesMediaType(header: string | undefined, mediaTypes: readonly string[]): boolean {
  if (mediaTypes.includes('*/*')) return true;
  const mediaType = header?.split(/[,;]/)[0]?.trim().toLowerCase();
  return mediaType !== undefined && mediaTypes.some((known) => known.toLowerCase() === mediaType);
}

export function firstValue(
  headers: readonly (readonly [string, string])[],
  name: string,
): string | undefined {
  return headers.find(([key]) => key.toLowerCase() === name)?.[1];
}

const ownHeaders = new Set([
  'connection',
  'content-length',
  'expect',
  'host',
  'keep-alive',
  'transfer-encoding',
]);

/** The client's headers without those of the connection, and what the gateway adds. */
function forwardedHeaders(request: GatewayRequest): [string, string][] {
  const forwardedFor = firstValue(request.headers, 'x-forwarded-for');
  const kept = request.headers.filter(([name]) => {
    const key = name.toLowerCase();
    return !ownHeaders.has(key) && !key.startsWith('x-forwarded-') && key !== 'x-amzn-trace-id';
  });
  return [
    ...kept.map(([name, value]): [string, string] => [name, value]),
    ['Host', request.domainName],
    ['X-Amzn-Trace-Id', request.traceId],
    ['X-Forwarded-For', [forwardedFor, request.sourceIp].filter(Boolean).join(', ')],
    ['X-Forwarded-Port', '443'],
    ['X-Forwarded-Proto', 'https'],
  ];
}

function lastValues(pairs: readonly (readonly [string, string])[]): Record<string, string> {
  return Object.fromEntries(pairs);
}

function allValues(pairs: readonly (readonly [string, string])[]): Record<string, string[]> {
  // Not an object while it is filled: a client may well send a parameter called `constructor` or `__proto__`.
  const values = new Map<string, string[]>();
  for (const [name, value] of pairs) values.set(name, [...(values.get(name) ?? []), value]);
  return Object.fromEntries(values);
}
