import {
  createHash,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  randomBytes,
  sign,
  verify,
} from 'node:crypto';
import { AwsError } from '../aws/errors';
import { bitString, type Element, element, elements, integer, oid, sequence, tags } from './der';

export interface Certificate {
  /** SHA-256 of the certificate, hex: AWS IoT's certificate id. */
  readonly id: string;
  readonly pem: string;
}

const ecdsaWithSha256 = sequence(oid('2a8648ce3d040302'));
const ids = {
  commonName: '550403',
  basicConstraints: '551d13',
  subjectAltName: '551d11',
} as const;
/** TLS looks at the machine's clock and the services at the virtual one: certificates are good at either. */
const validity = sequence(time('20200101000000Z'), time('20491231235959Z'));

/** Issues X.509 certificates for as long as the system runs. */
export class CertificateAuthority {
  readonly #keys = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  readonly #name: Buffer;
  /** Its own certificate, for those who are to trust what it issued. */
  readonly certificate: Certificate;

  constructor(commonName: string) {
    this.#name = nameOf(commonName);
    const isAuthority = sequence(
      oid(ids.basicConstraints),
      element(tags.boolean, Buffer.of(0xff)),
      element(tags.octetString, sequence(element(tags.boolean, Buffer.of(0xff)))),
    );
    this.certificate = this.#issue(spkiOf(this.#keys.publicKey), this.#name, [isAuthority]);
  }

  /**
   * The certificate of a PKCS #10 request, PEM, under AWS IoT's own subject. Throws `AwsError` `InvalidRequestException`
   * unless it is signed by the key it carries.
   */
  fromSigningRequest(pem: string): Certificate {
    return this.#issue(requestedKey(pem), nameOf('AWS IoT Certificate'), []);
  }

  forDevice(publicKey: KeyObject): Certificate {
    return this.#issue(spkiOf(publicKey), nameOf('AWS IoT Certificate'), []);
  }

  /** Of a server that is reached by this IPv4 address. */
  forServer(publicKey: KeyObject, address: string): Certificate {
    const ip = element(0x87, Buffer.from(address.split('.').map(Number)));
    const names = sequence(oid(ids.subjectAltName), element(tags.octetString, sequence(ip)));
    return this.#issue(spkiOf(publicKey), nameOf(address), [names]);
  }

  #issue(subjectKey: Buffer, subject: Buffer, extensions: readonly Buffer[]): Certificate {
    const content = sequence(
      element(0xa0, integer(Buffer.of(2))),
      integer(Buffer.concat([Buffer.of(1), randomBytes(15)])),
      ecdsaWithSha256,
      this.#name,
      validity,
      subject,
      subjectKey,
      ...(extensions.length === 0 ? [] : [element(0xa3, sequence(...extensions))]),
    );
    const whole = sequence(
      content,
      ecdsaWithSha256,
      bitString(sign('sha256', content, this.#keys.privateKey)),
    );
    return { id: createHash('sha256').update(whole).digest('hex'), pem: pemOf('CERTIFICATE', whole) };
  }
}

function requestedKey(pem: string): Buffer {
  try {
    const base64 = /-----BEGIN CERTIFICATE REQUEST-----([^-]+)-----END/.exec(pem)?.[1] ?? '';
    const [outer] = elements(Buffer.from(base64, 'base64'));
    const [info, , signature] = childrenOf(outer);
    const [, , subjectKey] = childrenOf(info);
    if (info === undefined || subjectKey === undefined || signature === undefined)
      throw new Error('parts are missing');
    const key = createPublicKey({ key: subjectKey.whole, format: 'der', type: 'spki' });
    if (verify('sha256', info.whole, key, signature.content.subarray(1))) return subjectKey.whole;
  } catch {
    // told below
  }
  throw new AwsError('InvalidRequestException', 'The certificate signing request is not valid.');
}

const childrenOf = (parent: Element | undefined) => elements(parent?.content ?? Buffer.alloc(0));

function nameOf(commonName: string): Buffer {
  const attribute = sequence(oid(ids.commonName), element(tags.utf8, Buffer.from(commonName)));
  return sequence(element(tags.set, attribute));
}

/** Up to 2049 X.509 asks for the two-digit year of UTCTime. */
function time(text: string): Buffer {
  return element(0x17, Buffer.from(text.slice(2)));
}

const spkiOf = (key: KeyObject) => key.export({ type: 'spki', format: 'der' });

export function pemOf(label: string, bytes: Uint8Array): string {
  const lines =
    Buffer.from(bytes)
      .toString('base64')
      .match(/.{1,64}/g) ?? [];
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ''].join('\n');
}
