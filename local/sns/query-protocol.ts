import { randomUUID } from 'node:crypto';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { Caller, CredentialSource } from '../aws/caller';
import { AwsError } from '../aws/errors';
import { readBody, stampDate } from '../aws/http';
import { asAwsError } from '../aws/json-protocol';
import { authenticate } from '../aws/sigv4';
import type { Clock } from '../clock';
import { type XmlValue, xml } from './xml';

/** Answers the content of `<ActionResult>`; `undefined` for an action that has none. */
export type QueryOperation = (input: URLSearchParams, caller: Caller) => XmlValue | undefined;

export interface QueryProtocolOptions {
  readonly operations: Readonly<Record<string, QueryOperation>>;
  readonly credentials: CredentialSource;
  readonly clock: Clock;
}

const namespace = 'http://sns.amazonaws.com/doc/2010-03-31/';
const bodyLimitBytes = 1024 * 1024;

/** The AWS Query protocol: a form names an `Action`, XML comes back. */
export function queryProtocol(options: QueryProtocolOptions): RequestListener {
  return (req, res) => {
    stampDate(res, options.clock);
    answer(req, options).then(
      ({ action, result }) => {
        const body = {
          ...(result === undefined ? {} : { [`${action}Result`]: result }),
          ResponseMetadata: requestId(),
        };
        send(res, 200, xml(`${action}Response`, body, namespace));
      },
      (error: unknown) => {
        const { code, message, statusCode } = queryError(asAwsError(error));
        const fault = { Type: statusCode < 500 ? 'Sender' : 'Receiver', Code: code, Message: message };
        send(res, statusCode, xml('ErrorResponse', { Error: fault, ...requestId() }, namespace));
      },
    );
  };
}

async function answer(req: IncomingMessage, options: QueryProtocolOptions) {
  const body = await readBody(req, bodyLimitBytes);
  const { method = 'GET', url = '/', headers } = req;
  const caller = authenticate({ method, url, headers, body }, options.credentials, options.clock);
  const input = new URLSearchParams(body.toString('utf8'));
  const action = input.get('Action') ?? '';
  const operation = Object.hasOwn(options.operations, action) ? options.operations[action] : undefined;
  if (operation === undefined) {
    throw new AwsError('UnknownOperationException', `the local sns does not model ${action}`);
  }
  return { action, result: operation(input, caller) };
}

/** SNS has a code of its own for a caller who lacks the permission. */
function queryError(error: AwsError): { code: string; message: string; statusCode: number } {
  if (error.code !== 'AccessDeniedException') return error;
  return { code: 'AuthorizationError', message: error.message, statusCode: 403 };
}

function send(res: ServerResponse, statusCode: number, text: string): void {
  res.writeHead(statusCode, { 'content-type': 'text/xml', 'content-length': Buffer.byteLength(text) });
  res.end(text);
}

const requestId = () => ({ RequestId: randomUUID() });
