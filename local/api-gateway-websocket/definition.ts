import type {
  AuthorizerProperties,
  IntegrationProperties,
  RouteProperties,
  StageProperties,
} from './template-schemas';

/** Everything of a WebSocket API that a deployment freezes. */
export interface Snapshot {
  /** By route key. */
  readonly routes: ReadonlyMap<string, RouteProperties>;
  readonly integrations: ReadonlyMap<string, IntegrationProperties>;
  readonly authorizers: ReadonlyMap<string, AuthorizerProperties>;
}

/** A WebSocket API as its resources are being made. A stage serves its deployment's picture, or what is there now. */
export class WebSocketApiDefinition implements Snapshot {
  readonly routes = new Map<string, RouteProperties>();
  readonly integrations = new Map<string, IntegrationProperties>();
  readonly authorizers = new Map<string, AuthorizerProperties>();
  readonly deployments = new Map<string, Snapshot>();
  readonly stages = new Map<string, StageProperties>();

  constructor(
    readonly id: string,
    /** `$request.body.<path>`. */
    readonly routeSelectionExpression: string,
  ) {}

  deploy(deploymentId: string): void {
    this.deployments.set(deploymentId, {
      routes: new Map(this.routes),
      integrations: new Map(this.integrations),
      authorizers: new Map(this.authorizers),
    });
  }

  /** What a stage serves. Throws for a stage that has no deployment and does not deploy by itself. */
  served(stage: StageProperties): Snapshot {
    if (stage.AutoDeploy) return this;
    const snapshot = this.deployments.get(stage.DeploymentId ?? '');
    if (snapshot === undefined) throw new Error(`stage ${stage.StageName}: no such deployment`);
    return snapshot;
  }
}
