import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Authorize, CredentialSource } from '../aws/caller';
import { AwsError } from '../aws/errors';
import { type Listening, listen, readBody, stampDate } from '../aws/http';
import { asAwsError } from '../aws/json-protocol';
import { authenticate } from '../aws/sigv4';
import type { Clock } from '../clock';
import { type Connection, messageBytesMax } from './connection';
import type { WebSocketGateway } from './websocket-gateway';

export interface ManagementApiOptions {
  readonly gateway: WebSocketGateway;
  readonly clock: Clock;
  readonly credentials: CredentialSource;
  readonly authorize: Authorize;
}

interface Answer {
  readonly statusCode: number;
  readonly body?: object;
}

/**
 * `@connections`: POST sends, DELETE closes, GET tells. Connection ids are unique, so one port serves every API and
 * stage; the call is authorized as `execute-api:ManageConnections` on the connection's own API and stage.
 */
export function listenManagementApi(options: ManagementApiOptions): Promise<Listening> {
  return listen((req, res) => {
    answer(req, options).then(
      (reply) => send(res, options.clock, reply),
      (error: unknown) => {
        const { code, message, statusCode } = asManagementError(error);
        res.setHeader('x-amzn-errortype', code);
        send(res, options.clock, { statusCode, body: { message } });
      },
    );
  });
}

async function answer(req: IncomingMessage, options: ManagementApiOptions): Promise<Answer> {
  const { gateway, clock, credentials, authorize } = options;
  const body = await readBody(req, 2 * messageBytesMax);
  const method = req.method ?? 'GET';
  const url = req.url ?? '/';
  const caller = authenticate({ method, url, headers: req.headers, body }, credentials, clock);
  const encodedId = /(?:^|\/)@connections\/([^/?]+)$/.exec(decodedAt(url))?.[1];
  if (encodedId === undefined || !['POST', 'DELETE', 'GET'].includes(method))
    throw new AwsError(
      'UnknownOperationException',
      `the local apigatewaymanagementapi does not model ${method}`,
    );
  const connectionId = decodeURIComponent(encodedId);
  const found = gateway.find(connectionId);
  if (found === undefined) throw gone();
  const { apiId, stage } = found.opening;
  const resource = gateway.executeArn(apiId, `${stage}/${method}/@connections/${connectionId}`);
  authorize({ caller, action: 'execute-api:ManageConnections', resource });
  if (found.open === undefined) throw gone();
  return act(method, found.open, body, clock.now());
}

async function act(method: string, connection: Connection, body: Buffer, nowMs: number): Promise<Answer> {
  if (method === 'POST') {
    if (body.length > messageBytesMax)
      throw new AwsError('PayloadTooLargeException', 'Message too long', 413);
    await connection.send(body, nowMs);
    return { statusCode: 200 };
  }
  if (method === 'DELETE') {
    connection.close(1000, 'Connection Closed Normally');
    return { statusCode: 204 };
  }
  const { connectedAtMs, sourceIp, userAgent } = connection.opening;
  return {
    statusCode: 200,
    body: {
      connectedAt: new Date(connectedAtMs).toISOString(),
      identity: { sourceIp, userAgent: userAgent ?? '' },
      lastActiveAt: new Date(connection.lastActiveAtMs).toISOString(),
    },
  };
}

/** The SDK percent-encodes `@` too, depending on its version. */
function decodedAt(url: string): string {
  return url.replace(/%40connections/i, '@connections');
}

function asManagementError(error: unknown): AwsError {
  const known = asAwsError(error);
  if (known.code === 'AccessDeniedException') return new AwsError('ForbiddenException', known.message, 403);
  return known;
}

function gone(): AwsError {
  return new AwsError('GoneException', 'Gone', 410);
}

function send(res: ServerResponse, clock: Clock, { statusCode, body }: Answer): void {
  stampDate(res, clock);
  const text = body === undefined ? '' : JSON.stringify(body);
  res.writeHead(statusCode, {
    'content-type': 'application/json',
    'x-amzn-requestid': randomUUID(),
    ...(statusCode === 204 ? {} : { 'content-length': Buffer.byteLength(text) }),
  });
  res.end(text);
}
