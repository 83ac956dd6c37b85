import http, { type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Clock } from '../clock';
import { AwsError } from './errors';

export interface Listening {
  /** `http://127.0.0.1:<port>`, no slash at the end. */
  readonly url: string;
  close(): Promise<void>;
}

/** Reads a request's body whole. Throws `AwsError` 413 as soon as it grows past `limitBytes`. */
export async function readBody(req: IncomingMessage, limitBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of req) {
    const bytes = Buffer.isBuffer(chunk) ? chunk : Buffer.from(chunk);
    size += bytes.length;
    if (size > limitBytes) {
      throw new AwsError(
        'RequestEntityTooLargeException',
        `the body is larger than ${limitBytes} bytes`,
        413,
      );
    }
    chunks.push(bytes);
  }
  return Buffer.concat(chunks, size);
}

/** Serves on 127.0.0.1 at a free port. `close` also ends connections that clients keep alive. */
export async function listen(handler: RequestListener): Promise<Listening> {
  const server = http.createServer(handler);
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${portOf(server.address())}`,
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error === undefined ? resolve() : reject(error)));
        server.closeAllConnections();
      }),
  };
}

/**
 * Says the virtual time on a response. Every answer of a signed service needs it: SDK clients correct their clock by
 * this header, and Node's own would tell them the real time.
 */
export function stampDate(res: ServerResponse, clock: Clock): void {
  res.setHeader('date', new Date(clock.now()).toUTCString());
}

function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return address.port;
}
