import { randomBytes, randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Listening, listen, stampDate } from '../aws/http';
import type { Clock } from '../clock';
import type { TokenIssuer } from '../cognito/cognito';
import type { InvokeFunction } from '../lambda/invoke';
import { RestApiDefinition } from './definition';
import type { GatewayRequest } from './proxy-event';
import type { Reply } from './proxy-response';
import { type AccessLogEntry, ServedStage, type ServingDeps } from './served-stage';
import type { StageProperties } from './template-schemas';

export interface ApiGatewayOptions {
  readonly clock: Clock;
  readonly invoke: InvokeFunction;
  /** `Cognito.tokenIssuer`. */
  readonly tokenIssuer: (poolArn: string) => TokenIssuer | undefined;
  readonly accessLog: (entry: AccessLogEntry) => void;
  readonly region: string;
  readonly accountId: string;
  readonly partition?: string;
}

const bodyBytesMax = 10 * 1024 * 1024;

/** API Gateway REST APIs with Lambda proxies, served at `<url>/<api id>/<stage>/…`. */
export class ApiGateway {
  private readonly deps: ServingDeps;
  private readonly apis = new Map<string, RestApiDefinition>();
  private readonly stages = new Map<string, ServedStage>();

  constructor(options: ApiGatewayOptions) {
    this.deps = { ...options, partition: options.partition ?? 'aws' };
  }

  addApi(id: string, rootResourceId: string, binaryMediaTypes: readonly string[]): void {
    this.apis.set(id, new RestApiDefinition(id, rootResourceId, binaryMediaTypes));
  }

  /** Throws for an API that the template did not make. */
  api(id: string): RestApiDefinition {
    const api = this.apis.get(id);
    if (api === undefined) throw new Error(`no REST API ${id}`);
    return api;
  }

  /** Begins to serve a stage. Throws if its deployment, models or mocks do not hold together. */
  addStage(stage: StageProperties): void {
    const api = this.api(stage.RestApiId);
    api.stages.set(stage.StageName, stage);
    this.stages.set(`${api.id}/${stage.StageName}`, new ServedStage(this.deps, api, stage));
  }

  /** Every stage's settings as the template gave them: throttling, logging. */
  get stageSettings(): readonly StageProperties[] {
    return [...this.apis.values()].flatMap((api) => [...api.stages.values()]);
  }

  listen(): Promise<Listening> {
    return listen((req, res) => {
      this.answer(req).then(
        (reply) => this.send(res, reply),
        (error: unknown) => {
          // Only a fault of this local gateway itself gets here: say it where the developer looks.
          const body = Buffer.from(error instanceof Error ? (error.stack ?? error.message) : String(error));
          this.send(res, { statusCode: 500, headers: [['content-type', 'text/plain']], body });
        },
      );
    });
  }

  private async answer(req: IncomingMessage): Promise<Reply> {
    const { body, isTooLarge } = await payloadOf(req);
    const { apiId, stage, path, query, host } = addressOf(req);
    const served = this.stages.get(`${apiId}/${stage}`);
    if (served === undefined) return forbidden;
    const traceTime = Math.floor(this.deps.clock.now() / 1000).toString(16);
    const request: GatewayRequest = {
      apiId,
      stage,
      requestId: randomUUID(),
      extendedRequestId: randomBytes(11).toString('base64'),
      traceId: `Root=1-${traceTime}-${randomBytes(12).toString('hex')}`,
      receivedAtMs: this.deps.clock.now(),
      httpMethod: req.method ?? 'GET',
      path,
      domainName: host ?? `${apiId}.execute-api.${this.deps.region}.amazonaws.com`,
      // As a custom domain's base path, where the API is named by the path and not by the host.
      contextPath: `${host === undefined ? '' : `/${apiId}`}/${stage}${path}`,
      protocol: `HTTP/${req.httpVersion}`,
      sourceIp: req.socket.remoteAddress ?? '127.0.0.1',
      headers: headerPairs(req.rawHeaders),
      query,
      body,
    };
    const reply = await served.answer(request, { isTooLarge });
    return {
      ...reply,
      headers: [
        ['x-amzn-requestid', request.requestId],
        ['x-amz-apigw-id', request.extendedRequestId],
        ['x-amzn-trace-id', request.traceId],
        ...reply.headers,
      ],
    };
  }

  private send(res: ServerResponse, reply: Reply): void {
    res.statusCode = reply.statusCode;
    stampDate(res, this.deps.clock);
    for (const [name, value] of reply.headers) res.appendHeader(name, value);
    if (reply.statusCode !== 204 && reply.statusCode !== 304) {
      res.setHeader('content-length', reply.body.length);
    }
    res.end(reply.body);
  }
}

/** What AWS answers for an API or stage that is not there. */
const forbidden: Reply = {
  statusCode: 403,
  headers: [
    ['content-type', 'application/json'],
    ['x-amzn-errortype', 'ForbiddenException'],
  ],
  body: Buffer.from('{"message":"Forbidden"}'),
};

/**
 * `/<api id>/<stage>/<path>` at any host (`host`), or the host `<api id>.execute-api.<region>…` and `/<stage>/<path>`, as
 * in AWS.
 */
function addressOf(req: IncomingMessage) {
  const url = new URL(req.url ?? '/', 'http://gateway');
  const fromHost = /^([a-z0-9]+)\.execute-api\./.exec(req.headers.host ?? '')?.[1];
  const parts = url.pathname.split('/').slice(1);
  const apiId = fromHost ?? parts.shift() ?? '';
  const stage = parts.shift() ?? '';
  const host = fromHost === undefined ? (req.headers.host ?? '').replace(/:\d+$/, '') : undefined;
  return { apiId, stage, path: `/${parts.map(decoded).join('/')}`, query: url.searchParams, host };
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** Reads a body to its end, so that the client hears the answer, but keeps no more than the gateway takes. */
async function payloadOf(
  req: IncomingMessage,
): Promise<{ readonly body: Buffer; readonly isTooLarge: boolean }> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of req) {
    const bytes = Buffer.isBuffer(chunk) ? chunk : Buffer.from(chunk);
    size += bytes.length;
    if (size <= bodyBytesMax) chunks.push(bytes);
  }
  return { body: Buffer.concat(chunks), isTooLarge: size > bodyBytesMax };
}

function headerPairs(rawHeaders: readonly string[]): [string, string][] {
  const pairs: [string, string][] = [];
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    pairs.push([rawHeaders[index] ?? '', rawHeaders[index + 1] ?? '']);
  }
  return pairs;
}
