import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/** Secure Remote Password 6a (RFC 5054's 3072-bit group, RFC 2945) as Cognito user pools speak it. */

const groupHex =
  'FFFFFFFFFFFFFFFFC90FDAA22168C234C4C6628B80DC1CD129024E088A67CC74' +
  '020BBEA63B139B22514A08798E3404DDEF9519B3CD3A431B302B0A6DF25F1437' +
  '4FE1356D6D51C245E485B576625E7EC6F44C42E9A637ED6B0BFF5CB6F406B7ED' +
  'EE386BFB5A899FA5AE9F24117C4B1FE649286651ECE45B3DC2007CB8A163BF05' +
  '98DA48361C55D39A69163FA8FD24CF5F83655D23DCA3AD961C62F356208552BB' +
  '9ED529077096966D670C354E4ABC9804F1746C08CA18217C32905E462E36CE3B' +
  'E39E772C180E86039B2783A2EC07A28FB5C55DF06F4C52C9DE2BCBF695581718' +
  '3995497CEA956AE515D2261898FA051015728E5A8AAAC42DAD33170D04507A33' +
  'A85521ABDF1CBA64ECFB850458DBEF0A8AEA71575D060C7DB3970F85A6E1E4C7' +
  'ABF5AE8CDB0933D71E8C94E04A25619DCEE3D2261AD2EE6BF12FFA06D98A0864' +
  'D87602733EC86A64521F2B18177B200CBBE117577A615D6C770988C0BAD946E2' +
  '08E24FA074E5AB3143DB5BFCE0FD108E4B82D120A93AD2CAFFFFFFFFFFFFFFFF';
const prime = BigInt(`0x${groupHex}`);
const generator = 2n;
/** RFC 5054 asks for 256 bits at least. */
const serverSecretBytes = 32;
const multiplier = hashed(signedBytes(prime), signedBytes(generator));

export interface Verifier {
  readonly salt: bigint;
  readonly value: bigint;
}

/** What the server keeps instead of the password. `poolName` is the pool id after its underscore. */
export function makeVerifier(
  account: { readonly poolName: string; readonly username: string },
  password: string,
  saltBytes: Uint8Array = randomBytes(16),
): Verifier {
  const salt = toBigInt(saltBytes);
  const secret = sha256(Buffer.from(`${account.poolName}${account.username}:${password}`));
  return { salt, value: power(generator, hashed(signedBytes(salt), secret)) };
}

/** One attempt: both public values and the server's secret. */
export interface Exchange {
  readonly verifier: Verifier;
  readonly clientPublic: bigint;
  readonly serverPublic: bigint;
  readonly serverSecret: bigint;
  readonly secretBlock: string;
}

/** `undefined` for a public value that is no hexadecimal number or is 0 modulo the prime (it would prove anything). */
export function openExchange(verifier: Verifier, clientPublicHex: string): Exchange | undefined {
  if (!/^[0-9a-f]{1,1024}$/i.test(clientPublicHex)) return undefined;
  const clientPublic = BigInt(`0x${clientPublicHex}`);
  if (clientPublic % prime === 0n) return undefined;
  const serverSecret = toBigInt(randomBytes(serverSecretBytes));
  const serverPublic = (multiplier * verifier.value + power(generator, serverSecret)) % prime;
  const secretBlock = randomBytes(64).toString('base64');
  return { verifier, clientPublic, serverPublic, serverSecret, secretBlock };
}

export interface Claim {
  readonly poolName: string;
  readonly username: string;
  readonly timestamp: string;
  /** Base64. */
  readonly signature: string;
}

/** Whether the signature could only be made with the password behind the exchange's verifier. */
export function provesPassword(exchange: Exchange, claim: Claim): boolean {
  const scrambling = hashed(signedBytes(exchange.clientPublic), signedBytes(exchange.serverPublic));
  if (scrambling === 0n) return false;
  const shared = power(
    (exchange.clientPublic * power(exchange.verifier.value, scrambling)) % prime,
    exchange.serverSecret,
  );
  const message = Buffer.concat([
    Buffer.from(claim.poolName + claim.username),
    Buffer.from(exchange.secretBlock, 'base64'),
    Buffer.from(claim.timestamp),
  ]);
  const expected = hmac(sessionKey(shared, scrambling), message);
  const given = Buffer.from(claim.signature, 'base64');
  return given.length === expected.length && timingSafeEqual(given, expected);
}

/** HKDF-SHA256 (RFC 5869), one block, cut to 16 bytes. */
function sessionKey(shared: bigint, scrambling: bigint): Buffer {
  const pseudoRandomKey = hmac(signedBytes(scrambling), signedBytes(shared));
  return hmac(pseudoRandomKey, Buffer.from('Caldera Derived Key\x01')).subarray(0, 16);
}

/** Big-endian with a leading zero byte where the top bit is set, as Java's BigInteger writes positive numbers. */
function signedBytes(value: bigint): Buffer {
  const hex = value.toString(16);
  const even = hex.length % 2 === 0 ? hex : `0${hex}`;
  return Buffer.from(/^[89a-f]/i.test(even) ? `00${even}` : even, 'hex');
}

function power(base: bigint, exponent: bigint): bigint {
  let result = 1n;
  let square = base % prime;
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if (rest & 1n) result = (result * square) % prime;
    square = (square * square) % prime;
  }
  return result;
}

function hashed(...parts: Uint8Array[]): bigint {
  return toBigInt(sha256(Buffer.concat(parts)));
}

function sha256(bytes: Uint8Array): Buffer {
  return createHash('sha256').update(bytes).digest();
}

function hmac(key: Uint8Array, bytes: Uint8Array): Buffer {
  return createHmac('sha256', key).update(bytes).digest();
}

function toBigInt(bytes: Uint8Array): bigint {
  return BigInt(`0x${Buffer.from(bytes).toString('hex')}`);
}
