import { z } from 'zod';
import { cfnBoolean, cfnNumber, ignored } from '../cognito/properties';

/** What each AWS::ApiGatewayV2 type of a WebSocket API may say. Anything else throws when it is provisioned. */

const inApi = { ApiId: z.string() };
const words = 'words for people';

export const api = z.strictObject({
  Name: z.string(),
  ProtocolType: z.literal('WEBSOCKET'),
  RouteSelectionExpression: z.string().regex(/^\$request\.body\.[\w.]+$/),
  DisableExecuteApiEndpoint: z.literal(false).optional(),
  Description: ignored(words),
  IpAddressType: ignored('one address family locally'),
  Tags: ignored('tags grant nothing here'),
});

export const route = z.strictObject({
  ...inApi,
  RouteKey: z.string(),
  AuthorizationType: z.enum(['NONE', 'CUSTOM']).optional(),
  AuthorizerId: z.string().optional(),
  Target: z
    .string()
    .regex(/^integrations\/\w+$/)
    .optional(),
  ApiKeyRequired: z.literal(false).optional(),
  OperationName: ignored(words),
});

export const integration = z.discriminatedUnion('IntegrationType', [
  z.strictObject({
    ...inApi,
    IntegrationType: z.literal('AWS_PROXY'),
    IntegrationUri: z.string(),
    IntegrationMethod: z.literal('POST').optional(),
    TimeoutInMillis: cfnNumber.optional(),
    ConnectionType: z.literal('INTERNET').optional(),
    Description: ignored(words),
    PassthroughBehavior: ignored('a proxy passes everything'),
    ContentHandlingStrategy: ignored('messages are text'),
  }),
  z.strictObject({
    ...inApi,
    IntegrationType: z.literal('MOCK'),
    IntegrationUri: ignored('a mock has no backend'),
    RequestTemplates: ignored('a mock without a route response answers nothing'),
    TemplateSelectionExpression: ignored('as for the templates'),
    PassthroughBehavior: ignored('a mock has no backend'),
    Description: ignored(words),
  }),
]);

export const authorizer = z.strictObject({
  ...inApi,
  Name: z.string(),
  AuthorizerType: z.literal('REQUEST'),
  AuthorizerUri: z.string(),
  IdentitySource: z.array(z.string().regex(/^route\.request\.(header|querystring)\.[\w-]+$/)).optional(),
});

export const deployment = z.strictObject({ ...inApi, Description: ignored(words) });

export const stage = z.strictObject({
  ...inApi,
  StageName: z.string(),
  AutoDeploy: cfnBoolean.optional(),
  DeploymentId: z.string().optional(),
  AccessLogSettings: z.strictObject({ DestinationArn: z.string(), Format: z.string() }).optional(),
  StageVariables: z.record(z.string(), z.string()).optional(),
  DefaultRouteSettings: z
    .strictObject({
      DataTraceEnabled: cfnBoolean.optional(),
      DetailedMetricsEnabled: cfnBoolean.optional(),
      LoggingLevel: z.enum(['OFF', 'ERROR', 'INFO']).optional(),
      ThrottlingBurstLimit: cfnNumber.optional(),
      ThrottlingRateLimit: cfnNumber.optional(),
    })
    .optional(),
  ClientCertificateId: ignored('no TLS locally'),
  Description: ignored(words),
  Tags: ignored('tags grant nothing here'),
});

export type RouteProperties = z.output<typeof route>;
export type IntegrationProperties = z.output<typeof integration>;
export type AuthorizerProperties = z.output<typeof authorizer>;
export type StageProperties = z.output<typeof stage>;
