import net, { type AddressInfo, type Socket } from 'node:net';

/**
 * A network that cuts PutMedia connections: the first after `cutsAfterBytes[0]` bytes of the device, and so on; later
 * ones stay whole. Everything else passes.
 */
export async function startCuttingProxy(target: string, cutsAfterBytes: readonly number[]) {
  const { hostname, port } = new URL(target);
  const sockets = new Set<Socket>();
  let putMediaConnections = 0;
  let putMediaBytes = 0;
  const server = net.createServer((device) => {
    const cloud = net.connect({ host: hostname, port: Number(port) });
    let [bytes, cutAfter, isPutMedia] = [0, Number.POSITIVE_INFINITY, false];
    for (const socket of [device, cloud]) {
      sockets.add(socket);
      socket.on('error', () => undefined);
      socket.once('close', () => {
        device.destroy();
        cloud.destroy();
      });
    }
    device.on('data', (chunk: Buffer) => {
      if (bytes === 0 && chunk.toString('latin1', 0, 14) === 'POST /putMedia') {
        isPutMedia = true;
        cutAfter = cutsAfterBytes[putMediaConnections++] ?? Number.POSITIVE_INFINITY;
      }
      if (isPutMedia) putMediaBytes += chunk.length;
      const allowed = chunk.subarray(0, Math.max(0, cutAfter - bytes));
      bytes += chunk.length;
      cloud.write(allowed);
      if (bytes >= cutAfter) cloud.end(() => setImmediate(() => device.destroy()));
    });
    cloud.on('data', (chunk: Buffer) => device.write(chunk));
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    connections: () => putMediaConnections,
    /** What devices sent in PutMedia connections. */
    bytes: () => putMediaBytes,
    close: () => {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}
