import { randomBytes } from 'node:crypto';
import http, { type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Authorize, CredentialSource } from '../aws/caller';
import type { Listening } from '../aws/http';
import { ConnectionRefused } from './authorizer';
import { Connection, messageBytesMax } from './connection';
import { WebSocketApiDefinition } from './definition';
import { headerPairs, type Opening } from './events';
import { listenManagementApi } from './management-api';
import { refuse, selectedRoute, textOf } from './messages';
import { RouteCalls, type RouteCallsOptions } from './route-calls';
import type { StageProperties } from './template-schemas';

export interface WebSocketGatewayOptions extends RouteCallsOptions {
  readonly credentials: CredentialSource;
  readonly authorize: Authorize;
}

/** How often the limits of connections are looked at, in real time; moving the clock looks at them too. */
const tickMs = 1000;
const endedKeptMax = 10_000;

/** API Gateway WebSocket APIs, served at `ws://…/<api id>/<stage>`; messages to sockets go by the management API. */
export class WebSocketGateway {
  readonly #options: WebSocketGatewayOptions;
  readonly #calls: RouteCalls;
  readonly #apis = new Map<string, WebSocketApiDefinition>();
  readonly #connections = new Map<string, Connection>();
  /** Of ended connections, whose `@connections` resource is still checked before it is said to be gone. */
  readonly #ended = new Map<string, Opening>();
  readonly #underWay = new Set<Promise<unknown>>();

  constructor(options: WebSocketGatewayOptions) {
    this.#options = options;
    this.#calls = new RouteCalls(options);
  }

  addApi(id: string, routeSelectionExpression: string): void {
    this.#apis.set(id, new WebSocketApiDefinition(id, routeSelectionExpression));
  }

  /** Throws for an API that the template did not make. */
  api(id: string): WebSocketApiDefinition {
    const api = this.#apis.get(id);
    if (api === undefined) throw new Error(`no WebSocket API ${id}`);
    return api;
  }

  /** Begins to serve a stage. Throws if its deployment does not hold together. */
  addStage(stage: StageProperties): void {
    const api = this.api(stage.ApiId);
    if (!stage.AutoDeploy) checkTargets(api, stage);
    api.stages.set(stage.StageName, stage);
  }

  get connections(): readonly Connection[] {
    return [...this.#connections.values()];
  }

  find(
    connectionId: string,
  ): { readonly opening: Opening; readonly open: Connection | undefined } | undefined {
    const connection = this.#connections.get(connectionId);
    const opening = connection?.opening ?? this.#ended.get(connectionId);
    return opening && { opening, open: connection?.isOpen ? connection : undefined };
  }

  /** `arn:…:execute-api:…:<api id>/<path>`. */
  executeArn(apiId: string, path: string): string {
    return this.#calls.executeArn(apiId, path);
  }

  /** Ends what is idle for 10 minutes or older than 2 hours. */
  sweep(nowMs: number): void {
    for (const connection of this.#connections.values()) {
      const reason = connection.overdue(nowMs);
      if (reason !== undefined) connection.close(1001, reason);
    }
  }

  /** Resolves when every event so far has been handed to its function. */
  async idle(): Promise<void> {
    while (this.#underWay.size > 0) await Promise.allSettled(this.#underWay);
  }

  async listen(): Promise<Listening> {
    const sockets = new WebSocketServer({ noServer: true, maxPayload: messageBytesMax });
    const server = http.createServer((_req, res) => res.writeHead(426).end('Upgrade Required'));
    server.on('upgrade', (req, socket, head) => {
      this.#track(
        this.#connect(req).then(
          (connection) =>
            sockets.handleUpgrade(req, socket, head, (opened) => this.#opened(connection, opened)),
          (error: unknown) => refuse(socket, error),
        ),
      );
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const timer = setInterval(() => this.sweep(this.#options.clock.now()), tickMs);
    timer.unref();
    return {
      url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      close: async () => {
        clearInterval(timer);
        for (const client of sockets.clients) client.terminate();
        await this.idle();
        sockets.close();
        server.closeAllConnections();
        await new Promise<void>((resolve) => server.close(() => resolve()));
      },
    };
  }

  /** Serves `@connections`: `AWS_ENDPOINT_URL_APIGATEWAYMANAGEMENTAPI`. */
  listenManagement(): Promise<Listening> {
    const { clock, credentials, authorize } = this.#options;
    return listenManagementApi({ gateway: this, clock, credentials, authorize });
  }

  async #connect(req: IncomingMessage): Promise<Connection> {
    const { clock, region } = this.#options;
    const url = new URL(req.url ?? '/', 'http://gateway');
    const [apiId = '', stageName = ''] = url.pathname.split('/').slice(1);
    const api = this.#apis.get(apiId);
    const stage = api?.stages.get(stageName);
    if (api === undefined || stage === undefined) throw new ConnectionRefused(403, 'Forbidden');
    const opening: Opening = {
      apiId,
      stage: stageName,
      connectionId: `${randomBytes(11).toString('base64url')}=`,
      connectedAtMs: clock.now(),
      domainName: `${apiId}.execute-api.${region}.amazonaws.com`,
      sourceIp: req.socket.remoteAddress ?? '127.0.0.1',
      userAgent: req.headers['user-agent'],
      headers: headerPairs(req),
      query: url.searchParams,
      stageVariables: stage.StageVariables,
    };
    const snapshot = api.served(stage);
    const authorizer = await this.#calls.authorize(opening, { stage, snapshot });
    const connection = new Connection({ opening, stage, snapshot, authorizer });
    this.#connections.set(opening.connectionId, connection);
    const outcome = await this.#calls.event(connection, connectEvent, 'request');
    if (outcome === 'done') return connection;
    this.#forget(opening);
    throw new ConnectionRefused(outcome, http.STATUS_CODES[outcome] ?? 'Forbidden');
  }

  #opened(connection: Connection, socket: WebSocket): void {
    connection.open(socket, this.#options.clock.now());
    socket.on('message', (data, isBinary) => {
      if (isBinary) return connection.close(1003, 'binary messages are not supported');
      this.#track(this.#message(connection, textOf(data)));
    });
    socket.on('error', () => socket.terminate());
    socket.on('close', (code, reason) => {
      this.#forget(connection.opening);
      const extra = { disconnectStatusCode: code, disconnectReason: reason.toString('utf8') };
      const happening = { routeKey: '$disconnect', eventType: 'DISCONNECT', extra } as const;
      this.#track(this.#calls.event(connection, happening, 'request'));
    });
  }

  async #message(connection: Connection, body: string): Promise<void> {
    connection.lastActiveAtMs = this.#options.clock.now();
    const api = this.api(connection.opening.apiId);
    const selected = selectedRoute(api.routeSelectionExpression, body);
    const { routes } = connection.snapshot;
    const routeKey = selected !== undefined && routes.has(selected) ? selected : '$default';
    const happening = { routeKey, eventType: 'MESSAGE' } as const;
    const outcome = routes.has(routeKey) ? await this.#calls.event(connection, happening, { body }) : 403;
    if (outcome === 'done' || !connection.isOpen) return;
    const message = outcome === 403 ? 'Forbidden' : 'Internal server error';
    const { connectionId } = connection.opening;
    await connection.send(JSON.stringify({ message, connectionId }), this.#options.clock.now());
  }

  #forget(opening: Opening): void {
    this.#connections.delete(opening.connectionId);
    this.#ended.set(opening.connectionId, opening);
    for (const oldest of this.#ended.keys()) {
      if (this.#ended.size <= endedKeptMax) break;
      this.#ended.delete(oldest);
    }
  }

  #track(work: Promise<unknown>): void {
    const tracked = work.catch(() => undefined).finally(() => this.#underWay.delete(tracked));
    this.#underWay.add(tracked);
  }
}

const connectEvent = { routeKey: '$connect', eventType: 'CONNECT' } as const;

/** A stage whose routes lead nowhere is a fault of the template, told before anybody connects. */
function checkTargets(api: WebSocketApiDefinition, stage: StageProperties): void {
  const { routes, integrations } = api.served(stage);
  for (const { RouteKey, Target } of routes.values())
    if (Target !== undefined && !integrations.has(Target.replace('integrations/', '')))
      throw new Error(`route ${RouteKey}: no such integration`);
}
