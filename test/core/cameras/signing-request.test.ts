import { generateKeyPairSync } from 'node:crypto';
import fc from 'fast-check';
import { readDer } from '../../../core/cameras/der';
import { makeSigningRequest, parseSigningRequest } from '../../../core/cameras/signing-request';
import { opensslP384Request, opensslPublicKey, opensslRequest } from './made-requests';

const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });

it('reads the public key out of a request that another implementation made', () => {
  expect(parseSigningRequest(opensslRequest)).toEqual({ publicKeyPem: opensslPublicKey });
});

it('makes requests that carry the device’s own public key', () => {
  const request = makeSigningRequest({ cameraId: 'made-up-car', privateKey });
  expect(parseSigningRequest(request)).toEqual({
    publicKeyPem: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
  });
});

it('takes no other keys than P-256', () => {
  expect(parseSigningRequest(opensslP384Request)).toBeUndefined();
});

it('takes no request of which any byte was changed', () => {
  const bytes = Buffer.from(opensslRequest.replace(/-----[^-]+-----/g, ''), 'base64');
  const property = fc.property(
    fc.nat(bytes.length - 1),
    fc.integer({ min: 1, max: 255 }),
    (at, difference) => {
      const changed = Buffer.from(bytes);
      changed.writeUInt8(changed.readUInt8(at) ^ difference, at);
      expect(parseSigningRequest(pemOf(changed))).toBeUndefined();
    },
  );
  fc.assert(property, { numRuns: 500 });
});

it('says no to whatever is not a request, and never throws', () => {
  for (const text of [
    '',
    'made up',
    pemOf(Buffer.alloc(0)),
    pemOf(Buffer.alloc(5000)),
    opensslRequest + opensslRequest,
  ])
    expect(parseSigningRequest(text)).toBeUndefined();
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
      expect(parseSigningRequest(pemOf(bytes))).toBeUndefined();
    }),
  );
});

it('reads DER only when every length is whole, definite and the shortest', () => {
  expect(readDer(Uint8Array.of(0x02, 0x01, 0x05, 0x05, 0x00))).toMatchObject([{ tag: 2 }, { tag: 5 }]);
  for (const bytes of [
    [0x02, 0x02, 0x05],
    [0x30, 0x80, 0, 0],
    [0x04, 0x81, 0x01, 0x00],
    [0x04],
    [0x04, 0x83, 0, 0, 1, 0],
  ])
    expect(readDer(Uint8Array.from(bytes))).toBeUndefined();
});

function pemOf(bytes: Uint8Array): string {
  const base64 = Buffer.from(bytes).toString('base64');
  return `-----BEGIN CERTIFICATE REQUEST-----\n${base64}\n-----END CERTIFICATE REQUEST-----\n`;
}
