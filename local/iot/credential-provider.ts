import { constants, generateKeyPairSync, X509Certificate } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { createServer } from 'node:https';
import { TLSSocket } from 'node:tls';
import type { Listening } from '../aws/http';
import { stampDate } from '../aws/http';
import { asAwsError } from '../aws/json-protocol';
import type { CertificateAuthority } from './certificate-authority';
import type { Iot } from './iot';

const address = '127.0.0.1';

/**
 * `GET /role-aliases/<alias>/credentials` over TLS with the device's certificate. The handshake proves that the device
 * holds the certificate's key; whether the certificate is one of ours and active is asked at each request, so that a
 * connection that was opened before a revocation gets nothing after it.
 * https://docs.aws.amazon.com/iot/latest/developerguide/authorizing-direct-aws.html
 */
export async function listenCredentialProvider(
  iot: Iot,
  authority: CertificateAuthority,
): Promise<Listening> {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const server = createServer(
    {
      key: privateKey.export({ type: 'pkcs8', format: 'pem' }),
      cert: authority.forServer(publicKey, address).pem,
      requestCert: true,
      // Refused in words and not in the handshake, as AWS does.
      rejectUnauthorized: false,
      minVersion: 'TLSv1.2',
      // A resumed session would not carry the certificate.
      secureOptions: constants.SSL_OP_NO_TICKET,
    },
    (req, res) => {
      const { statusCode, body } = answer(iot, req);
      stampDate(res, iot.options.clock);
      res.writeHead(statusCode, { 'content-type': 'application/json' });
      res.end(JSON.stringify(body));
    },
  );
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, address, resolve);
  });
  const at = server.address();
  if (at === null || typeof at === 'string') throw new Error('the server has no port');
  return {
    url: `https://${address}:${at.port}`,
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error === undefined ? resolve() : reject(error)));
        server.closeAllConnections();
      }),
  };
}

function answer(iot: Iot, req: IncomingMessage): { statusCode: number; body: unknown } {
  const aliasName = /^\/role-aliases\/([\w=,@-]{1,128})\/credentials$/.exec(req.url ?? '')?.[1];
  if (req.method !== 'GET' || aliasName === undefined)
    return { statusCode: 404, body: { message: 'Not Found' } };
  try {
    const thingName = req.headers['x-amzn-iot-thingname'];
    const issued = iot.issueCredentials({
      aliasName,
      certificateId: certificateIdOf(req),
      thingName: typeof thingName === 'string' ? thingName : undefined,
    });
    const { accessKeyId, secretAccessKey, sessionToken, expiresAtMs } = issued;
    const expiration = new Date(expiresAtMs).toISOString();
    return {
      statusCode: 200,
      body: { credentials: { accessKeyId, secretAccessKey, sessionToken, expiration } },
    };
  } catch (error) {
    const { code, message, statusCode } = asAwsError(error);
    return {
      statusCode: statusCode === 500 ? 500 : 403,
      body: { message: code === 'AccessDenied' ? 'Access Denied' : message },
    };
  }
}

/** Of the certificate that the other side proved to hold. */
function certificateIdOf({ socket }: IncomingMessage): string | undefined {
  if (!(socket instanceof TLSSocket)) return undefined;
  const { raw } = socket.getPeerCertificate();
  if (raw === undefined) return undefined;
  return new X509Certificate(raw).fingerprint256.replaceAll(':', '').toLowerCase();
}
