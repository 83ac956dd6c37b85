import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import type { Clock } from '../clock';
import type { Caller, CredentialSource } from './caller';
import { AwsError } from './errors';

export interface SignedRequest {
  readonly method: string;
  /** Path and query as they came, still encoded. */
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Uint8Array;
}

const algorithm = 'AWS4-HMAC-SHA256';
const skewMaxMs = 15 * 60 * 1000;

/**
 * Verifies a header signature (AWS Signature Version 4; signed, `UNSIGNED-PAYLOAD` and `STREAMING-*` bodies) and says
 * whose it is. The chunk signatures inside a `STREAMING-*` body are the reader's business. Throws `AwsError`:
 * `IncompleteSignature`, `UnrecognizedClientException`, `SignatureDoesNotMatch`, `RequestTimeTooSkewed`,
 * `XAmzContentSHA256Mismatch`.
 */
export function authenticate(request: SignedRequest, credentials: CredentialSource, clock: Clock): Caller {
  const { accessKeyId, scope, signedHeaders, signature } = parseAuthorization(
    header(request, 'authorization'),
  );
  const known = credentials.find(accessKeyId);
  if (known === undefined || !sameToken(known.sessionToken, header(request, 'x-amz-security-token'))) {
    throw new AwsError(
      'UnrecognizedClientException',
      'The security token included in the request is invalid.',
      403,
    );
  }

  const amzDate = header(request, 'x-amz-date') ?? '';
  const signedAtMs = parseAmzDate(amzDate);
  if (signedAtMs === undefined || scope.date !== amzDate.slice(0, 8)) {
    throw incomplete("the 'X-Amz-Date' header is missing, malformed or not of the credential's date");
  }
  if (Math.abs(clock.now() - signedAtMs) > skewMaxMs) {
    throw new AwsError(
      'RequestTimeTooSkewed',
      `The difference between the request time ${amzDate} and the current time is too large.`,
      403,
    );
  }

  const payloadHash = checkedPayloadHash(request);
  const canonical = canonicalRequest(request, { signedHeaders, payloadHash, service: scope.service });
  const toSign = [algorithm, amzDate, scope.text, sha256(canonical)].join('\n');
  const expected = hmac(signingKey(known.secretAccessKey, scope), toSign);
  const given = Buffer.from(signature, 'hex');
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) {
    throw new AwsError(
      'SignatureDoesNotMatch',
      'The request signature we calculated does not match the signature you provided.',
      403,
    );
  }
  return known.caller;
}

interface Scope {
  readonly text: string;
  readonly date: string;
  readonly region: string;
  readonly service: string;
}

function parseAuthorization(value: string | undefined) {
  if (value === undefined) {
    throw new AwsError('MissingAuthenticationToken', 'Request is missing Authentication Token', 403);
  }
  const match = /^AWS4-HMAC-SHA256\s+(.*)$/.exec(value);
  const fields = new Map<string, string>();
  for (const part of (match?.[1] ?? '').split(',')) {
    const [name, ...rest] = part.trim().split('=');
    fields.set(name ?? '', rest.join('='));
  }
  const [accessKeyId, date, region, service, terminator] = (fields.get('Credential') ?? '').split('/');
  const signedHeaders = (fields.get('SignedHeaders') ?? '').split(';').filter((name) => name !== '');
  const signature = fields.get('Signature') ?? '';
  if (!accessKeyId || !date || !region || !service || terminator !== 'aws4_request') {
    throw incomplete('the Authorization header has no complete Credential');
  }
  if (!signedHeaders.includes('host') && !signedHeaders.includes(':authority')) {
    throw incomplete("the signature does not cover the 'Host' header");
  }
  if (!/^[0-9a-f]{64}$/.test(signature)) throw incomplete('the Authorization header has no Signature');
  const scope: Scope = { text: [date, region, service, terminator].join('/'), date, region, service };
  return { accessKeyId, scope, signedHeaders, signature };
}

/** A hash of the body that the client states must be the body's; otherwise it would sign something it did not send. */
function checkedPayloadHash(request: SignedRequest): string {
  const stated = header(request, 'x-amz-content-sha256');
  if (stated === 'UNSIGNED-PAYLOAD' || stated?.startsWith('STREAMING-')) return stated;
  const actual = sha256(request.body);
  if (stated !== undefined && stated !== actual) {
    throw new AwsError(
      'XAmzContentSHA256Mismatch',
      "The provided 'x-amz-content-sha256' header does not match what was computed.",
    );
  }
  return actual;
}

function canonicalRequest(
  request: SignedRequest,
  { signedHeaders, payloadHash, service }: { signedHeaders: string[]; payloadHash: string; service: string },
): string {
  const queryStart = request.url.indexOf('?');
  const path = queryStart < 0 ? request.url : request.url.slice(0, queryStart);
  const query = queryStart < 0 ? '' : request.url.slice(queryStart + 1);
  return [
    request.method,
    service === 's3' ? path : escapedPath(path),
    canonicalQuery(query),
    ...signedHeaders.map((name) => `${name}:${(header(request, name) ?? '').trim().replace(/\s+/g, ' ')}`),
    '',
    signedHeaders.join(';'),
    payloadHash,
  ].join('\n');
}

/** Every service but S3 normalises the path and signs it encoded a second time. */
function escapedPath(path: string): string {
  const segments: string[] = [];
  for (const segment of path.split('/')) {
    if (segment === '' || segment === '.') continue;
    if (segment === '..') segments.pop();
    else segments.push(escapeUri(segment));
  }
  const last = segments.length > 0 && path.endsWith('/') ? '/' : '';
  return `/${segments.join('/')}${last}`;
}

function canonicalQuery(query: string): string {
  if (query === '') return '';
  return query
    .split('&')
    .map((pair) => {
      const at = pair.indexOf('=');
      const [name, value] = at < 0 ? [pair, ''] : [pair.slice(0, at), pair.slice(at + 1)];
      return [escapeUri(unescapeUri(name)), escapeUri(unescapeUri(value))] as const;
    })
    .sort(([a, av], [b, bv]) => compare(a, b) || compare(av, bv))
    .map(([name, value]) => `${name}=${value}`)
    .join('&');
}

/** HTTP/2 carries the host as `:authority`. */
function header({ headers }: SignedRequest, name: string): string | undefined {
  const value = headers[name] ?? (name === 'host' ? headers[':authority'] : undefined);
  return Array.isArray(value) ? value.join(',') : value;
}

function parseAmzDate(text: string): number | undefined {
  const match = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(text);
  if (match === null) return undefined;
  const [, year, month, day, hour, minute, second] = match;
  const ms = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  return Number.isNaN(ms) ? undefined : ms;
}

function signingKey(secretAccessKey: string, scope: Scope): Buffer {
  const dateKey = hmac(`AWS4${secretAccessKey}`, scope.date);
  return hmac(hmac(hmac(dateKey, scope.region), scope.service), 'aws4_request');
}

function sameToken(issued: string | undefined, given: string | undefined): boolean {
  return issued === undefined || issued === given;
}

function unescapeUri(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw incomplete('the query string is not percent-encoded');
  }
}

const escapeUri = (text: string) =>
  encodeURIComponent(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
const sha256 = (data: string | Uint8Array) => createHash('sha256').update(data).digest('hex');
const hmac = (key: string | Buffer, data: string) => createHmac('sha256', key).update(data).digest();
const incomplete = (message: string) => new AwsError('IncompleteSignature', message, 403);
