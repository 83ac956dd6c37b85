import { generateKeyPairSync, sign } from 'node:crypto';
import fc from 'fast-check';
import { makeProof } from '../../../core/devices/make-proof';
import { deviceIdOf, jwkThumbprint } from '../../../core/devices/thumbprint';
import { type ProofQuestion, verifyProof } from '../../../core/devices/verify-proof';
import { exampleKey, madeKey, madeProof } from './made-device';

const nowMs = Date.parse('2026-11-24T12:00:00Z');

/** The call that `madeProof` is about. */
function ask(facts: Partial<ProofQuestion> = {}): ReturnType<typeof verifyProof> {
  return verifyProof({
    proof: madeProof(),
    method: 'GET',
    host: 'alpr.example.org',
    path: '/live/v1/quarantine',
    accessToken: 'made-up-token',
    nowMs,
    ...facts,
  });
}

/** RFC 9449, figures 12 and 13: a request for a protected resource. */
const rfcProof =
  'eyJ0eXAiOiJkcG9wK2p3dCIsImFsZyI6IkVTMjU2IiwiandrIjp7Imt0eSI6IkVDIiwieCI6Imw4dEZyaHgtMzR0VjNoUklDUkRZOXpDa0RscEJoRjQyVVFVZldWQVdCRnMiLCJ5IjoiOVZFNGpmX09rX282NHpiVFRsY3VOSmFqSG10NnY5VERWclUwQ2R2R1JEQSIsImNydiI6IlAtMjU2In19.' +
  'eyJqdGkiOiJlMWozVl9iS2ljOC1MQUVCIiwiaHRtIjoiR0VUIiwiaHR1IjoiaHR0cHM6Ly9yZXNvdXJjZS5leGFtcGxlLm9yZy9wcm90ZWN0ZWRyZXNvdXJjZSIsImlhdCI6MTU2MjI2MjYxOCwiYXRoIjoiZlVIeU8ycjJaM0RaNTNFc05yV0JiMHhXWG9hTnk1OUlpS0NBcWtzbVFFbyJ9.' +
  '2oW9RP35yRqzhrtNP86L-Ey71EOptxRimPPToA1plemAgR6pxHF8y6-yqyVnmcw6Fy1dqd-jfxSYoMxhAJpLjA';
const rfcCall = {
  proof: rfcProof,
  method: 'GET',
  host: 'resource.example.org',
  path: '/protectedresource',
  accessToken: 'Kz~8mXK1EalYznwH-LC-1fBAo.4Ljp~zsPE_NeO.gxU',
  nowMs: 1_562_262_618_000,
};

it('takes the example of RFC 9449, at its time, and names the device by the thumbprint printed there', () => {
  expect(ask(rfcCall)).toEqual({
    kind: 'proven',
    deviceId: '0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I',
    jti: 'e1j3V_bKic8-LAEB',
  });
});

it('names a key as RFC 7638 does in its example, whatever the order of its members', () => {
  const n =
    '0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw';
  expect(jwkThumbprint({ n, kty: 'RSA', e: 'AQAB' })).toBe('NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs');
});

it('takes a proof made for this call', () => {
  expect(ask()).toMatchObject({ kind: 'proven', jti: 'made-up-proof-0001' });
});

it.each([
  [
    'another token: a copied token with a copied proof opens nothing [Access-G]',
    { accessToken: 'another' },
    'other-token',
  ],
  ['another method', { method: 'POST' }, 'other-request'],
  ['another host', { host: 'other.example.org' }, 'other-request'],
  ['another path', { path: '/live/v1/searches' }, 'other-request'],
  ['more than a minute ago', { nowMs: nowMs + 60_001 }, 'other-time'],
  ['more than a minute ahead', { nowMs: nowMs - 60_001 }, 'other-time'],
])('refuses a proof made for %s', (_, facts, because) => {
  expect(ask(facts)).toEqual({ kind: 'refused', because });
});

it('takes a proof for a whole minute, either way', () => {
  expect(ask({ nowMs: nowMs + 60_000 }).kind).toBe('proven');
  expect(ask({ nowMs: nowMs - 60_000 }).kind).toBe('proven');
});

it.each([
  ['a query and a fragment', 'https://alpr.example.org/live/v1/quarantine?since=x#y'],
  ['capitals in the host', 'https://ALPR.example.org/live/v1/quarantine'],
  ['a port', 'https://alpr.example.org:8443/live/v1/quarantine'],
  ['percent-encoding', 'https://alpr.example.org/live/v1/quar%61ntine'],
])('takes an address with %s', (_, url) => {
  expect(ask({ proof: madeProof({ url }) }).kind).toBe('proven');
});

it.each([
  'alpr.example.org/live/v1/quarantine',
  'data:/live/v1/quarantine',
  'https://alpr.example.org/%',
  '',
])('refuses the address %p', (htu) => {
  expect(ask({ proof: signed({}, { htu }) })).toEqual({ kind: 'refused', because: 'other-request' });
});

it('refuses a proof of fewer than 16 characters of id, or more than 128', () => {
  const outcome = (proofId: string) => ask({ proof: madeProof({ proofId }) }).kind;
  expect([15, 16, 128, 129].map((length) => outcome('x'.repeat(length)))).toEqual([
    'refused',
    'proven',
    'proven',
    'refused',
  ]);
});

it.each([
  ['another kind of token', { typ: 'JWT' }],
  ['no signature at all', { alg: 'none' }],
  ['a shared secret', { alg: 'HS256' }],
  ['another algorithm', { alg: 'ES384' }],
  ['what must be understood and is not', { crit: ['exp'] }],
  ['no key', { jwk: undefined }],
])('refuses a header of %s', (_, head) => {
  expect(ask({ proof: signed(head) })).toEqual({ kind: 'refused', because: 'malformed' });
});

it('refuses a header that gives the secret key away, before its signature is looked at', () => {
  const jwk = exampleKey.export({ format: 'jwk' });
  expect(ask({ proof: signed({ jwk }) })).toEqual({ kind: 'refused', because: 'private' });
});

it.each([
  [
    'of another curve',
    generateKeyPairSync('ec', { namedCurve: 'P-384' }).publicKey.export({ format: 'jwk' }),
  ],
  ['of another type', generateKeyPairSync('ed25519').publicKey.export({ format: 'jwk' })],
  ['off the curve', { kty: 'EC', crv: 'P-256', x: 'A'.repeat(43), y: 'A'.repeat(43) }],
  ['that is none', 'key'],
])('refuses a key %s', (_, jwk) => {
  expect(ask({ proof: signed({ jwk }) })).toEqual({ kind: 'refused', because: 'not-p256' });
});

it('takes a key with members that say nothing of it, under the same name', () => {
  const jwk = { ...publicJwk(), kid: 'made-up', use: 'sig', ext: true, key_ops: ['verify'] };
  expect(ask({ proof: signed({ jwk }) })).toEqual(ask());
});

it('refuses a second spelling of one key, which would be a second name for it', () => {
  const { x = '', ...rest } = publicJwk();
  // The last character's two lowest bits are not of the number.
  const last = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  const other = last[last.indexOf(x.slice(-1)) + 1];
  const jwk = { ...rest, x: x.slice(0, -1) + other };
  expect(ask({ proof: signed({ jwk }) })).toEqual({ kind: 'refused', because: 'not-p256' });
});

it('refuses a signature by another key', () => {
  const proof = signed({ jwk: publicJwk() }, {}, madeKey());
  expect(ask({ proof })).toEqual({ kind: 'refused', because: 'signature' });
});

it('refuses whatever is longer than a proof', () => {
  const proof = madeProof({ url: `https://alpr.example.org/${'x'.repeat(4096)}` });
  expect(ask({ proof })).toEqual({ kind: 'refused', because: 'malformed' });
});

it('refuses a proof with any one character changed', () => {
  const proof = madeProof();
  fc.assert(
    fc.property(fc.nat(proof.length - 1), fc.constantFrom(...'AZaz09-_.{" '), (at, character) => {
      fc.pre(proof[at] !== character);
      // Of the last character four bits are not of the signature.
      fc.pre(at < proof.length - 1);
      const changed = proof.slice(0, at) + character + proof.slice(at + 1);
      expect(ask({ proof: changed }).kind).toBe('refused');
    }),
    { numRuns: 400 },
  );
});

it('never throws, whatever stands in a proof, a header or a claim', () => {
  const json = fc.jsonValue({ maxDepth: 2 });
  const anything = fc.oneof(
    fc.string({ maxLength: 300 }),
    fc.tuple(json, json).map(([head, body]) => `${encoded(head)}.${encoded(body)}.${'A'.repeat(86)}`),
    fc
      .tuple(
        fc.dictionary(fc.constantFrom('typ', 'alg', 'jwk', 'crit'), json),
        fc.dictionary(fc.constantFrom('jti', 'htm', 'htu', 'iat', 'ath'), json),
      )
      .map(([head, claims]) => signed(head, claims)),
  );
  fc.assert(
    fc.property(anything, (proof) => {
      expect(['proven', 'refused']).toContain(ask({ proof }).kind);
    }),
    { numRuns: 500 },
  );
});

it('throws for no key but a P-256 one where a proof is to be made', () => {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-384' });
  expect(() => madeProof({ privateKey })).toThrow();
});

it('leaves query and fragment out of what it signs', () => {
  const proof = makeProof({
    privateKey: exampleKey,
    method: 'GET',
    url: 'https://alpr.example.org/live/v1/alerts?since=now#top',
    accessToken: 'made-up-token',
    proofId: 'made-up-proof-0002',
    nowMs,
  });
  const claims = JSON.parse(Buffer.from(proof.split('.')[1] ?? '', 'base64url').toString());
  expect(claims.htu).toBe('https://alpr.example.org/live/v1/alerts');
});

it('has one name for a key however it is told', () => {
  expect(deviceIdOf({ kty: 'EC', crv: 'P-256', x: publicJwk().x, y: publicJwk().y })).toBe(
    'oKIywvGUpTVTyxMQ3bwIIeQUudfr_CkLMjCE19ECD-U',
  );
});

/** A proof signed by the example key, with a header and claims that `makeProof` would not write. */
function signed(head: object, claims: object = {}, key = exampleKey): string {
  const [goodHead = '', goodClaims = ''] = madeProof().split('.');
  const text = `${encoded({ ...decoded(goodHead), ...head })}.${encoded({ ...decoded(goodClaims), ...claims })}`;
  const signature = sign('sha256', Buffer.from(text), { key, dsaEncoding: 'ieee-p1363' });
  return `${text}.${signature.toString('base64url')}`;
}

function publicJwk(): { x: string; y: string } & Record<string, unknown> {
  const { d: _, x = '', y = '', ...rest } = exampleKey.export({ format: 'jwk' });
  return { ...rest, x, y };
}

function encoded(part: unknown): string {
  return Buffer.from(JSON.stringify(part) ?? '').toString('base64url');
}

function decoded(part: string): object {
  return JSON.parse(Buffer.from(part, 'base64url').toString());
}
