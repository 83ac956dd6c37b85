import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { StartCodes } from '../../../edge/video/nal';

/** What the camera does with one connection, in the order in which they come; the last is for all that follow. */
export interface Connection {
  /** Raw H.264 whose pictures have one slice each; 10 pictures a second. */
  readonly path: string;
  /** Closes after so many pictures, before anything else when 0; else the connection stays open. */
  readonly cutAfterPictures?: number;
  /** Counted from 0 over the whole connection. */
  readonly lostPackets?: readonly number[];
  /** Added to the pictures' RTP time, in milliseconds. */
  readonly shiftMs?: (picture: number) => number;
  readonly isDamaged?: (packet: Buffer, index: number) => Buffer;
}

export interface CameraServerOptions {
  readonly connections: readonly Connection[];
  readonly authentication?: 'none' | 'basic' | 'digest' | 'digest-sha256';
  /** Parameter sets in the description; else only in the stream. */
  readonly isDescribed?: boolean;
  readonly sessionSeconds?: number;
  readonly payloadBytesMax?: number;
  readonly description?: string;
  /** As each video begins. */
  readonly onPlay?: (connection: number) => void;
  /** When a connection has sent all it has. */
  readonly onSent?: (connection: number) => void;
}

export const account = { username: 'agent', password: 'made up: "secret"' };
const firstTimestamp = 0xffff_ff00;
const nonce = 'a nonce of the test';

/** A street camera that speaks RTSP over one connection, written from RFC 2326 and RFC 6184 alone. */
export async function startCamera(options: CameraServerOptions) {
  const heard: string[] = [];
  const waiting: { method: string; resolve: () => void }[] = [];
  let count = 0;
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    const number = count++;
    const connection = options.connections[Math.min(number, options.connections.length - 1)];
    socket.on('error', () => undefined);
    if (connection === undefined || connection.cutAfterPictures === 0) {
      socket.destroy();
      return;
    }
    let text = '';
    socket.on('data', (chunk) => {
      text += chunk.toString('latin1');
      for (let end = text.indexOf('\r\n\r\n'); end >= 0; end = text.indexOf('\r\n\r\n')) {
        const request = text.slice(0, end);
        text = text.slice(end + 4);
        heard.push(request);
        answer(socket, request, { options, connection, number });
        const method = request.split(' ')[0];
        for (const each of waiting.filter((one) => one.method === method)) each.resolve();
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `rtsp://127.0.0.1:${port}/street?channel=1`,
    urlWithAccount: `rtsp://agent:${encodeURIComponent(account.password)}@127.0.0.1:${port}/street?channel=1`,
    /** All requests, as they came. */
    heard,
    methods: () => heard.map((request) => request.split(' ')[0]),
    connections: () => count,
    /** Resolves with the next such request. */
    request: (method: string) => new Promise<void>((resolve) => waiting.push({ method, resolve })),
    async stop() {
      for (const socket of sockets) socket.destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

interface Served {
  readonly options: CameraServerOptions;
  readonly connection: Connection;
  readonly number: number;
}

function answer(socket: Socket, request: string, { options, connection, number }: Served): void {
  const [method = '', uri = ''] = request.split(' ');
  const reply = (status: string, headers: readonly string[] = [], body = '') =>
    socket.write(
      [
        `RTSP/1.0 ${status}`,
        `CSeq: ${headerOf(request, 'CSeq')}`,
        ...headers,
        ...(body === '' ? [] : [`Content-Length: ${body.length}`]),
        '',
        body,
      ].join('\r\n'),
      'latin1',
    );
  const challenges = challengesOf(options.authentication ?? 'none');
  if (method !== 'OPTIONS' && challenges.length > 0 && !isLetIn(request, options.authentication)) {
    reply('401 Unauthorized', challenges);
    return;
  }
  const units = pictures(connection.path)[0] ?? [];
  if (method === 'OPTIONS')
    reply('200 OK', ['Public: OPTIONS, DESCRIBE, SETUP, PLAY, GET_PARAMETER, TEARDOWN']);
  else if (method === 'DESCRIBE')
    reply(
      '200 OK',
      [`Content-Base: ${uri.replace(/\?.*/, '')}/`, 'Content-Type: application/sdp'],
      options.description ?? describe(units, options.isDescribed ?? true),
    );
  else if (method === 'SETUP')
    reply('200 OK', [
      'Transport: RTP/AVP/TCP;unicast;interleaved=2-3;ssrc=0000abcd',
      `Session: made-up;timeout=${options.sessionSeconds ?? 60}`,
    ]);
  else if (method === 'PLAY') {
    options.onPlay?.(number);
    reply('200 OK', ['Session: made-up']);
    play(socket, { options, connection, number });
  } else reply('200 OK');
  if (method === 'TEARDOWN') socket.end();
}

const headerOf = (request: string, name: string) =>
  new RegExp(`^${name}: (.*)$`, 'im').exec(request)?.[1]?.trim() ?? '';

function challengesOf(authentication: CameraServerOptions['authentication']): string[] {
  const digest = `WWW-Authenticate: Digest realm="street", nonce="${nonce}", opaque="o", qop="auth,auth-int"`;
  if (authentication === 'none') return [];
  const basic = 'WWW-Authenticate: Basic realm="street"';
  if (authentication === 'basic') return [basic];
  return authentication === 'digest' ? [basic, digest] : [basic, digest, `${digest}, algorithm=SHA-256`];
}

function isLetIn(request: string, authentication: CameraServerOptions['authentication']): boolean {
  const { username, password } = account;
  const header = headerOf(request, 'Authorization');
  if (authentication === 'basic')
    return header === `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
  const hash = authentication === 'digest' ? 'md5' : 'sha256';
  const digest = (text: string) => createHash(hash).update(text).digest('hex');
  const field = (name: string) => new RegExp(`[ ,]${name}="?([^",]*)"?`).exec(header)?.[1] ?? '';
  const [method = '', uri = ''] = request.split(' ');
  const expected = digest(
    `${digest(`${username}:street:${password}`)}:${nonce}:${field('nc')}:${field('cnonce')}:auth:${digest(`${method}:${uri}`)}`,
  );
  return header.startsWith('Digest ') && field('uri') === uri && field('response') === expected;
}

function describe(units: readonly Buffer[], isDescribed: boolean): string {
  const sets = units.filter((unit) => [7, 8].includes((unit[0] ?? 0) & 0x1f));
  const sprop = isDescribed
    ? `;sprop-parameter-sets=${sets.map((set) => set.toString('base64')).join(',')}`
    : '';
  return [
    'v=0',
    'o=- 1 1 IN IP4 127.0.0.1',
    's=a street',
    'a=control:*',
    'm=audio 0 RTP/AVP 0',
    'a=control:sound',
    'm=video 0 RTP/AVP 96',
    'a=rtpmap:96 H264/90000',
    `a=fmtp:96 packetization-mode=1;profile-level-id=64000A${sprop}`,
    'a=control:picture',
    '',
  ].join('\r\n');
}

/** The NAL units of each picture. */
export function pictures(path: string): Buffer[][] {
  const startCodes = new StartCodes();
  const all: Buffer[][] = [];
  let open: Buffer[] = [];
  for (const unit of [...startCodes.push(readFileSync(path)), ...startCodes.end()]) {
    open.push(unit);
    const type = (unit[0] ?? 0) & 0x1f;
    if (type !== 1 && type !== 5) continue;
    all.push(open);
    open = [];
  }
  return all;
}

function play(socket: Socket, { options, connection, number }: Served): void {
  const all = pictures(connection.path);
  let index = 0;
  const cut = connection.cutAfterPictures ?? Number.POSITIVE_INFINITY;
  for (const [picture, units] of all.slice(0, cut).entries()) {
    const atMs = picture * 100 + (connection.shiftMs?.(picture) ?? 0);
    const payloads = payloadsOf(units, options.payloadBytesMax ?? 60);
    for (const [place, payload] of payloads.entries()) {
      const head = Buffer.alloc(12);
      head.writeUInt8(0x80, 0);
      head.writeUInt8((place === payloads.length - 1 ? 0x80 : 0) | 96, 1);
      head.writeUInt16BE((65_530 + index) & 0xffff, 2);
      head.writeUInt32BE((firstTimestamp + atMs * 90) % 2 ** 32, 4);
      const packet = Buffer.concat([head, payload]);
      const sent = connection.isDamaged?.(packet, index) ?? packet;
      if (connection.lostPackets?.includes(index) !== true) socket.write(interleaved(2, sent));
      index++;
    }
    socket.write(interleaved(3, Buffer.from('a report of the sender')));
  }
  if (connection.cutAfterPictures !== undefined) socket.end();
  socket.write('', () => options.onSent?.(number));
}

function interleaved(channel: number, bytes: Buffer): Buffer {
  const head = Buffer.from([0x24, channel, 0, 0]);
  head.writeUInt16BE(bytes.length, 2);
  return Buffer.concat([head, bytes]);
}

/** Parameter sets together (STAP-A), small units alone, large ones in parts (FU-A). */
function payloadsOf(units: readonly Buffer[], bytesMax: number): Buffer[] {
  const isSet = (unit: Buffer) => [7, 8].includes((unit[0] ?? 0) & 0x1f);
  const sets = units.filter(isSet).flatMap((unit) => {
    const length = Buffer.alloc(2);
    length.writeUInt16BE(unit.length);
    return [length, unit];
  });
  return [
    ...(sets.length === 0 ? [] : [Buffer.concat([Buffer.from([0x78]), ...sets])]),
    ...units.filter((unit) => !isSet(unit)).flatMap((unit) => partsOf(unit, bytesMax)),
  ];
}

function partsOf(unit: Buffer, bytesMax: number): Buffer[] {
  if (unit.length <= bytesMax) return [unit];
  const parts: Buffer[] = [];
  const [header = 0] = unit;
  for (let at = 1; at < unit.length; at += bytesMax) {
    const isFirst = at === 1 ? 0x80 : 0;
    const isLast = at + bytesMax >= unit.length ? 0x40 : 0;
    const head = Buffer.from([(header & 0xe0) | 28, isFirst | isLast | (header & 0x1f)]);
    parts.push(Buffer.concat([head, unit.subarray(at, at + bytesMax)]));
  }
  return parts;
}
