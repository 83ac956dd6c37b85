import { z } from 'zod';
import type { Device } from '../../core/audit/event';
import { proofHeader } from '../../core/contract/devices';
import { type TokenHolder, tokenHolder } from './token-claims';

const texts = z.record(z.string(), z.string().optional()).nullish();

/** The part of API Gateway's REST proxy event (payload version 1) that is used. */
const proxyEvent = z.object({
  httpMethod: z.string(),
  body: z.string().nullish(),
  isBase64Encoded: z.boolean().nullish(),
  headers: texts,
  multiValueHeaders: z.record(z.string(), z.array(z.string()).optional()).nullish(),
  pathParameters: texts,
  queryStringParameters: texts,
  requestContext: z.object({
    authorizer: z.object({ claims: z.record(z.string(), z.unknown()) }),
    identity: z.object({ sourceIp: z.string(), userAgent: z.string().nullish() }),
    /** The host and the path that the client called, the path with the stage. */
    domainName: z.string().nullish(),
    path: z.string().nullish(),
  }),
});

/** A call as the gateway let it through. */
export interface GatewayCall {
  readonly holder: TokenHolder;
  /** Where it came from, as the gateway saw it; nothing in it is proven. */
  readonly device: Pick<Device, 'address' | 'userAgent'>;
  /** What a device's proof must be about. */
  readonly called: {
    readonly method: string;
    readonly host: string;
    readonly path: string;
    readonly accessToken: string;
  };
  /** The headers `DPoP`, one for each time that it was sent. */
  readonly proofs: readonly string[];
  /** The `Accept` header as it was sent, several joined; absent where none was. */
  readonly accept?: string;
  readonly path: unknown;
  readonly query: unknown;
  readonly body: { readonly kind: 'json'; readonly value: unknown } | { readonly kind: 'not-json' };
}

const userAgentMax = 200;

/** Throws for what is no proxy event: then the gateway is not wired as designed. */
export function parseProxyEvent(event: unknown): GatewayCall {
  const parsed = proxyEvent.parse(event);
  const { authorizer, identity, domainName, path } = parsed.requestContext;
  const accept = headersOf(parsed, 'accept');
  return {
    holder: tokenHolder(authorizer.claims),
    device: {
      address: identity.sourceIp,
      ...(identity.userAgent ? { userAgent: identity.userAgent.slice(0, userAgentMax) } : {}),
    },
    called: {
      method: parsed.httpMethod,
      host: domainName ?? '',
      path: path ?? '',
      accessToken: (headersOf(parsed, 'authorization')[0] ?? '').replace(/^bearer\s+/i, '').trim(),
    },
    proofs: headersOf(parsed, proofHeader.toLowerCase()),
    ...(accept.length === 0 ? {} : { accept: accept.join(', ') }),
    path: parsed.pathParameters ?? {},
    query: parsed.queryStringParameters ?? {},
    body: jsonOf(parsed.body, parsed.isBase64Encoded ?? false),
  };
}

/** Each value of a header. The gateway keeps the letters of its name as the client wrote them, also of several. */
function headersOf({ headers, multiValueHeaders }: z.output<typeof proxyEvent>, name: string): string[] {
  const isNamed = ([key]: readonly [string, unknown]) => key.toLowerCase() === name;
  const several = Object.entries(multiValueHeaders ?? {}).filter(isNamed);
  if (several.length > 0) return several.flatMap(([, values]) => values ?? []);
  const single = Object.entries(headers ?? {}).filter(isNamed);
  return single.flatMap(([, value]) => value ?? []);
}

function jsonOf(body: string | null | undefined, isBase64Encoded: boolean): GatewayCall['body'] {
  if (!body) return { kind: 'json', value: undefined };
  try {
    const text = isBase64Encoded ? Buffer.from(body, 'base64').toString('utf8') : body;
    return { kind: 'json', value: JSON.parse(text) };
  } catch {
    return { kind: 'not-json' };
  }
}
