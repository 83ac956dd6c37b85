import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import type { Caller } from '../aws/caller';
import { AwsError } from '../aws/errors';
import { authenticate } from '../aws/sigv4';
import { FragmentSplitter, type MediaEvent, type ReceivedFragment } from './fragment-splitter';
import type { Sampling } from './image-generation';
import { parseInput, streamReference } from './input';
import type { KinesisVideo } from './kinesis-video';
import { MediaError, mediaErrors } from './media-error';
import type { VideoStream } from './stream';

const headersSchema = z.object({
  'x-amzn-stream-name': z.string().optional(),
  'x-amzn-stream-arn': z.string().optional(),
  'x-amzn-fragment-timecode-type': z.enum(['ABSOLUTE', 'RELATIVE']),
  'x-amzn-producer-start-timestamp': z.string().regex(/^\d{1,12}(\.\d{1,9})?$/),
});

const idleMsDefault = 30_000;

interface Session {
  readonly service: KinesisVideo;
  readonly stream: VideoStream;
  readonly caller: Caller;
  /** What a fragment's timecode is added to. */
  readonly originMs: number;
  readonly sampling: Sampling;
  readonly acknowledge: (acknowledgement: Readonly<Record<string, unknown>>) => void;
}

/**
 * Takes a signed stream of Matroska and acknowledges each fragment while the rest still comes: BUFFERING, RECEIVED,
 * and PERSISTED where the stream keeps data. What a cut connection leaves unfinished is dropped.
 */
export function putMedia(service: KinesisVideo, req: IncomingMessage, res: ServerResponse): void {
  const session = openSession(service, req, res);
  const splitter = new FragmentSplitter();
  const { idleMsMax = idleMsDefault } = service.options;
  let startedAtMs = service.options.clock.now();
  res.writeHead(200, { 'content-type': 'application/json' });
  res.flushHeaders();

  const close = () => {
    clearTimeout(silence);
    res.end();
  };
  let silence = setTimeout(close, idleMsMax);
  const handle = (work: () => MediaEvent[]): void => {
    try {
      for (const event of work()) {
        if (event.kind === 'started') startedAtMs = service.options.clock.now();
        take(session, event, startedAtMs);
      }
    } catch (error) {
      refuse(session, error);
      req.off('data', onData);
      req.resume();
      close();
    }
  };
  const onData = (chunk: Buffer) => {
    clearTimeout(silence);
    silence = setTimeout(close, idleMsMax);
    handle(() => splitter.push(chunk));
  };
  req.on('data', onData);
  req.once('end', () => {
    if (res.writableEnded) return;
    handle(() => splitter.end());
    close();
  });
  req.once('error', close);
  res.once('close', () => clearTimeout(silence));
}

function openSession(service: KinesisVideo, req: IncomingMessage, res: ServerResponse): Session {
  const caller = authenticate(
    { method: 'POST', url: req.url ?? '/', headers: req.headers, body: Buffer.alloc(0) },
    service.options.credentials,
    service.options.clock,
  );
  if (req.headers['x-amz-content-sha256'] !== 'UNSIGNED-PAYLOAD')
    throw new AwsError('InvalidArgumentException', 'the local kinesis-video takes UNSIGNED-PAYLOAD only');
  const { name, isRelative, producerStartMs } = parseHeaders(req.headers);
  service.authorize(caller, 'kinesisvideo:PutMedia', service.streamArn(name));
  const stream = service.stream(name);
  service.requireActive(stream);
  service.requireKey(caller, 'kms:GenerateDataKey', stream);
  return {
    service,
    stream,
    caller,
    originMs: isRelative ? producerStartMs : 0,
    sampling: { lastMs: undefined },
    acknowledge: (acknowledgement) => void res.write(`${JSON.stringify(acknowledgement)}\r\n`),
  };
}

function parseHeaders(headers: IncomingHttpHeaders) {
  const given = parseInput(headersSchema, headers);
  return {
    name: streamReference({ StreamName: given['x-amzn-stream-name'], StreamARN: given['x-amzn-stream-arn'] }),
    isRelative: given['x-amzn-fragment-timecode-type'] === 'RELATIVE',
    producerStartMs: Math.round(Number(given['x-amzn-producer-start-timestamp']) * 1000),
  };
}

function take(session: Session, event: MediaEvent, serverMs: number): void {
  if (event.kind === 'started') {
    session.acknowledge({ EventType: 'BUFFERING', FragmentTimecode: event.timecodeMs });
    return;
  }
  const { fragment } = event;
  const kept = accept(session, fragment, serverMs);
  const which = { FragmentTimecode: fragment.timecodeMs, FragmentNumber: kept.number };
  session.acknowledge({ EventType: 'RECEIVED', ...which });
  if (session.stream.isPersistent) session.acknowledge({ EventType: 'PERSISTED', ...which });
}

/** A stream that was deleted, or a permission that ended, ends a session that is already open. */
function accept(session: Session, fragment: ReceivedFragment, serverMs: number) {
  const { service, stream, caller, sampling, originMs } = session;
  if (!service.streamNames().includes(stream.settings.name))
    throw new MediaError('STREAM_NOT_ACTIVE', 'the stream was deleted', fragment.timecodeMs);
  try {
    service.requireKey(caller, 'kms:GenerateDataKey', stream);
  } catch (cause) {
    if (!(cause instanceof AwsError)) throw cause;
    throw new MediaError('KMS_KEY_ACCESS_DENIED', cause.message, fragment.timecodeMs);
  }
  return service.accept(stream, fragment, {
    caller,
    sampling,
    serverMs,
    producerMs: originMs + fragment.timecodeMs,
  });
}

function refuse(session: Session, error: unknown): void {
  const { code, timecodeMs } =
    error instanceof MediaError ? error : new MediaError('INTERNAL_ERROR', String(error));
  session.acknowledge({
    EventType: 'ERROR',
    ...(timecodeMs === undefined ? {} : { FragmentTimecode: timecodeMs }),
    ErrorId: mediaErrors[code],
    ErrorCode: code,
  });
}
