import { randomUUID } from 'node:crypto';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { Clock } from '../clock';
import type { Caller, CredentialSource } from './caller';
import { AwsError } from './errors';
import { readBody, stampDate } from './http';
import { authenticate } from './sigv4';

export type JsonOperation = (input: Record<string, unknown>, caller: Caller) => unknown | Promise<unknown>;

export interface JsonProtocolOptions {
  /** For messages: `kinesis`. */
  readonly service: string;
  readonly version: '1.0' | '1.1';
  readonly operations: Readonly<Record<string, JsonOperation>>;
  readonly credentials: CredentialSource;
  readonly clock: Clock;
  /** Operations that need no signature (Cognito's public ones); their caller is `anonymous`. */
  readonly unsigned?: ReadonlySet<string>;
}

/** Who calls an operation that needs no signature. */
export const anonymous: Caller = { accessKeyId: 'anonymous', roleArn: 'anonymous' };

/** DynamoDB's largest request, the largest of all services that speak this protocol. */
const bodyLimitBytes = 16 * 1024 * 1024;

/**
 * The awsJson protocols: `X-Amz-Target: Prefix.Operation`, JSON in and out, errors as `__type`. An operation's
 * `AwsError` becomes the client's exception; anything else it throws answers 500 `InternalFailure`.
 */
export function jsonProtocol(options: JsonProtocolOptions): RequestListener {
  return (req, res) => {
    answer(req, options).then(
      (output) => send(res, options, 200, output ?? {}),
      (error: unknown) => answerError(res, options, error),
    );
  };
}

/** Answers an error as these protocols do. */
export function answerError(
  res: ServerResponse,
  options: Pick<JsonProtocolOptions, 'version' | 'clock'>,
  error: unknown,
): void {
  const { code, message, statusCode } = asAwsError(error);
  res.setHeader('x-amzn-errortype', code);
  send(res, options, statusCode, { __type: code, message });
}

/** What a service answers when its own code fails: a 500 that still says why, since the reader runs the service. */
export function asAwsError(error: unknown): AwsError {
  if (error instanceof AwsError) return error;
  const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return new AwsError('InternalFailure', message, 500);
}

async function answer(req: IncomingMessage, options: JsonProtocolOptions): Promise<unknown> {
  const body = await readBody(req, bodyLimitBytes);
  const name = operationName(req);
  const caller = options.unsigned?.has(name)
    ? anonymous
    : authenticate(
        { method: req.method ?? 'GET', url: req.url ?? '/', headers: req.headers, body },
        options.credentials,
        options.clock,
      );
  const operation = Object.hasOwn(options.operations, name) ? options.operations[name] : undefined;
  if (operation === undefined) {
    throw new AwsError('UnknownOperationException', `the local ${options.service} does not model ${name}`);
  }
  return operation(parseInput(body), caller);
}

/** The operation of `X-Amz-Target`; empty when there is none. */
export function operationName(req: IncomingMessage): string {
  const target = req.headers['x-amz-target'];
  return typeof target === 'string' ? target.slice(target.lastIndexOf('.') + 1) : '';
}

/** Throws `SerializationException` unless the body is a JSON object; an empty body is `{}`. */
export function parseInput(body: Buffer): Record<string, unknown> {
  const text = body.toString('utf8');
  try {
    const value: unknown = JSON.parse(text === '' ? '{}' : text);
    if (isRecord(value)) return value;
  } catch {
    // told below, as for JSON of another shape
  }
  throw new AwsError('SerializationException', 'the body is not a JSON object');
}

function send(
  res: ServerResponse,
  options: Pick<JsonProtocolOptions, 'version' | 'clock'>,
  statusCode: number,
  output: unknown,
): void {
  stampDate(res, options.clock);
  const text = Buffer.from(JSON.stringify(output));
  res.writeHead(statusCode, {
    'content-type': `application/x-amz-json-${options.version}`,
    'content-length': text.length,
    'x-amzn-requestid': randomUUID(),
  });
  res.end(text);
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
