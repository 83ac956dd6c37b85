import { ApiGateway } from '../../../local/api-gateway/api-gateway';
import { apiGatewayModels } from '../../../local/api-gateway/models';
import type { AccessLogEntry } from '../../../local/api-gateway/served-stage';
import { newSigningKeys } from '../../../local/cognito/signing-keys';
import type { Invocation, InvocationResult } from '../../../local/lambda/invoke';
import { provisioner } from '../cognito/resource';
import { accountId, fixedClock, region } from '../support';

export const functionArn = 'arn:aws:lambda:us-east-2:000000000000:function:answer';
export const poolArn = 'arn:aws:cognito-idp:us-east-2:000000000000:userpool/us-east-2_testpool1';
const issuer = 'https://cognito-idp.us-east-2.amazonaws.com/us-east-2_testpool1';
const uri = `arn:aws:apigateway:us-east-2:lambda:path/2015-03-31/functions/${functionArn}/invocations`;

const searchModel = {
  $schema: 'http://json-schema.org/draft-04/schema#',
  type: 'object',
  required: ['plate'],
  additionalProperties: false,
  properties: {
    plate: { type: 'string', pattern: '^[A-Z0-9]+$', maxLength: 10 },
    since: { type: 'integer', minimum: 0, exclusiveMinimum: true },
    camera: { $ref: '' },
  },
};

const keys = newSigningKeys();
/** Of a pool that the API does not trust. */
export const strangeKeys = newSigningKeys();

interface ApiOptions {
  readonly handler?: (invocation: Invocation) => InvocationResult | Promise<InvocationResult>;
  readonly api?: Readonly<Record<string, unknown>>;
  readonly integration?: Readonly<Record<string, unknown>>;
  readonly format?: string;
}

/** An API as the product's template makes it: one searched collection, one image by token, preflights, responses. */
export async function startApi(options: ApiOptions = {}) {
  const clock = fixedClock();
  const invocations: Invocation[] = [];
  const accessLog: AccessLogEntry[] = [];
  const gateway = new ApiGateway({
    clock,
    invoke: async (invocation) => {
      invocations.push(invocation);
      return options.handler?.(invocation) ?? ok({ statusCode: 200, body: '{}' });
    },
    tokenIssuer: (arn) => (arn === poolArn ? { issuer, publicKeys: keys.publicKeys } : undefined),
    accessLog: (entry) => accessLog.push(entry),
    region,
    accountId,
  });
  const provision = provisioner(apiGatewayModels(gateway));
  const make = (type: string, logicalId: string, properties: Readonly<Record<string, unknown>>) =>
    provision(`AWS::ApiGateway::${type}`, logicalId, { RestApiId: api.physicalId, ...properties });

  const api = await provision('AWS::ApiGateway::RestApi', 'Api', {
    BinaryMediaTypes: ['image/jpeg'],
    EndpointConfiguration: { Types: ['REGIONAL'] },
    ...options.api,
  });
  const root = api.attribute('RootResourceId');
  const searches = await make('Resource', 'Searches', { ParentId: root, PathPart: 'searches' });
  const images = await make('Resource', 'Images', { ParentId: root, PathPart: 'images' });
  const image = await make('Resource', 'Image', { ParentId: images.physicalId, PathPart: '{token}' });
  const latest = await make('Resource', 'Latest', { ParentId: images.physicalId, PathPart: 'latest' });
  const authorizer = await make('Authorizer', 'Authorizer', {
    Name: 'pool',
    Type: 'COGNITO_USER_POOLS',
    IdentitySource: 'method.request.header.Authorization',
    ProviderARNs: [poolArn],
  });
  const camera = await make('Model', 'Camera', { Schema: { type: 'string', maxLength: 5 } });
  const cameraAddress = `https://apigateway.amazonaws.com/restapis/${api.physicalId}/models/${camera.physicalId}`;
  const model = await make('Model', 'Search', {
    ContentType: 'application/json',
    Schema: { ...searchModel, properties: { ...searchModel.properties, camera: { $ref: cameraAddress } } },
  });
  const validator = await make('RequestValidator', 'Validator', {
    ValidateRequestBody: true,
    ValidateRequestParameters: true,
  });
  const proxy = { Type: 'AWS_PROXY', IntegrationHttpMethod: 'POST', Uri: uri, ...options.integration };
  await make('Method', 'PostSearch', {
    ResourceId: searches.physicalId,
    HttpMethod: 'POST',
    AuthorizationType: 'COGNITO_USER_POOLS',
    AuthorizerId: authorizer.physicalId,
    AuthorizationScopes: ['platekeeper/api'],
    RequestModels: { 'application/json': model.physicalId },
    RequestValidatorId: validator.physicalId,
    OperationName: 'search-reads',
    Integration: proxy,
  });
  await make('Method', 'GetSearches', {
    ResourceId: searches.physicalId,
    HttpMethod: 'GET',
    AuthorizationType: 'COGNITO_USER_POOLS',
    AuthorizerId: authorizer.physicalId,
    Integration: proxy,
  });
  await make('Method', 'GetImage', {
    ResourceId: image.physicalId,
    HttpMethod: 'GET',
    AuthorizationType: 'NONE',
    RequestParameters: { 'method.request.querystring.size': true, 'method.request.header.If-Match': false },
    RequestValidatorId: validator.physicalId,
    Integration: proxy,
  });
  await make('Method', 'GetLatest', {
    ResourceId: latest.physicalId,
    HttpMethod: 'ANY',
    AuthorizationType: 'NONE',
    Integration: proxy,
  });
  await make('Method', 'Preflight', {
    ResourceId: searches.physicalId,
    HttpMethod: 'OPTIONS',
    AuthorizationType: 'NONE',
    Integration: preflight,
  });
  await make('GatewayResponse', 'Unauthorized', {
    ResponseType: 'UNAUTHORIZED',
    ResponseParameters: {
      'gatewayresponse.header.Content-Type': "'application/problem+json'",
      'gatewayresponse.header.Access-Control-Allow-Origin': 'method.request.header.Origin',
    },
    ResponseTemplates: {
      'application/json': '{"title":$context.error.messageString,"instance":"$context.requestId"}',
    },
  });
  const deployment = await make('Deployment', 'Deployment', {});
  await make('Resource', 'Late', { ParentId: root, PathPart: 'late' }).then((late) =>
    make('Method', 'GetLate', {
      ResourceId: late.physicalId,
      HttpMethod: 'GET',
      AuthorizationType: 'NONE',
      Integration: proxy,
    }),
  );
  await make('Stage', 'Stage', {
    StageName: 'v1',
    DeploymentId: deployment.physicalId,
    Variables: { colour: 'blue' },
    AccessLogSetting: {
      DestinationArn: 'arn:aws:logs:us-east-2:000000000000:log-group:access',
      Format:
        options.format ??
        '{"path":"$context.path","status":"$context.status","error":"$context.error.responseType","agent":"$context.identity.userAgent","user":"$context.authorizer.claims.username"}',
    },
    MethodSettings: [{ HttpMethod: '*', ResourcePath: '/*', ThrottlingBurstLimit: 10 }],
  });

  const { url, close } = await gateway.listen();
  const stageUrl = `${url}/${api.physicalId}/v1`;
  return {
    clock,
    gateway,
    invocations,
    accessLog,
    make,
    apiId: api.physicalId,
    url,
    close,
    fetch: (path: string, init?: RequestInit) => fetch(stageUrl + path, init),
    lines: () => accessLog.map((entry): unknown => JSON.parse(entry.line)),
  };
}

export type RunningApi = Awaited<ReturnType<typeof startApi>>;

/** A token of the API's pool, good for an hour. */
export function token(
  nowMs: number,
  claims: Readonly<Record<string, unknown>> = {},
  signer: typeof keys = keys,
): string {
  const nowSeconds = Math.floor(nowMs / 1000);
  return signer.sign('access', {
    iss: issuer,
    sub: '11111111-2222-4333-8444-555555555555',
    username: 'made.up',
    token_use: 'access',
    scope: 'aws.cognito.signin.user.admin platekeeper/api',
    'cognito:groups': ['lieutenant', 'officer'],
    auth_time: nowSeconds,
    iat: nowSeconds,
    exp: nowSeconds + 3600,
    ...claims,
  });
}

export const ok = (payload: unknown): InvocationResult => ({ kind: 'ok', payload });

/** As CDK synthesises `defaultCorsPreflightOptions` for two origins. */
const preflight = {
  Type: 'MOCK',
  RequestTemplates: { 'application/json': '{ statusCode: 200 }' },
  IntegrationResponses: [
    {
      StatusCode: '204',
      ResponseParameters: {
        'method.response.header.Access-Control-Allow-Headers': "'Content-Type,Authorization'",
        'method.response.header.Access-Control-Allow-Origin': "'https://a.example'",
        'method.response.header.Vary': "'Origin'",
        'method.response.header.Access-Control-Allow-Methods': "'GET,POST'",
      },
      ResponseTemplates: {
        'application/json':
          '#set($origin = $input.params().header.get("Origin"))\n#if($origin == "")\n' +
          '  #set($origin = $input.params().header.get("origin"))\n#end\n#if($origin == "https://b.example")\n' +
          '  #set($context.responseOverride.header.Access-Control-Allow-Origin = $origin)\n#end',
      },
    },
  ],
};
