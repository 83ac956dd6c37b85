import type { ValidateFunction } from 'ajv-draft-04';
import { AwsError } from '../aws/errors';
import type { Clock } from '../clock';
import type { TokenIssuer } from '../cognito/cognito';
import type { InvocationResult, InvokeFunction } from '../lambda/invoke';
import { authorizedClaims } from './authorizer';
import { bodyFault, compileModels } from './body-validation';
import { accessLogLine, type ContextVariables } from './context';
import type { RestApiDefinition, Snapshot } from './definition';
import { GatewayFault } from './fault';
import { faultReply } from './gateway-reply';
import { mockReply } from './mock-reply';
import { firstValue, type GatewayRequest, matchesMediaType, proxyEvent } from './proxy-event';
import { proxyReply, type Reply } from './proxy-response';
import { contextOf, type Trail } from './request-context';
import { type Match, type Route, RouteTable } from './routes';
import type { ProxyIntegration, StageProperties } from './template-schemas';

export interface ServingDeps {
  readonly clock: Clock;
  readonly invoke: InvokeFunction;
  readonly tokenIssuer: (poolArn: string) => TokenIssuer | undefined;
  readonly accessLog: (entry: AccessLogEntry) => void;
  readonly region: string;
  readonly accountId: string;
  readonly partition: string;
}

export interface AccessLogEntry {
  readonly destinationArn: string;
  readonly atMs: number;
  readonly line: string;
}

/** Lambda's limit for a synchronous event. */
const eventBytesMax = 6 * 1024 * 1024;
const defaultTimeoutMs = 29_000;

/** One stage of a REST API, serving the picture that its deployment took. */
export class ServedStage {
  private readonly snapshot: Snapshot;
  private readonly routes: RouteTable;
  private readonly models: ReadonlyMap<string, ValidateFunction>;
  private readonly mocks: ReadonlyMap<Route['method'], ReturnType<typeof mockReply>>;

  constructor(
    private readonly deps: ServingDeps,
    private readonly api: RestApiDefinition,
    private readonly stage: StageProperties,
  ) {
    const snapshot = api.deployments.get(stage.DeploymentId);
    if (snapshot === undefined) throw new Error(`stage ${stage.StageName}: no such deployment`);
    this.snapshot = snapshot;
    this.routes = new RouteTable(snapshot, api.rootResourceId);
    this.models = compileModels(snapshot.models);
    this.mocks = new Map(
      snapshot.methods.flatMap((method) =>
        method.Integration.Type === 'MOCK' ? [[method, mockReply(method.Integration)] as const] : [],
      ),
    );
  }

  /** Answers a request and writes its access log line. `isTooLarge`: the body went past what the gateway takes. */
  async answer(request: GatewayRequest, { isTooLarge }: { readonly isTooLarge: boolean }): Promise<Reply> {
    const trail: Trail = {};
    const reply = await this.answered(request, trail, isTooLarge);
    this.log(request, trail, reply);
    return reply;
  }

  private async answered(request: GatewayRequest, trail: Trail, isTooLarge: boolean): Promise<Reply> {
    try {
      if (isTooLarge) throw new GatewayFault('REQUEST_TOO_LARGE');
      return await this.served(request, trail);
    } catch (error) {
      if (!(error instanceof GatewayFault)) throw error;
      trail.fault = error;
      const context = this.context(request, trail);
      return faultReply(error, { responses: this.snapshot.gatewayResponses, context, request });
    }
  }

  private async served(request: GatewayRequest, trail: Trail): Promise<Reply> {
    const match = this.routes.find(request.httpMethod, request.path);
    if (match === undefined) throw new GatewayFault('MISSING_AUTHENTICATION_TOKEN');
    trail.match = match;
    trail.claims = this.authorize(request, match.route);
    this.validate(request, match.route);
    const mock = this.mocks.get(match.route.method);
    if (mock !== undefined) return mock(request);
    return this.invoke(request, match, trail);
  }

  private authorize(request: GatewayRequest, { method }: Route): Trail['claims'] {
    if (method.AuthorizationType === 'NONE') return undefined;
    const authorizer = this.snapshot.authorizers.get(method.AuthorizerId ?? '');
    if (authorizer === undefined) throw new GatewayFault('AUTHORIZER_CONFIGURATION_ERROR');
    const headerName = authorizer.IdentitySource.replace('method.request.header.', '').toLowerCase();
    return authorizedClaims({
      authorizer,
      scopes: method.AuthorizationScopes ?? [],
      header: firstValue(request.headers, headerName),
      nowMs: this.deps.clock.now(),
      tokenIssuer: this.deps.tokenIssuer,
    });
  }

  private validate(request: GatewayRequest, { method }: Route): void {
    const validator = this.snapshot.validators.get(method.RequestValidatorId ?? '');
    if (validator?.validatesParameters) requireParameters(request, method.RequestParameters ?? {});
    if (!validator?.validatesBody) return;
    // As in AWS: a content type without a model is not validated at all.
    const contentType =
      firstValue(request.headers, 'content-type')?.split(';')[0]?.trim() ?? 'application/json';
    const modelName = method.RequestModels?.[contentType] ?? method.RequestModels?.$default;
    const validate = modelName === undefined ? undefined : this.models.get(modelName);
    if (validate === undefined) return;
    const validationError = bodyFault(validate, request.body.toString('utf8'));
    if (validationError !== undefined) throw new GatewayFault('BAD_REQUEST_BODY', { validationError });
  }

  private async invoke(request: GatewayRequest, match: Match, trail: Trail): Promise<Reply> {
    const { method, resourcePath } = match.route;
    if (method.Integration.Type !== 'AWS_PROXY') throw new GatewayFault('API_CONFIGURATION_ERROR');
    const payload = proxyEvent({
      request,
      match,
      claims: trail.claims,
      accountId: this.deps.accountId,
      deploymentId: this.stage.DeploymentId,
      stageVariables: this.stage.Variables,
      binaryMediaTypes: this.snapshot.binaryMediaTypes,
    });
    if (Buffer.byteLength(JSON.stringify(payload)) > eventBytesMax)
      throw new GatewayFault('REQUEST_TOO_LARGE');
    const result = await this.called(method.Integration, {
      payload,
      sourceArn: `${this.executeArn}/${this.stage.StageName}/${method.HttpMethod === 'ANY' ? request.httpMethod : method.HttpMethod}${resourcePath}`,
    });
    const accept = firstValue(request.headers, 'accept');
    const acceptsBinary = matchesMediaType(accept, this.snapshot.binaryMediaTypes);
    const reply = result.kind === 'ok' ? proxyReply(result.payload, { acceptsBinary }) : undefined;
    trail.integrationStatus = 200;
    if (reply === undefined) throw new GatewayFault('API_CONFIGURATION_ERROR', { statusCode: 502 });
    return reply;
  }

  private async called(
    { Uri, TimeoutInMillis }: ProxyIntegration,
    { payload, sourceArn }: { readonly payload: unknown; readonly sourceArn: string },
  ): Promise<InvocationResult> {
    let timer: NodeJS.Timeout | undefined;
    const timeout = new Promise<never>((_resolve, reject) => {
      const expired = () => reject(new GatewayFault('INTEGRATION_TIMEOUT'));
      timer = setTimeout(expired, TimeoutInMillis ?? defaultTimeoutMs);
    });
    const principal = 'apigateway.amazonaws.com';
    const invocation = this.deps.invoke({ functionArn: functionArnOf(Uri), payload, principal, sourceArn });
    try {
      return await Promise.race([invocation, timeout]);
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      const isRefused = error.code === 'AccessDeniedException' || error.code === 'ResourceNotFoundException';
      throw isRefused
        ? new GatewayFault('API_CONFIGURATION_ERROR')
        : new GatewayFault('INTEGRATION_FAILURE', { statusCode: 500 });
    } finally {
      clearTimeout(timer);
    }
  }

  private log(request: GatewayRequest, trail: Trail, reply: Reply): void {
    const setting = this.stage.AccessLogSetting;
    if (setting === undefined) return;
    const context = {
      ...this.context(request, trail),
      status: reply.statusCode,
      responseLength: reply.body.length,
      responseLatency: this.deps.clock.now() - request.receivedAtMs,
    };
    const line = accessLogLine(setting.Format, context);
    this.deps.accessLog({ destinationArn: setting.DestinationArn, atMs: this.deps.clock.now(), line });
  }

  private context(request: GatewayRequest, trail: Trail): ContextVariables {
    return contextOf(request, trail, {
      accountId: this.deps.accountId,
      deploymentId: this.stage.DeploymentId,
    });
  }

  private get executeArn(): string {
    const { partition, region, accountId } = this.deps;
    return `arn:${partition}:execute-api:${region}:${accountId}:${this.api.id}`;
  }
}

function requireParameters(request: GatewayRequest, parameters: Readonly<Record<string, boolean>>): void {
  const missing = Object.entries(parameters).flatMap(([source, isRequired]) => {
    const [, kind, name] = /^method\.request\.(header|querystring|path)\.(.+)$/.exec(source) ?? [];
    if (!isRequired || name === undefined) return [];
    const isGiven =
      kind === 'path' ||
      (kind === 'header' ? firstValue(request.headers, name.toLowerCase()) : request.query.get(name));
    return isGiven ? [] : [name];
  });
  if (missing.length === 0) return;
  const message = `Missing required request parameters: [${missing.join(', ')}]`;
  throw new GatewayFault('BAD_REQUEST_PARAMETERS', { message });
}

function functionArnOf(uri: string): string {
  const arn = /:lambda:path\/2015-03-31\/functions\/(arn:[^/]+)\/invocations$/.exec(uri)?.[1];
  if (arn === undefined) throw new Error(`the local gateway does not model the integration ${uri}`);
  return arn;
}
