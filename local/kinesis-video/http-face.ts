import { randomUUID } from 'node:crypto';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { AwsError } from '../aws/errors';
import { readBody, stampDate } from '../aws/http';
import { asAwsError, parseInput } from '../aws/json-protocol';
import { authenticate } from '../aws/sigv4';
import { archiveOperations } from './archive-operations';
import { getMedia } from './get-media';
import type { KinesisVideo } from './kinesis-video';
import { putMedia } from './put-media';
import { type Operation, type Reply, streamOperations } from './stream-operations';

const bodyBytesMax = 1024 * 1024;

/** The REST protocol of Kinesis Video: the operation is the path; two operations stream. */
export function videoListener(service: KinesisVideo): RequestListener {
  const operations: Readonly<Record<string, Operation>> = {
    ...streamOperations(service),
    ...archiveOperations(service),
  };
  return (req, res) => {
    stampDate(res, service.options.clock);
    res.setHeader('x-amzn-requestid', randomUUID());
    answer(req, res, service, operations).catch((error: unknown) => sendError(res, error));
  };
}

async function answer(
  req: IncomingMessage,
  res: ServerResponse,
  service: KinesisVideo,
  operations: Readonly<Record<string, Operation>>,
): Promise<void> {
  const path = (req.url ?? '/').split('?')[0] ?? '/';
  if (req.method === 'POST' && path === '/putMedia') return putMedia(service, req, res);
  const body = await readBody(req, bodyBytesMax);
  const { credentials, clock } = service.options;
  const signed = { method: req.method ?? 'GET', url: req.url ?? '/', headers: req.headers, body };
  const caller = authenticate(signed, credentials, clock);
  const input = parseInput(body);
  if (req.method === 'POST' && path === '/getMedia') return getMedia(service, { input, caller, res });
  const operation = Object.hasOwn(operations, path) ? operations[path] : undefined;
  if (req.method !== 'POST' || operation === undefined)
    throw new AwsError(
      'UnknownOperationException',
      `the local kinesis-video does not model ${path.slice(1)}`,
    );
  send(res, 200, await operation(input, caller, `http://${req.headers.host}`));
}

function send(res: ServerResponse, status: number, reply: Reply): void {
  const [body, type] = Buffer.isBuffer(reply)
    ? [reply, 'video/webm']
    : [Buffer.from(JSON.stringify(reply)), 'application/json'];
  res.writeHead(status, { 'content-type': type, 'content-length': body.length });
  res.end(body);
}

function sendError(res: ServerResponse, error: unknown): void {
  if (res.headersSent) return void res.destroy();
  const { code, message, statusCode } = asAwsError(error);
  const isRefusal = code === 'AccessDeniedException' || code === 'NotAuthorizedException';
  res.setHeader('x-amzn-errortype', code);
  // A request whose body was not read cannot be followed by another one.
  res.setHeader('connection', 'close');
  send(res, isRefusal ? 401 : statusCode, { Message: message });
}
