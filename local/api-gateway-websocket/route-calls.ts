import { accessLogLine } from '../api-gateway/context';
import type { AccessLogEntry } from '../api-gateway/served-stage';
import type { Clock } from '../clock';
import type { InvokeFunction } from '../lambda/invoke';
import { admitted, ConnectionRefused, requireIdentity } from './authorizer';
import type { Connection } from './connection';
import type { Snapshot } from './definition';
import { type Happening, type Opening, requestContext, requestParts } from './events';
import type { StageProperties } from './template-schemas';

export interface RouteCallsOptions {
  readonly clock: Clock;
  readonly invoke: InvokeFunction;
  readonly accessLog: (entry: AccessLogEntry) => void;
  readonly region: string;
  readonly accountId: string;
  readonly partition?: string;
}

const principal = 'apigateway.amazonaws.com';

/** Hands what happens on connections to authorizers and integrations, and logs it as the stage asks. */
export class RouteCalls {
  readonly #options: RouteCallsOptions;

  constructor(options: RouteCallsOptions) {
    this.#options = options;
  }

  /** `arn:…:execute-api:…:<api id>/<path>`. */
  executeArn(apiId: string, path: string): string {
    const { partition = 'aws', region, accountId } = this.#options;
    return `arn:${partition}:execute-api:${region}:${accountId}:${apiId}/${path}`;
  }

  /** What later events say of the caller; throws `ConnectionRefused` unless the authorizer allows the connection. */
  async authorize(
    opening: Opening,
    served: { readonly stage: StageProperties; readonly snapshot: Snapshot },
  ): Promise<Readonly<Record<string, unknown>> | undefined> {
    const route = served.snapshot.routes.get('$connect');
    if (route?.AuthorizationType !== 'CUSTOM') return undefined;
    try {
      return await this.#ask(opening, served.snapshot, route.AuthorizerId ?? '');
    } catch (error) {
      const status = error instanceof ConnectionRefused ? error.statusCode : 500;
      this.#log(served.stage, opening, { routeKey: '$connect', eventType: 'CONNECT', status });
      throw error;
    }
  }

  async #ask(opening: Opening, snapshot: Snapshot, authorizerId: string) {
    const { clock, invoke, accountId } = this.#options;
    const authorizer = snapshot.authorizers.get(authorizerId);
    if (authorizer === undefined) throw new ConnectionRefused(500, 'Internal server error');
    requireIdentity(opening, authorizer.IdentitySource ?? []);
    const methodArn = this.executeArn(opening.apiId, `${opening.stage}/$connect`);
    const happening = { routeKey: '$connect', eventType: 'CONNECT', atMs: clock.now() } as const;
    const result = await invoke({
      functionArn: functionArnOf(authorizer.AuthorizerUri),
      principal,
      sourceArn: this.executeArn(opening.apiId, `authorizers/${authorizerId}`),
      payload: {
        type: 'REQUEST',
        methodArn,
        ...requestParts(opening),
        requestContext: requestContext(opening, happening),
      },
    });
    if (result.kind !== 'ok') throw new ConnectionRefused(500, 'Internal server error');
    return admitted(result.payload, { methodArn, accountId });
  }

  /** Hands an event to its route's integration; `done`, or the status of what went wrong. */
  async event(
    connection: Connection,
    happening: Omit<Happening, 'atMs' | 'authorizer'>,
    content: 'request' | { readonly body: string },
  ): Promise<'done' | number> {
    const { opening, snapshot, authorizer } = connection;
    const route = snapshot.routes.get(happening.routeKey);
    const integration = snapshot.integrations.get(route?.Target?.replace('integrations/', '') ?? '');
    const outcome =
      route === undefined || integration?.IntegrationType === 'MOCK'
        ? 'done'
        : integration === undefined
          ? 500
          : await this.#invoke(integration.IntegrationUri, opening, happening.routeKey, {
              ...(content === 'request' ? requestParts(opening) : content),
              requestContext: requestContext(opening, {
                ...happening,
                authorizer,
                atMs: this.#options.clock.now(),
              }),
              isBase64Encoded: false,
            });
    this.#log(connection.stage, opening, {
      ...happening,
      authorizer,
      status: outcome === 'done' ? 200 : outcome,
    });
    return outcome;
  }

  async #invoke(uri: string, opening: Opening, routeKey: string, payload: unknown): Promise<'done' | number> {
    const sourceArn = this.executeArn(opening.apiId, `${opening.stage}/${routeKey}`);
    try {
      const functionArn = functionArnOf(uri);
      const result = await this.#options.invoke({ functionArn, payload, principal, sourceArn });
      if (result.kind !== 'ok') return 502;
      const statusCode = statusOf(result.payload);
      return statusCode >= 200 && statusCode < 300 ? 'done' : statusCode;
    } catch {
      // The function does not let the gateway in, or is not there: to the client a failure like any other.
      return 500;
    }
  }

  #log(
    stage: StageProperties,
    opening: Opening,
    happening: Omit<Happening, 'atMs'> & { readonly status: number },
  ): void {
    const { clock, accessLog, accountId } = this.#options;
    const setting = stage.AccessLogSettings;
    if (setting === undefined) return;
    const atMs = clock.now();
    const { authorizer, connectionId, requestId, eventType, routeKey, extendedRequestId } = {
      ...requestContext(opening, { ...happening, atMs }),
    };
    const principalId = authorizer?.principalId;
    const line = accessLogLine(setting.Format, {
      accountId,
      apiId: opening.apiId,
      connectionId,
      connectedAt: opening.connectedAtMs,
      domainName: opening.domainName,
      eventType,
      extendedRequestId,
      'identity.sourceIp': opening.sourceIp,
      'identity.userAgent': opening.userAgent,
      requestId,
      requestTimeEpoch: atMs,
      routeKey,
      stage: opening.stage,
      status: happening.status,
      'authorizer.principalId': typeof principalId === 'string' ? principalId : undefined,
    });
    accessLog({ destinationArn: setting.DestinationArn, atMs, line });
  }
}

function statusOf(payload: unknown): number {
  if (typeof payload !== 'object' || payload === null || !('statusCode' in payload)) return 502;
  return typeof payload.statusCode === 'number' ? payload.statusCode : 502;
}

/** `arn:…:apigateway:…:lambda:path/2015-03-31/functions/<function arn>/invocations`. */
function functionArnOf(uri: string): string {
  return /\/functions\/(.+)\/invocations$/.exec(uri)?.[1] ?? uri;
}
