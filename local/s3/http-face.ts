import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { CredentialSource } from '../aws/caller';
import { AwsError } from '../aws/errors';
import { readBody, stampDate } from '../aws/http';
import { asAwsError } from '../aws/json-protocol';
import { authenticate } from '../aws/sigv4';
import type { Clock } from '../clock';
import { decodeAwsChunked } from './aws-chunked';
import type { S3Reply, S3Request } from './request';
import { s3Error } from './s3-error';
import { xmlError } from './xml';

/** S3 takes 5 GiB at once; everything here lies in memory. */
const bodyBytesMax = 256 * 1024 * 1024;

/**
 * S3's REST protocol in path style, which SDK clients choose by themselves for an endpoint that is an IP address.
 * Only signed headers are taken: nothing may be presigned or anonymous.
 */
export function s3Listener(
  answer: (request: S3Request) => S3Reply,
  { credentials, clock }: { readonly credentials: CredentialSource; readonly clock: Clock },
): RequestListener {
  return (req, res) => {
    stampDate(res, clock);
    res.setHeader('x-amz-request-id', 'LOCAL');
    res.setHeader('x-amz-id-2', 'local');
    parse(req, credentials, clock)
      .then(answer)
      .catch((error: unknown) => errorReply(s3Error(asAwsError(error)), req))
      .then((reply) => send(res, reply));
  };
}

async function parse(req: IncomingMessage, credentials: CredentialSource, clock: Clock): Promise<S3Request> {
  const raw = await readBody(req, bodyBytesMax);
  const [method, url] = [req.method ?? 'GET', req.url ?? '/'];
  const caller = authenticate({ method, url, headers: req.headers, body: raw }, credentials, clock);
  const [path = '', queryText = ''] = splitOnce(url, '?');
  const [bucket = '', key = ''] = splitOnce(path.slice(1), '/');
  const { body, headers } = unframed(flat(req), raw);
  return {
    caller,
    method,
    bucket: decoded(bucket),
    key: decoded(key),
    query: new URLSearchParams(queryText),
    headers,
    body,
  };
}

/** Undoes `aws-chunked`, and puts its trailing checksum among the headers. */
function unframed(headers: Record<string, string>, raw: Buffer) {
  const payload = headers['x-amz-content-sha256'] ?? '';
  if (!payload.startsWith('STREAMING-')) return { body: raw, headers };
  if (payload !== 'STREAMING-UNSIGNED-PAYLOAD-TRAILER') {
    throw new AwsError('NotImplemented', `the local s3 does not model ${payload}`, 501);
  }
  const { body, trailers } = decodeAwsChunked(raw, {
    decodedLength: Number(headers['x-amz-decoded-content-length']),
    announced: (headers['x-amz-trailer'] ?? '').split(',').flatMap((name) => name.trim().toLowerCase() || []),
  });
  return { body, headers: { ...headers, ...trailers } };
}

function send(res: ServerResponse, { status, headers, body }: S3Reply): void {
  const isLengthKnown = headers?.['content-length'] !== undefined || status === 204 || status === 304;
  const length = isLengthKnown ? {} : { 'content-length': Buffer.byteLength(body ?? '') };
  res.writeHead(status, { ...headers, ...length });
  res.end(body);
}

function errorReply({ code, message, statusCode }: AwsError, { method }: IncomingMessage): S3Reply {
  const body = xmlError({ Code: code, Message: message, RequestId: 'LOCAL', HostId: 'local' });
  return method === 'HEAD'
    ? { status: statusCode }
    : { status: statusCode, headers: { 'content-type': 'application/xml' }, body };
}

function flat({ headers }: IncomingMessage): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, Array.isArray(value) ? value.join(',') : value]],
    ),
  );
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new AwsError('InvalidURI', "Couldn't parse the specified URI.");
  }
}

function splitOnce(text: string, separator: string): [string, string] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + separator.length)];
}
