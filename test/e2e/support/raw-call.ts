import { once } from 'node:events';
import { type IncomingHttpHeaders, request } from 'node:http';
import WebSocket from 'ws';

/** One HTTP call byte for byte: no client library puts its path, method or headers right. */
export interface RawCall {
  readonly method?: string;
  /** After the stage, as it goes over the wire: `/v1/me`. */
  readonly path: string;
  readonly token?: string | undefined;
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  /** Sent as it is; anything but text and bytes as JSON. */
  readonly body?: unknown;
  /** Where it comes from: any address of this machine's own loopback network. */
  readonly from?: string;
}

export interface RawAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  /** As in the audit log's `userAgent`; no other call has it. */
  readonly mark: string;
}

let calls = 0;

/** Makes the call; `baseUrl` with the stage, without a slash at the end. Rejects when no HTTP answer came. */
export async function rawCall(baseUrl: string, call: RawCall): Promise<RawAnswer> {
  calls += 1;
  const mark = `attack-${process.pid}-${calls}`;
  const { hostname, port, pathname } = new URL(baseUrl);
  const body = bytesOf(call.body);
  const sent = request({
    host: hostname,
    port,
    method: call.method ?? (body === undefined ? 'GET' : 'POST'),
    path: pathname + call.path,
    localAddress: call.from ?? '127.0.0.1',
    agent: false,
    headers: {
      'user-agent': mark,
      ...(call.token === undefined ? {} : { authorization: `Bearer ${call.token}` }),
      ...(body === undefined ? {} : { 'content-type': 'application/json', 'content-length': body.length }),
      ...(call.headers as Record<string, string | string[]> | undefined),
    },
  });
  sent.end(body);
  const [answer] = await once(sent, 'response');
  const chunks: Buffer[] = [];
  for await (const chunk of answer) chunks.push(chunk);
  return {
    status: answer.statusCode ?? 0,
    headers: answer.headers,
    text: Buffer.concat(chunks).toString(),
    mark,
  };
}

/** The HTTP status that asking for a WebSocket at `ws://…` is answered with, 101 where one was opened. */
export async function upgradeStatus(url: string, from: string): Promise<number> {
  const socket = new WebSocket(url, { localAddress: from });
  try {
    return await new Promise((resolve, reject) => {
      socket.once('open', () => resolve(101));
      socket.once('unexpected-response', (_, answer) => resolve(answer.statusCode ?? 0));
      socket.once('error', reject);
    });
  } finally {
    socket.terminate();
  }
}

function bytesOf(body: unknown): Buffer | undefined {
  if (body === undefined) return undefined;
  if (Buffer.isBuffer(body)) return body;
  return Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
}
