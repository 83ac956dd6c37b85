import http, { type ClientRequest, type IncomingMessage } from 'node:http';
import https from 'node:https';
import { GetDataEndpointCommand, type KinesisVideoClient } from '@aws-sdk/client-kinesis-video';
import { SignatureV4 } from '@smithy/signature-v4';
import { type Acknowledgement, AcknowledgementReader } from './acknowledgement';

/** An open PutMedia request: video goes in, acknowledgements come out. */
export interface MediaSession {
  /** Resolves when the connection has taken the bytes on; rejects when it was cut. */
  write(bytes: Buffer): Promise<void>;
  /** Says that nothing more comes. */
  end(): void;
  /** Cuts the connection. */
  abort(): void;
  /**
   * Resolves when the service said its last word or the connection was cut: with the error where that was before the
   * service let the device in, and with nothing where it was later or by `abort`. Never rejects.
   */
  readonly closed: Promise<Error | undefined>;
}

/**
 * Resolves before the service has answered, which it may do only after the first fragment. Throws when the stream cannot
 * be found or reached.
 */
export type OpenSession = (
  onAcknowledgement: (acknowledgement: Acknowledgement) => void,
) => Promise<MediaSession>;

export interface PutMediaOptions {
  /** Its endpoint, region and credentials are used; `GetDataEndpoint` says where the video goes. */
  readonly client: KinesisVideoClient;
  readonly streamName: string;
  /** By the device's clock; timecodes are absolute. */
  readonly startedAtMs: number;
  /** A connection on which nothing moves for so long is given up; 30 seconds by default. */
  readonly silenceMsMax?: number;
}

const path = '/putMedia';
const silenceMsDefault = 30_000;

/** PutMedia, which no JavaScript SDK has: a signed chunked POST whose body is not part of the signature. */
export function putMediaSessions(options: PutMediaOptions): OpenSession {
  return async (onAcknowledgement) => {
    const { client, streamName, silenceMsMax = silenceMsDefault } = options;
    const { DataEndpoint } = await client.send(
      new GetDataEndpointCommand({ StreamName: streamName, APIName: 'PUT_MEDIA' }),
    );
    if (DataEndpoint === undefined) throw new Error('the stream has no endpoint');
    const url = new URL(path, DataEndpoint);
    const headers = await signedHeaders(url, options);
    const request = (url.protocol === 'http:' ? http : https).request(url, {
      method: 'POST',
      headers: { ...headers, 'transfer-encoding': 'chunked' },
      agent: false,
      timeout: silenceMsMax,
    });
    request.once('timeout', () => request.destroy());
    request.flushHeaders();
    return sessionOf(request, onAcknowledgement);
  };
}

function sessionOf(
  request: ClientRequest,
  onAcknowledgement: (acknowledgement: Acknowledgement) => void,
): MediaSession {
  let isAborted = false;
  const closed = new Promise<Error | undefined>((resolve) => {
    const onLost = (error?: Error) => resolve(isAborted ? undefined : error);
    request.on('error', () => undefined);
    request.once('error', onLost).once('close', onLost);
    request.once('response', (response) => {
      // From here on a cut is told by the end of the acknowledgements and by the next write.
      request.off('error', onLost).off('close', onLost);
      if (response.statusCode === 200)
        readAcknowledgements(response, onAcknowledgement).then(() => resolve(undefined));
      else resolve(refusal(response));
    });
  });
  return {
    write: (bytes) => write(request, bytes),
    end: () => void request.end(),
    abort: () => {
      isAborted = true;
      request.destroy();
    },
    closed: closed.finally(() => request.destroy()),
  };
}

/** A service error as its header names it; its text may name the stream and is left out. */
function refusal({ statusCode, headers }: IncomingMessage): Error {
  const error = new Error(`PutMedia was answered with ${statusCode}`);
  const type = headers['x-amzn-errortype'];
  if (typeof type === 'string') error.name = type.split(':')[0] ?? type;
  return error;
}

async function readAcknowledgements(
  response: IncomingMessage,
  onAcknowledgement: (acknowledgement: Acknowledgement) => void,
): Promise<void> {
  const lines = new AcknowledgementReader();
  response.setEncoding('utf8');
  try {
    for await (const chunk of response) for (const each of lines.push(String(chunk))) onAcknowledgement(each);
  } catch {
    // A cut ends the acknowledgements as an orderly end does: what was not acknowledged is known.
  }
}

function write(request: ClientRequest, bytes: Buffer): Promise<void> {
  return new Promise((resolve, reject) => {
    if (request.destroyed || request.writableEnded) {
      reject(new Error('the connection was cut'));
      return;
    }
    const onClose = () => reject(new Error('the connection was cut'));
    request.once('close', onClose);
    request.write(bytes, (error) => {
      request.off('close', onClose);
      if (error) reject(error);
      else resolve();
    });
  });
}

async function signedHeaders(
  url: URL,
  { client, streamName, startedAtMs }: PutMediaOptions,
): Promise<Record<string, string>> {
  const signer = new SignatureV4({
    service: 'kinesisvideo',
    region: await client.config.region(),
    credentials: client.config.credentials,
    sha256: client.config.sha256,
    applyChecksum: false,
  });
  const { headers } = await signer.sign(
    {
      method: 'POST',
      protocol: url.protocol,
      hostname: url.hostname,
      ...(url.port === '' ? {} : { port: Number(url.port) }),
      path,
      query: {},
      headers: {
        host: url.host,
        'x-amz-content-sha256': 'UNSIGNED-PAYLOAD',
        'x-amzn-stream-name': streamName,
        'x-amzn-fragment-timecode-type': 'ABSOLUTE',
        'x-amzn-producer-start-timestamp': (startedAtMs / 1000).toFixed(3),
      },
    },
    { signingDate: new Date(Date.now() + client.config.systemClockOffset) },
  );
  return headers;
}
