import http, { type RequestListener } from 'node:http';
import http2 from 'node:http2';
import net, { type AddressInfo, type Socket } from 'node:net';
import type { Listening } from '../aws/http';

/** The first bytes of every HTTP/2 connection without TLS (RFC 9113, 3.4) and of no HTTP/1.1 request. */
const http2Preface = 'PRI';

/** Serves one handler on 127.0.0.1 at a free port to HTTP/1.1 and to HTTP/2 without TLS, told apart by the first bytes. */
export async function listenHttp1And2(handler: RequestListener): Promise<Listening> {
  const http1Server = http.createServer(handler);
  http1Server.keepAliveTimeout = 60_000;
  const http2Server = http2.createServer();
  http2Server.on('sessionError', ignoreReset);
  http2Server.addListener('request' as string, handler);

  const sockets = new Set<Socket>();
  const server = net.createServer((socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    socket.on('error', ignoreReset);
    socket.once('readable', () => {
      const first: unknown = socket.read();
      if (!Buffer.isBuffer(first)) return void socket.destroy();
      socket.unshift(first);
      const isHttp2 = first.toString('latin1', 0, http2Preface.length) === http2Preface;
      (isHttp2 ? http2Server : http1Server).emit('connection', socket);
    });
  });

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${portOf(server.address())}`,
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error === undefined ? resolve() : reject(error)));
        for (const socket of sockets) socket.destroy();
        http1Server.close();
        http2Server.close();
      }),
  };
}

/** A client that goes away ends its own requests; nothing here is left to do. */
function ignoreReset(): void {}

function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return address.port;
}
