import { z } from 'zod';
import { cfnBoolean, cfnNumber, ignored } from '../cognito/properties';

/** What each AWS::ApiGateway type of the template may say. Anything else throws when it is provisioned. */

const inApi = { RestApiId: z.string() };
const parameters = z.record(z.string(), z.string());
const templates = z.record(z.string(), z.string());
const words = 'words for people';

export const restApi = z.strictObject({
  Name: z.string().optional(),
  BinaryMediaTypes: z.array(z.string()).optional(),
  EndpointConfiguration: z
    .strictObject({
      Types: z.array(z.enum(['REGIONAL', 'EDGE'])).optional(),
      IpAddressType: ignored('one address family locally'),
    })
    .optional(),
  ApiKeySourceType: z.literal('HEADER').optional(),
  DisableExecuteApiEndpoint: z.literal(false).optional(),
  Description: ignored(words),
  EndpointAccessMode: ignored('who may reach the endpoint is the network’s business'),
  MinimumCompressionSize: ignored('replies are never compressed locally'),
  SecurityPolicy: ignored('no TLS locally'),
  Tags: ignored('tags grant nothing here'),
});

export const resource = z.strictObject({ ...inApi, ParentId: z.string(), PathPart: z.string() });

const integrationResponse = z.strictObject({
  StatusCode: z.string(),
  SelectionPattern: z.string().optional(),
  ResponseParameters: parameters.optional(),
  ResponseTemplates: templates.optional(),
  ContentHandling: ignored('mock replies are text'),
});

const integration = z.discriminatedUnion('Type', [
  z.strictObject({
    Type: z.literal('AWS_PROXY'),
    IntegrationHttpMethod: z.literal('POST'),
    Uri: z.string(),
    TimeoutInMillis: cfnNumber.optional(),
    PassthroughBehavior: ignored('a proxy passes everything'),
    ContentHandling: ignored('a proxy passes everything'),
    ConnectionType: z.literal('INTERNET').optional(),
    ResponseTransferMode: z.literal('BUFFERED').optional(),
  }),
  z.strictObject({
    Type: z.literal('MOCK'),
    RequestTemplates: templates.optional(),
    IntegrationResponses: z.array(integrationResponse).optional(),
    PassthroughBehavior: ignored('a mock has no backend'),
  }),
]);

export const method = z.strictObject({
  ...inApi,
  ResourceId: z.string(),
  HttpMethod: z.string(),
  AuthorizationType: z.enum(['NONE', 'COGNITO_USER_POOLS']),
  AuthorizerId: z.string().optional(),
  AuthorizationScopes: z.array(z.string()).optional(),
  ApiKeyRequired: z.literal(false).optional(),
  OperationName: z.string().optional(),
  RequestModels: z.record(z.string(), z.string()).optional(),
  RequestParameters: z.record(z.string(), cfnBoolean).optional(),
  RequestValidatorId: z.string().optional(),
  Integration: integration,
  MethodResponses: ignored('a proxy decides its own responses, and a mock’s are in its integration'),
});

export const model = z.strictObject({
  ...inApi,
  Name: z.string().optional(),
  ContentType: z.string().optional(),
  Schema: z.union([z.string(), z.record(z.string(), z.unknown())]),
  Description: ignored(words),
});

export const requestValidator = z.strictObject({
  ...inApi,
  Name: z.string().optional(),
  ValidateRequestBody: cfnBoolean.optional(),
  ValidateRequestParameters: cfnBoolean.optional(),
});

export const authorizer = z.strictObject({
  ...inApi,
  Name: z.string(),
  Type: z.literal('COGNITO_USER_POOLS'),
  ProviderARNs: z.array(z.string()),
  IdentitySource: z.string().regex(/^method\.request\.header\.[\w-]+$/),
  IdentityValidationExpression: z.string().optional(),
  AuthorizerResultTtlInSeconds: ignored('a token is judged by its signature, the same at each request'),
});

export const deployment = z.strictObject({ ...inApi, Description: ignored(words) });

export const stage = z.strictObject({
  ...inApi,
  StageName: z.string(),
  DeploymentId: z.string(),
  AccessLogSetting: z.strictObject({ DestinationArn: z.string(), Format: z.string() }).optional(),
  Variables: z.record(z.string(), z.string()).optional(),
  MethodSettings: z
    .array(
      z.looseObject({
        CachingEnabled: z.literal(false).optional(),
        ThrottlingBurstLimit: cfnNumber.optional(),
        ThrottlingRateLimit: cfnNumber.optional(),
        DataTraceEnabled: cfnBoolean.optional(),
      }),
    )
    .optional(),
  CacheClusterEnabled: z.literal(false).optional(),
  ClientCertificateId: ignored('no TLS locally'),
  Description: ignored(words),
  DocumentationVersion: ignored(words),
  Tags: ignored('tags grant nothing here'),
  TracingEnabled: ignored('no traces are kept locally'),
});

/** All that AWS knows; the local gateway itself raises those of `fault.ts`. */
const responseTypes = [
  'ACCESS_DENIED',
  'API_CONFIGURATION_ERROR',
  'AUTHORIZER_CONFIGURATION_ERROR',
  'AUTHORIZER_FAILURE',
  'BAD_REQUEST_BODY',
  'BAD_REQUEST_PARAMETERS',
  'DEFAULT_4XX',
  'DEFAULT_5XX',
  'EXPIRED_TOKEN',
  'INTEGRATION_FAILURE',
  'INTEGRATION_TIMEOUT',
  'INVALID_API_KEY',
  'INVALID_SIGNATURE',
  'MISSING_AUTHENTICATION_TOKEN',
  'QUOTA_EXCEEDED',
  'REQUEST_TOO_LARGE',
  'RESOURCE_NOT_FOUND',
  'THROTTLED',
  'UNAUTHORIZED',
  'UNSUPPORTED_MEDIA_TYPE',
  'WAF_FILTERED',
] as const;

export const gatewayResponse = z.strictObject({
  ...inApi,
  ResponseType: z.enum(responseTypes),
  StatusCode: z.union([z.string(), z.number()]).transform(Number).optional(),
  ResponseParameters: parameters.optional(),
  ResponseTemplates: templates.optional(),
});

export type MethodProperties = z.output<typeof method>;
export type AuthorizerProperties = z.output<typeof authorizer>;
export type GatewayResponseProperties = z.output<typeof gatewayResponse>;
export type StageProperties = z.output<typeof stage>;
export type MockIntegration = Extract<MethodProperties['Integration'], { Type: 'MOCK' }>;
export type ProxyIntegration = Extract<MethodProperties['Integration'], { Type: 'AWS_PROXY' }>;
