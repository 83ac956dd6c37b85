import fc from 'fast-check';
import { parseCameraAddress, withCredentials } from '../../../../edge/video/rtsp/address';
import { authorization, strongestChallenge } from '../../../../edge/video/rtsp/authentication';
import { CameraMessages } from '../../../../edge/video/rtsp/messages';
import { parseRtpPacket } from '../../../../edge/video/rtsp/packets';
import { RtpClock } from '../../../../edge/video/rtsp/rtp-clock';
import { offeredVideo } from '../../../../edge/video/rtsp/session-description';
import { VideoFault } from '../../../../edge/video/video';

/** Nothing but a fault comes out of hostile input. */
function faultOrNothing(run: () => void): void {
  try {
    run();
  } catch (error) {
    expect(error).toBeInstanceOf(VideoFault);
  }
}

describe('the address of a camera', () => {
  it('is read with its user info apart, which the camera never sees in an address', () => {
    expect(parseCameraAddress('rtsp://agent:p%40ss@camera.local:8554/street/1?channel=2')).toEqual({
      host: 'camera.local',
      port: 8554,
      uri: 'rtsp://camera.local:8554/street/1?channel=2',
      credentials: { username: 'agent', password: 'p@ss' },
    });
    expect(parseCameraAddress('rtsp://[2001:db8::7]/')).toEqual({
      host: '2001:db8::7',
      port: 554,
      uri: 'rtsp://[2001:db8::7]/',
      credentials: undefined,
    });
  });

  it.each([
    'http://camera/',
    'rtsp://',
    'rtsp:///path',
    'rtsp://camera:99999/',
    'rtsp://camera/a path',
    'rtsp://a%0d%0aX:b@camera/',
    'rtsp://a%zz@camera/',
  ])('is refused: %j', (text) => {
    expect(parseCameraAddress(text)).toBeUndefined();
  });

  it('takes credentials from elsewhere, but none that would begin a header of their own', () => {
    const address = parseCameraAddress('rtsp://camera/');
    if (address === undefined) throw new Error('no address');
    expect(withCredentials(address, { username: 'agent', password: 'x' }).credentials?.username).toBe(
      'agent',
    );
    expect(() => withCredentials(address, { username: 'a\r\nX: y', password: 'x' })).toThrow(VideoFault);
  });
});

describe('authentication', () => {
  /** RFC 7616, 3.9.1. */
  const rest =
    'realm="http-auth@example.org", qop="auth, auth-int", nonce="7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v", opaque="FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS"';
  const request = {
    method: 'GET',
    uri: '/dir/index.html',
    count: 1,
    cnonce: 'f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ',
  };
  const mufasa = { username: 'Mufasa', password: 'Circle of Life' };

  it.each([
    ['MD5', '8ca523f5e9506fed4657c9700eebdbec'],
    ['SHA-256', '753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1'],
  ])('answers the digest challenge of the RFC with %s', (algorithm, response) => {
    const challenge = strongestChallenge([`Digest ${rest}, algorithm=${algorithm}`]);
    if (challenge === undefined) throw new Error('no challenge');
    expect(authorization(challenge, mufasa, request)).toBe(
      `Digest username="Mufasa", realm="http-auth@example.org", nonce="7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v", uri="/dir/index.html", response="${response}", algorithm=${algorithm}, opaque="FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS", qop=auth, nc=00000001, cnonce="f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ"`,
    );
  });

  it('answers cameras that know no quality of protection as RFC 2069 did', () => {
    const challenge = strongestChallenge(['Digest realm="a", nonce="b"']);
    if (challenge === undefined) throw new Error('no challenge');
    expect(
      authorization(
        challenge,
        { username: 'u', password: 'p' },
        { ...request, method: 'PLAY', uri: 'rtsp://c/' },
      ),
    ).toBe(
      'Digest username="u", realm="a", nonce="b", uri="rtsp://c/", response="94d8c28461fd997952f832f4021fd5eb"',
    );
  });

  it('shows the password to the network only where the camera offers nothing else', () => {
    const digest = `Digest ${rest}`;
    const sha = `${digest}, algorithm=SHA-256`;
    const kinds = (...headers: string[]) => {
      const found = strongestChallenge(headers);
      return found?.kind === 'digest' ? found.hash : found?.kind;
    };
    expect(kinds('Basic realm="x"', digest)).toBe('md5');
    expect(kinds(digest, sha, 'Basic realm="x"')).toBe('sha256');
    expect(kinds('Basic realm="x"', `${digest}, algorithm=MD9`)).toBe('basic');
    expect(kinds('Bearer x')).toBeUndefined();
  });

  it('reads no challenge wrongly enough to throw', () => {
    fc.assert(
      fc.property(fc.array(fc.string().map((text) => `Digest ${text}`)), (headers) => {
        strongestChallenge(headers);
      }),
    );
  });
});

describe('the messages of a camera', () => {
  const stream = Buffer.concat([
    Buffer.from('RTSP/1.0 200 OK\r\nCSeq: 1\r\nContent-length: 4\r\nX: a\r\nx: b\r\n\r\n$abc', 'latin1'),
    Buffer.from([0x24, 2, 0, 3, 0x0d, 0x0a, 0x24]),
    Buffer.from('\r\nANNOUNCE rtsp://c/ RTSP/1.0\r\nCSeq: 9\r\nContent-Length: 2\r\n\r\nhi'),
    Buffer.from([0x24, 255, 0, 0]),
    Buffer.from('RTSP/1.0 401 Unauthorized\r\n\r\n'),
  ]);

  it('are found however the stream is cut into pieces', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(stream.length), { maxLength: 8 }), (places) => {
        const edges = [0, ...places.sort((a, b) => a - b), stream.length];
        const messages = new CameraMessages();
        const found = edges.flatMap((edge, index) =>
          messages.push(stream.subarray(edge, edges[index + 1] ?? stream.length)),
        );
        expect(found).toEqual([
          {
            kind: 'response',
            status: 200,
            headers: new Map([
              ['cseq', ['1']],
              ['content-length', ['4']],
              ['x', ['a', 'b']],
            ]),
            body: '$abc',
          },
          { kind: 'data', channel: 2, bytes: Buffer.from('\r\n$') },
          { kind: 'request' },
          { kind: 'data', channel: 255, bytes: Buffer.alloc(0) },
          { kind: 'response', status: 401, headers: new Map(), body: '' },
        ]);
      }),
    );
  });

  it.each([
    ['no RTSP', 'HTTP/1.1 200 OK\r\n\r\n'],
    ['a head without end', 'RTSP/1.0 200 OK\r\n'.padEnd(17_000, 'x')],
    ['an answer of a gigabyte', 'RTSP/1.0 200 OK\r\nContent-Length: 1000000000\r\n\r\n'],
    ['an answer of negative length', 'RTSP/1.0 200 OK\r\nContent-Length: -1\r\n\r\n'],
    ['a header that would begin another', 'RTSP/1.0 200 OK\r\nSession: a\nTransport: b\r\n\r\n'],
  ])('end the connection: %s', (_, text) => {
    expect(() => new CameraMessages().push(Buffer.from(text))).toThrow(VideoFault);
  });

  it('end in a fault and in nothing else when they are damaged', () => {
    const change = fc.array(fc.tuple(fc.nat(stream.length - 1), fc.nat(255)), { maxLength: 6 });
    fc.assert(
      fc.property(change, (changes) => {
        const bytes = Buffer.from(stream);
        for (const [at, byte] of changes) bytes[at] = byte;
        faultOrNothing(() => new CameraMessages().push(bytes));
      }),
    );
  });
});

describe('a session description', () => {
  const lines = (...more: readonly string[]) =>
    ['v=0', 's=x', 'm=audio 0 RTP/AVP 0', 'a=control:sound', ...more].join('\r\n');
  const video = ['m=video 0 RTP/AVP 26 97', 'a=rtpmap:26 JPEG/90000', 'a=rtpmap:97 H264/90000'];

  it('gives its first H.264 video with the parameter sets', () => {
    const text = lines(
      ...video,
      'a=fmtp:97 profile-level-id=42001E; sprop-parameter-sets=Z0IAAQ==,aIA=; packetization-mode=1',
      'a=control:trackID=2',
      'm=video 0 RTP/AVP 98',
      'a=rtpmap:98 H264/8000',
    );
    expect(offeredVideo(text, 'rtsp://c/live/')).toEqual({
      payloadType: 97,
      clockRate: 90_000,
      control: 'rtsp://c/live/trackID=2',
      aggregateControl: 'rtsp://c/live/',
      sps: Buffer.from('67420001', 'hex'),
      pps: Buffer.from('6880', 'hex'),
    });
  });

  it('may name whole addresses, or none', () => {
    expect(offeredVideo(lines(...video, 'a=control:rtsp://c/v'), 'rtsp://c/live').control).toBe('rtsp://c/v');
    expect(offeredVideo(lines(...video), 'rtsp://c/live').control).toBe('rtsp://c/live');
    expect(offeredVideo(lines(...video, 'a=control:v'), 'rtsp://c/live').control).toBe('rtsp://c/live/v');
  });

  it.each([
    ['not-h264', lines('m=video 0 RTP/AVP 26')],
    ['not-h264', lines('m=video 0 RTP/AVP 97', 'a=rtpmap:97 H264/0')],
    ['not-h264', lines('m=video 0 RTP/SAVP 97', 'a=rtpmap:97 H264/90000')],
    ['unsupported', lines(...video, 'a=fmtp:97 packetization-mode=2')],
    ['damaged', lines(...video, 'a=control:a b')],
    ['damaged', lines(...video, 'a=control:a" x="')],
  ])('is refused as %s', (code, text) => {
    expect(() => offeredVideo(text, 'rtsp://c/')).toThrow(expect.objectContaining({ code }));
  });

  it('ends in a fault and in nothing else, whatever is in it', () => {
    const line = fc.oneof(
      fc.string(),
      fc.constantFrom(...video, 'a=fmtp:97 sprop-parameter-sets=,,=;;', 'a=control:'),
    );
    fc.assert(
      fc.property(fc.array(line), (text) => faultOrNothing(() => offeredVideo(text.join('\n'), 'rtsp://c/'))),
    );
  });
});

describe('an RTP packet', () => {
  it('is read past contributing sources, an extension and padding', () => {
    const bytes = Buffer.from('b1e00102000000030000000400000005bede000100000000aabb0002', 'hex');
    expect(parseRtpPacket(bytes)).toEqual({
      payloadType: 96,
      isMarked: true,
      sequence: 0x0102,
      timestamp: 3,
      payload: Buffer.from('aabb', 'hex'),
    });
  });

  it.each([
    '',
    '80',
    '40600001000000010000000212',
    '8f6000010000000100000002',
    '90600001000000010000000200000009',
  ])('is none: %j', (hex) => {
    expect(parseRtpPacket(Buffer.from(hex, 'hex'))).toBeUndefined();
  });

  it('never throws', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
        parseRtpPacket(Buffer.from(bytes));
      }),
    );
  });
});

it("counts on when RTP's clock begins anew, and back where pictures are reordered", () => {
  const clock = new RtpClock(90_000);
  expect([0xffff_ffff - 8999, 0, 18_000, 9000].map((at) => Math.round(clock.msOf(at)))).toEqual([
    0, 100, 300, 200,
  ]);
});
