import { z } from 'zod';
import type { Device } from '../../core/audit/event';
import { apiScope } from '../../core/contract/openapi';

const texts = z.record(z.string(), z.string().optional()).nullish();

/** The part of API Gateway's REST proxy event (payload version 1) that is used. */
const proxyEvent = z.object({
  body: z.string().nullish(),
  isBase64Encoded: z.boolean().nullish(),
  headers: texts,
  multiValueHeaders: z.record(z.string(), z.array(z.string()).optional()).nullish(),
  pathParameters: texts,
  queryStringParameters: texts,
  requestContext: z.object({
    authorizer: z.object({ claims: z.record(z.string(), z.unknown()) }),
    identity: z.object({ sourceIp: z.string(), userAgent: z.string().nullish() }),
  }),
});

const claimsSchema = z.object({
  username: z.string().min(1),
  token_use: z.literal('access'),
  scope: z.string().refine((scope) => scope.split(' ').includes(apiScope)),
});

/** A call as the gateway let it through. */
export interface GatewayCall {
  /** Of a verified access token with our scope; absent otherwise, and then nobody calls. */
  readonly username?: string;
  readonly device: Device;
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
  const { authorizer, identity } = parsed.requestContext;
  const claims = claimsSchema.safeParse(authorizer.claims);
  const accept = headerOf(parsed, 'accept');
  return {
    ...(claims.success ? { username: claims.data.username } : {}),
    device: {
      address: identity.sourceIp,
      ...(identity.userAgent ? { userAgent: identity.userAgent.slice(0, userAgentMax) } : {}),
    },
    ...(accept === undefined ? {} : { accept }),
    path: parsed.pathParameters ?? {},
    query: parsed.queryStringParameters ?? {},
    body: jsonOf(parsed.body, parsed.isBase64Encoded ?? false),
  };
}

/** The gateway keeps the letters of a header's name as the client wrote them. */
function headerOf({ headers, multiValueHeaders }: z.output<typeof proxyEvent>, name: string) {
  const values = [...Object.entries(multiValueHeaders ?? {}), ...Object.entries(headers ?? {})];
  const found = values.find(([key, value]) => key.toLowerCase() === name && value !== undefined)?.[1];
  return Array.isArray(found) ? found.join(', ') : found;
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
