import { generateKeyPairSync, verify } from 'node:crypto';
import fc from 'fast-check';
import {
  type Envelope,
  encodeEnvelope,
  parseEnvelope,
  signEnvelope,
  verifyEnvelope,
} from '../../../core/reads/envelope';
import { devicePrivateKey, devicePublicPem, madeCaptured } from './made-read';

const sentAtMs = 1_790_000_005_000;
const signed = () =>
  signEnvelope({ cameraId: 'fixed-1', sentAtMs, reads: [madeCaptured()] }, devicePrivateKey);

describe('an envelope', () => {
  it('arrives as it was sent and proves its camera [Acct-D]', () => {
    const arrived = parsed(encodeEnvelope(signed()));
    expect(arrived).toMatchObject({ version: 1, cameraId: 'fixed-1', sentAtMs });
    expect(arrived.reads).toHaveLength(1);
    expect(arrived.reads[0]?.read).toEqual(madeCaptured().read);
    expect(Buffer.from(arrived.reads[0]?.images.plate ?? []).toString()).toBe('made-up plate jpeg');
    expect(verifyEnvelope(arrived, devicePublicPem)).toBe(true);
  });

  it('is laid out as documented, so that other devices can make it', () => {
    const bytes = encodeEnvelope(signed());
    const body = bytes.subarray(68);
    expect(Buffer.from(bytes.subarray(0, 4)).toString()).toBe('PKE1');
    expect(
      verify(
        'sha256',
        Buffer.concat([Buffer.from('platekeeper read envelope 1\n'), body]),
        { key: devicePublicPem, dsaEncoding: 'ieee-p1363' },
        bytes.subarray(4, 68),
      ),
    ).toBe(true);
    expect(JSON.parse(Buffer.from(body).toString())).toEqual({
      version: 1,
      cameraId: 'fixed-1',
      sentAtMs: 1_790_000_005_000,
      reads: [
        {
          readId: '0b0c3a52-6a5e-4d0e-9a53-3c54a7c5a001',
          network: 'bloomington',
          capturedAtMs: 1_793_620_800_000,
          plate: 'TEST123',
          candidates: [{ plate: 'TEST128', probability: 0.04 }],
          confidence: 0.97,
          state: 'IL',
          position: { latitude: 40, longitude: -89 },
          box: { x: 1, y: 2, width: 30, height: 15 },
          images: { plate: 'bWFkZS11cCBwbGF0ZSBqcGVn', vehicle: 'bWFkZS11cCB2ZWhpY2xlIGpwZWc=' },
        },
      ],
    });
  });

  it('of another device does not verify, nor with a key that is none [Acct-D]', () => {
    const other = generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey;
    const otherCurve = generateKeyPairSync('ec', { namedCurve: 'P-384' }).publicKey;
    const pem = (key: typeof other) => key.export({ type: 'spki', format: 'pem' }).toString();
    expect(verifyEnvelope(signed(), pem(other))).toBe(false);
    expect(verifyEnvelope(signed(), pem(otherCurve))).toBe(false);
    expect(verifyEnvelope(signed(), 'no key')).toBe(false);
  });

  it('altered in any byte is refused or does not verify', () => {
    const bytes = encodeEnvelope(signed());
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), (at, change) => {
        const altered = Uint8Array.from(bytes);
        altered[at] = (altered[at] ?? 0) ^ change;
        const arrived = parseEnvelope(altered);
        expect(arrived.kind === 'envelope' && verifyEnvelope(arrived, devicePublicPem)).toBe(false);
      }),
      { numRuns: 300 },
    );
  });

  it('never makes the parser throw, whatever arrives', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        expect(parseEnvelope(bytes).kind).toBe('fault');
      }),
    );
    fc.assert(
      fc.property(fc.json(), (json) => {
        expect(parseEnvelope(withBody(json))).toEqual({ kind: 'fault', code: 'bad-content' });
      }),
    );
  });

  it.each([
    ['an unknown member', (body: string) => body.replace('"version":1', '"version":1,"extra":1')],
    ['another version', (body: string) => body.replace('"version":1', '"version":2')],
    ['a plate that is not normalised', (body: string) => body.replace('TEST123', 'test123')],
    ['a plate that is none', (body: string) => body.replace('TEST123', 'T')],
    [
      'a read with a camera of its own',
      (body: string) => body.replace('"network"', '"cameraId":"x","network"'),
    ],
    ['a network that would break keys', (body: string) => body.replace('bloomington', 'bloom#ington')],
    ['an id in capitals', (body: string) => body.replace('0b0c3a52', '0B0C3A52')],
    ['base64 with garbage', (body: string) => body.replace('bWFkZS11', 'bWF*ZS11')],
    ['a latitude off the globe', (body: string) => body.replace('"latitude":40', '"latitude":91')],
    ['no reads', (body: string) => body.replace(/"reads":.*$/, '"reads":[]}')],
    ['a byte order mark', (body: string) => `\uFEFF${body}`],
  ])('with %s is refused', (_, change) => {
    const body = Buffer.from(signed().body).toString();
    expect(change(body)).not.toBe(body);
    expect(parseEnvelope(withBody(body)).kind).toBe('envelope');
    expect(parseEnvelope(withBody(change(body)))).toEqual({ kind: 'fault', code: 'bad-content' });
  });

  it('is bounded at 900 KiB, made and parsed', () => {
    const large = { ...madeCaptured(), images: { vehicle: new Uint8Array(700_000) } };
    expect(() => signEnvelope({ cameraId: 'fixed-1', sentAtMs, reads: [large] }, devicePrivateKey)).toThrow(
      RangeError,
    );
    expect(parseEnvelope(new Uint8Array(921_601))).toEqual({ kind: 'fault', code: 'too-large' });
    expect(parseEnvelope(new Uint8Array(921_600))).toEqual({ kind: 'fault', code: 'not-an-envelope' });
  });

  it('holds the reads of its own camera alone', () => {
    const reads = [madeCaptured(), madeCaptured({ cameraId: 'fixed-2' })];
    expect(() => signEnvelope({ cameraId: 'fixed-1', sentAtMs, reads }, devicePrivateKey)).toThrow(
      RangeError,
    );
  });

  it('is signed with a PEM key as well', () => {
    const pem = devicePrivateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
    const envelope = signEnvelope({ cameraId: 'fixed-1', sentAtMs, reads: [madeCaptured()] }, pem);
    expect(verifyEnvelope(envelope, devicePublicPem)).toBe(true);
  });
});

function withBody(body: string): Uint8Array {
  return Buffer.concat([Buffer.from('PKE1'), new Uint8Array(64), Buffer.from(body)]);
}

function parsed(bytes: Uint8Array): Envelope {
  const envelope = parseEnvelope(bytes);
  if (envelope.kind === 'fault') throw new Error(envelope.code);
  return envelope;
}
