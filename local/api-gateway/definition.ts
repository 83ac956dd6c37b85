import type { KeyedSchema } from './body-validation';
import type {
  AuthorizerProperties,
  GatewayResponseProperties,
  MethodProperties,
  StageProperties,
} from './template-schemas';

export interface RequestValidator {
  readonly validatesBody: boolean;
  readonly validatesParameters: boolean;
}

/** Everything of a REST API that a deployment freezes. */
export interface Snapshot {
  readonly binaryMediaTypes: readonly string[];
  /** By resource id; the root is not among them. */
  readonly resources: ReadonlyMap<string, { readonly parentId: string; readonly pathPart: string }>;
  readonly methods: readonly MethodProperties[];
  readonly authorizers: ReadonlyMap<string, AuthorizerProperties>;
  readonly models: ReadonlyMap<string, KeyedSchema>;
  readonly validators: ReadonlyMap<string, RequestValidator>;
  readonly gatewayResponses: ReadonlyMap<string, GatewayResponseProperties>;
}

/**
 * A REST API as its resources are being made. As in AWS, a deployment takes a picture of it: what is made after that,
 * because the template forgot the dependency, is not served.
 */
export class RestApiDefinition {
  readonly resources = new Map<string, { readonly parentId: string; readonly pathPart: string }>();
  readonly methods: MethodProperties[] = [];
  readonly authorizers = new Map<string, AuthorizerProperties>();
  readonly models = new Map<string, KeyedSchema>();
  readonly validators = new Map<string, RequestValidator>();
  readonly gatewayResponses = new Map<string, GatewayResponseProperties>();
  readonly deployments = new Map<string, Snapshot>();
  readonly stages = new Map<string, StageProperties>();

  constructor(
    readonly id: string,
    readonly rootResourceId: string,
    private readonly binaryMediaTypes: readonly string[],
  ) {}

  deploy(deploymentId: string): void {
    this.deployments.set(deploymentId, {
      binaryMediaTypes: this.binaryMediaTypes,
      resources: new Map(this.resources),
      methods: [...this.methods],
      authorizers: new Map(this.authorizers),
      models: new Map(this.models),
      validators: new Map(this.validators),
      gatewayResponses: new Map(this.gatewayResponses),
    });
  }
}
