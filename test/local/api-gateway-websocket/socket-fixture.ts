import { once } from 'node:events';
import { ApiGatewayManagementApiClient } from '@aws-sdk/client-apigatewaymanagementapi';
import WebSocket from 'ws';
import { webSocketModels } from '../../../local/api-gateway-websocket/models';
import { WebSocketGateway } from '../../../local/api-gateway-websocket/websocket-gateway';
import type { Invocation, InvocationResult } from '../../../local/lambda/invoke';
import { provisioner } from '../cognito/resource';
import {
  accountId,
  clientConfig,
  fixedClock,
  recordingAuthorizer,
  region,
  testCredentials,
} from '../support';

const functionArn = 'arn:aws:lambda:us-east-2:000000000000:function:answer';
const uri = `arn:aws:apigateway:us-east-2:lambda:path/2015-03-31/functions/${functionArn}/invocations`;

/** What a function is asked, as far as tests look at it. */
export interface Asked {
  readonly type?: string;
  readonly methodArn?: string;
  readonly body?: string;
  readonly queryStringParameters?: Readonly<Record<string, string>>;
  readonly requestContext: Readonly<Record<string, unknown>> & {
    readonly routeKey: string;
    readonly eventType: string;
    readonly connectionId: string;
  };
}

export const ok = (payload: unknown): InvocationResult => ({ kind: 'ok', payload });
export const policy = (Effect: string, Resource = '*') =>
  ok({
    principalId: 'made-up.officer',
    policyDocument: {
      Version: '2012-10-17',
      Statement: [{ Action: 'execute-api:Invoke', Effect, Resource }],
    },
    context: { shift: 'day' },
  });

/** An API as the product's template makes it: a ticket in the query, an authorizer, a mock for keep-alives. */
export async function startSockets(handler?: (asked: Asked) => InvocationResult | Promise<InvocationResult>) {
  const clock = fixedClock();
  const authorizer = recordingAuthorizer();
  const invocations: (Invocation & { readonly asked: Asked })[] = [];
  const lines: unknown[] = [];
  const gateway = new WebSocketGateway({
    clock,
    invoke: async (invocation) => {
      const asked = invocation.payload as Asked;
      invocations.push({ ...invocation, asked });
      return (
        (await handler?.(asked)) ?? (asked.type === 'REQUEST' ? policy('Allow') : ok({ statusCode: 200 }))
      );
    },
    credentials: testCredentials.source,
    authorize: authorizer.authorize,
    accessLog: ({ line }) => lines.push(JSON.parse(line)),
    region,
    accountId,
  });
  const provision = provisioner(webSocketModels(gateway));
  const api = await provision('AWS::ApiGatewayV2::Api', 'Api', {
    Name: 'live',
    ProtocolType: 'WEBSOCKET',
    RouteSelectionExpression: '$request.body.action',
  });
  const make = (type: string, id: string, properties: Readonly<Record<string, unknown>>) =>
    provision(`AWS::ApiGatewayV2::${type}`, id, { ApiId: api.physicalId, ...properties });
  const authorizerPart = await make('Authorizer', 'Authorizer', {
    Name: 'ticket',
    AuthorizerType: 'REQUEST',
    AuthorizerUri: uri,
    IdentitySource: ['route.request.querystring.ticket'],
  });
  const proxy = await make('Integration', 'Proxy', { IntegrationType: 'AWS_PROXY', IntegrationUri: uri });
  const mock = await make('Integration', 'Mock', { IntegrationType: 'MOCK', IntegrationUri: '' });
  await make('Route', 'Connect', {
    RouteKey: '$connect',
    AuthorizationType: 'CUSTOM',
    AuthorizerId: authorizerPart.physicalId,
    Target: `integrations/${proxy.physicalId}`,
  });
  for (const [routeKey, target] of [
    ['$disconnect', proxy],
    ['$default', mock],
    ['ask', proxy],
  ] as const)
    await make('Route', `Route-${routeKey}`, {
      RouteKey: routeKey,
      AuthorizationType: 'NONE',
      Target: `integrations/${target.physicalId}`,
    });
  await make('Stage', 'Stage', {
    StageName: 'live',
    AutoDeploy: true,
    AccessLogSettings: {
      DestinationArn: 'arn:aws:logs:us-east-2:000000000000:log-group:sockets',
      Format:
        '{"route":"$context.routeKey","event":"$context.eventType","status":"$context.status","who":"$context.authorizer.principalId"}',
    },
  });
  const listening = await gateway.listen();
  const management = await gateway.listenManagement();
  const client = new ApiGatewayManagementApiClient(clientConfig(management.url));
  const opened: WebSocket[] = [];
  const open = (path = '/live?ticket=made-up') => {
    const socket = new WebSocket(`${listening.url.replace('http', 'ws')}/${api.physicalId}${path}`);
    socket.on('error', () => undefined);
    opened.push(socket);
    return socket;
  };
  return {
    clock,
    gateway,
    authorizer,
    invocations,
    lines,
    client,
    make,
    apiId: api.physicalId,
    open,
    /** An open socket and the id that the gateway gave it. */
    connect: async (path?: string) => {
      const socket = open(path);
      await once(socket, 'open');
      const connectionId = gateway.connections.at(-1)?.opening.connectionId ?? '';
      return { socket, connectionId };
    },
    close: async () => {
      for (const socket of opened) socket.terminate();
      client.destroy();
      await management.close();
      await listening.close();
    },
  };
}

export type RunningSockets = Awaited<ReturnType<typeof startSockets>>;

/** The HTTP status that an upgrade was refused with. */
export async function refusedStatus(socket: WebSocket): Promise<number | undefined> {
  const [, response] = await once(socket, 'unexpected-response');
  response.resume();
  socket.terminate();
  return response.statusCode;
}

export async function message(socket: WebSocket): Promise<string> {
  const [data] = await once(socket, 'message');
  return String(data);
}

export async function closed(socket: WebSocket): Promise<number> {
  const [code] = await once(socket, 'close');
  return code;
}
