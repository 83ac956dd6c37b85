import { z } from 'zod';

/** A reply on its way to the client. */
export interface Reply {
  readonly statusCode: number;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: Buffer;
}

const headerValue = z.union([z.string(), z.number(), z.boolean()]).transform(String);
const statusCode = z
  .union([z.number(), z.string()])
  .transform(Number)
  .pipe(z.number().int().min(100).max(599));

/** Exactly what a proxy integration may answer; any other key makes it malformed. */
const proxyResult = z.strictObject({
  statusCode,
  headers: z.record(z.string(), headerValue).nullish(),
  multiValueHeaders: z.record(z.string(), z.array(headerValue)).nullish(),
  body: z.string().nullish(),
  isBase64Encoded: z.boolean().nullish(),
});

/** Names that the gateway keeps for itself: the function's value goes out under another name. */
const remapped = new Set([
  'authorization',
  'connection',
  'content-length',
  'content-md5',
  'date',
  'expect',
  'host',
  'max-forwards',
  'proxy-authenticate',
  'server',
  'user-agent',
  'www-authenticate',
]);

/**
 * The function's answer as an HTTP reply, or `undefined` if it is malformed. A base64 body is decoded only where the
 * request's `Accept` names a binary media type of the API; otherwise the client gets the base64 text.
 */
export function proxyReply(
  payload: unknown,
  { acceptsBinary }: { readonly acceptsBinary: boolean },
): Reply | undefined {
  const parsed = proxyResult.safeParse(payload);
  if (!parsed.success) return undefined;
  const { statusCode, body, isBase64Encoded } = parsed.data;
  const headers = mergedHeaders(parsed.data.headers ?? {}, parsed.data.multiValueHeaders ?? {});
  if (!headers.some(([name]) => name.toLowerCase() === 'content-type')) {
    headers.push(['Content-Type', 'application/json']);
  }
  const encoding = isBase64Encoded && acceptsBinary ? 'base64' : 'utf8';
  return { statusCode, headers, body: Buffer.from(body ?? '', encoding) };
}

function mergedHeaders(
  single: Readonly<Record<string, string>>,
  multi: Readonly<Record<string, readonly string[]>>,
): [string, string][] {
  const pairs = Object.entries(multi).flatMap(([name, values]) =>
    values.map((value): [string, string] => [name, value]),
  );
  for (const [name, value] of Object.entries(single)) {
    const isThere = pairs.some(([key, known]) => key.toLowerCase() === name.toLowerCase() && known === value);
    if (!isThere) pairs.push([name, value]);
  }
  return pairs.map(([name, value]) => [
    remapped.has(name.toLowerCase()) ? `x-amzn-Remapped-${name}` : name,
    value,
  ]);
}
