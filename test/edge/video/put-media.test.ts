import http, { type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { KinesisVideoClient } from '@aws-sdk/client-kinesis-video';
import type { VideoFragment } from '../../../edge/video/fragments';
import { produceVideo } from '../../../edge/video/producer';
import { putMediaSessions } from '../../../edge/video/put-media';
import { clientConfig } from '../../local/support';

type Answer = (request: IncomingMessage, response: ServerResponse, session: number) => void;

let stop: (() => void) | undefined;
afterEach(() => stop?.());

/** A service whose PutMedia is `answer`; how sessions with it are opened. */
async function startService(answer: Answer, silenceMsMax = 5000) {
  let sessions = 0;
  const server = http.createServer((request, response) => {
    if (request.url === '/putMedia') return answer(request, response, ++sessions);
    response.end(JSON.stringify({ DataEndpoint: `http://${request.headers.host}` }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const client = new KinesisVideoClient(clientConfig(`http://127.0.0.1:${port}`));
  stop = () => {
    client.destroy();
    server.closeAllConnections();
    server.close();
  };
  return putMediaSessions({ client, streamName: 'camera-1', startedAtMs: 0, silenceMsMax });
}

const header = Buffer.from('header;');
const fragment = (timecodeMs: number): VideoFragment => ({
  timecodeMs,
  lengthMs: 900,
  frames: 10,
  isSampled: true,
  bytes: Buffer.from(`cluster ${timecodeMs};`),
});
async function* source(...timecodes: readonly number[]) {
  for (const timecodeMs of timecodes) yield fragment(timecodeMs);
}
const quick = { header, intervalMs: 0, backoffMs: 1, failuresMax: 2 };

/** Persists each cluster as it comes, and answers nothing, headers included, before the first. */
const answerAfterTheFirstCluster: Answer = (request, response) => {
  let waiting = '';
  request.setEncoding('utf8');
  request.on('data', (text: string) => {
    const parts = `${waiting}${text}`.split(';');
    waiting = parts.pop() ?? '';
    for (const part of parts) {
      const timecode = /^cluster (\d+)$/.exec(part)?.[1];
      if (timecode === undefined) continue;
      if (!response.headersSent) response.writeHead(200);
      response.write(`{"Acknowledgement":{"EventType":"PERSISTED","FragmentTimecode":${timecode}}}`);
    }
  });
  request.on('end', () => response.end());
};

describe('a PutMedia session', () => {
  it('sends video to a service that answers nothing before the first cluster came', async () => {
    const openSession = await startService(answerAfterTheFirstCluster, 500);
    expect(await produceVideo({ ...quick, openSession, fragments: source(1, 2, 3) })).toEqual({
      fragments: 3,
      frames: 30,
      rejected: 0,
      sessions: 1,
    });
  });

  it('ends, with what the service said, when the answer is an error while video is being sent', async () => {
    const openSession = await startService((request, response) => {
      request.once('data', () => {
        response.writeHead(400, { 'x-amzn-errortype': 'ResourceInUseException' });
        response.end('{"Message":"made up"}');
      });
    });
    const session = await openSession(() => undefined);
    await session.write(header);
    expect(await session.closed).toMatchObject({ name: 'ResourceInUseException' });
    await expect(session.write(header)).rejects.toThrow('the connection was cut');
  });

  it('ends when the connection is closed before anything was answered', async () => {
    const openSession = await startService((request) => {
      request.once('data', () => request.socket.destroy());
    });
    const session = await openSession(() => undefined);
    await session.write(header);
    expect(await session.closed).toMatchObject({ code: 'ECONNRESET' });
  });

  it('says no fault when it is the device that cuts it', async () => {
    const openSession = await startService(() => undefined);
    const session = await openSession(() => undefined);
    await session.write(header);
    session.abort();
    expect(await session.closed).toBeUndefined();
  });

  it('ends when nothing moves', async () => {
    const openSession = await startService(() => undefined, 20);
    const session = await openSession(() => undefined);
    await session.write(header);
    expect(await session.closed).toMatchObject({ code: 'ECONNRESET' });
  });

  it('goes on in a new session with what the refused one was sent', async () => {
    const openSession = await startService((request, response, session) => {
      if (session > 1) return answerAfterTheFirstCluster(request, response, session);
      request.once('data', () => response.writeHead(500).end());
    });
    const counts = await produceVideo({ ...quick, openSession, fragments: source(1, 2, 3) });
    expect(counts).toMatchObject({ fragments: 3, sessions: 1 });
  });
});
