import { AwsError } from '../aws/errors';

export interface Decoded {
  readonly body: Buffer;
  /** Trailing headers, names in lower case. */
  readonly trailers: Readonly<Record<string, string>>;
}

const lineBytesMax = 1024;

/**
 * Undoes the `aws-chunked` content encoding with unsigned chunks, in which SDKs send streams with a trailing
 * checksum. Only trailers that the request announced are taken. Throws `AwsError` for anything out of form.
 */
export function decodeAwsChunked(
  raw: Buffer,
  { decodedLength, announced }: { readonly decodedLength: number; readonly announced: readonly string[] },
): Decoded {
  const chunks: Buffer[] = [];
  let at = 0;
  for (;;) {
    const line = readLine(raw, at);
    const size = chunkSize(line.text);
    at = line.next;
    if (size === 0) break;
    if (at + size + 2 > raw.length) throw incomplete();
    chunks.push(raw.subarray(at, at + size));
    if (raw.toString('latin1', at + size, at + size + 2) !== '\r\n') throw malformed('a chunk has no end');
    at += size + 2;
  }
  const body = Buffer.concat(chunks);
  if (body.length !== decodedLength) throw incomplete();
  return { body, trailers: readTrailers(raw, at, announced) };
}

function readTrailers(raw: Buffer, from: number, announced: readonly string[]): Record<string, string> {
  const trailers: Record<string, string> = {};
  let at = from;
  while (at < raw.length) {
    const line = readLine(raw, at);
    at = line.next;
    if (line.text === '') continue;
    const colon = line.text.indexOf(':');
    const name = line.text.slice(0, Math.max(colon, 0)).trim().toLowerCase();
    if (!announced.includes(name)) throw malformed('a trailer was not announced');
    trailers[name] = line.text.slice(colon + 1).trim();
  }
  if (announced.some((name) => trailers[name] === undefined))
    throw malformed('an announced trailer is missing');
  return trailers;
}

function readLine(raw: Buffer, at: number): { text: string; next: number } {
  const end = raw.indexOf('\r\n', at, 'latin1');
  if (end < 0) throw incomplete();
  if (end - at > lineBytesMax) throw malformed('a line is too long');
  return { text: raw.toString('latin1', at, end), next: end + 2 };
}

function chunkSize(line: string): number {
  if (!/^[0-9a-fA-F]{1,8}$/.test(line)) throw malformed('a chunk size is not hexadecimal');
  return Number.parseInt(line, 16);
}

const malformed = (what: string) =>
  new AwsError('MalformedTrailerError', `the aws-chunked body is malformed: ${what}`);
const incomplete = () =>
  new AwsError('IncompleteBody', 'The request body terminated unexpectedly or is not of the stated length');
