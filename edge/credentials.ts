import { request } from 'node:https';
import { z } from 'zod';

/** The device's own key and its certificate from the enrolment, and where they are shown. */
export interface DeviceIdentity {
  readonly cameraId: string;
  /** PEM. */
  readonly certificate: string;
  /** PEM (PKCS #8): the key that signs envelopes too. */
  readonly privateKey: string;
  /** Host of the credential provider, with a port where it is not 443. */
  readonly endpoint: string;
  readonly roleAlias: string;
  /** PEM of who may vouch for the provider; the device's own trust store unless given. */
  readonly authority?: string;
}

/** Temporary credentials in the form of the SDKs, which ask again a few minutes before `expiration`. */
export interface DeviceCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
  readonly expiration: Date;
}

/**
 * No credentials. `refused`: the certificate is revoked or was never good for this camera; trying again is of no use
 * until somebody enrols it. `unreachable` and `malformed`: try again.
 */
export class NoCredentials extends Error {
  constructor(
    readonly code: 'refused' | 'unreachable' | 'malformed',
    options?: { cause?: unknown },
  ) {
    super(`the credential provider gave no credentials: ${code}`, options);
    this.name = 'NoCredentials';
  }
}

const timeoutMs = 10_000;
const answerBytesMax = 64 * 1024;

const answerSchema = z.object({
  credentials: z.object({
    accessKeyId: z.string().min(1),
    secretAccessKey: z.string().min(1),
    sessionToken: z.string().min(1),
    expiration: z.iso.datetime({ offset: true }).transform((text) => new Date(text)),
  }),
});

/**
 * Gets the camera's credentials from AWS IoT by its certificate (mutual TLS), each time it is called. Handed to an SDK
 * client as `credentials`, it is called again before they run out. Throws `NoCredentials`.
 * https://docs.aws.amazon.com/iot/latest/developerguide/authorizing-direct-aws.html
 */
export function deviceCredentials(identity: DeviceIdentity): () => Promise<DeviceCredentials> {
  return async () => {
    const { statusCode, body } = await ask(identity).catch((cause: unknown) => {
      throw cause instanceof NoCredentials ? cause : new NoCredentials('unreachable', { cause });
    });
    if (statusCode === 403) throw new NoCredentials('refused');
    if (statusCode !== 200) throw new NoCredentials('unreachable');
    return parse(body);
  };
}

function parse(body: string): DeviceCredentials {
  try {
    return answerSchema.parse(JSON.parse(body)).credentials;
  } catch {
    // The cause is left out: it could quote a secret.
    throw new NoCredentials('malformed');
  }
}

function ask(identity: DeviceIdentity): Promise<{ statusCode: number; body: string }> {
  const { cameraId, certificate, privateKey, endpoint, roleAlias, authority } = identity;
  return new Promise((resolve, reject) => {
    const asked = request(
      `https://${endpoint}/role-aliases/${encodeURIComponent(roleAlias)}/credentials`,
      {
        cert: certificate,
        key: privateKey,
        ...(authority === undefined ? {} : { ca: authority }),
        headers: { 'x-amzn-iot-thingname': cameraId },
        minVersion: 'TLSv1.2',
        // A connection of its own each time: nothing is answered over one that was opened for another certificate.
        agent: false,
        signal: AbortSignal.timeout(timeoutMs),
      },
      (answer) => {
        const chunks: Buffer[] = [];
        let size = 0;
        answer.on('data', (chunk: Buffer) => {
          size += chunk.length;
          if (size > answerBytesMax) answer.destroy(new NoCredentials('malformed'));
          else chunks.push(chunk);
        });
        answer.on('error', reject);
        answer.on('end', () =>
          resolve({ statusCode: answer.statusCode ?? 0, body: Buffer.concat(chunks).toString('utf8') }),
        );
      },
    );
    asked.on('error', reject);
    asked.end();
  });
}
