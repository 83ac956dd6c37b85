import type { z } from 'zod';
import { parseProperties, stableId } from '../cognito/properties';
import type { Resource, ResourceIdentity, ResourceModel } from '../template/resource-model';
import type { WebSocketApiDefinition } from './definition';
import * as schemas from './template-schemas';
import type { WebSocketGateway } from './websocket-gateway';

const apiId = (identity: ResourceIdentity) => stableId(identity, 10);
const shortId = (identity: ResourceIdentity) => stableId(identity, 7);
const stageName = (identity: ResourceIdentity) => String(identity.property('StageName'));

/** The CloudFormation types of WebSocket APIs. An HTTP API stops the start: it is not modelled. */
export function webSocketModels(gateway: WebSocketGateway): ResourceModel[] {
  return [
    {
      type: 'AWS::ApiGatewayV2::Api',
      ref: apiId,
      attributes: {
        ApiId: apiId,
        ApiEndpoint: (i) => `wss://${apiId(i)}.execute-api.${i.region}.amazonaws.com`,
      },
      provision: (resource) => {
        const { RouteSelectionExpression } = parseProperties(resource, schemas.api);
        gateway.addApi(resource.physicalId, RouteSelectionExpression);
      },
    },
    part(gateway, 'Route', schemas.route, {
      ref: shortId,
      attribute: 'RouteId',
      make: (api, _id, route) => api.routes.set(route.RouteKey, route),
    }),
    part(gateway, 'Integration', schemas.integration, {
      ref: shortId,
      attribute: 'IntegrationId',
      make: (api, id, integration) => api.integrations.set(id, integration),
    }),
    part(gateway, 'Authorizer', schemas.authorizer, {
      ref: shortId,
      attribute: 'AuthorizerId',
      make: (api, id, authorizer) => api.authorizers.set(id, authorizer),
    }),
    part(gateway, 'Deployment', schemas.deployment, {
      ref: shortId,
      attribute: 'DeploymentId',
      make: (api, id) => api.deploy(id),
    }),
    part(gateway, 'Stage', schemas.stage, {
      ref: stageName,
      make: (_api, _name, stage) => gateway.addStage(stage),
    }),
  ];
}

/** A type whose resources belong to one WebSocket API. */
function part<T extends z.ZodType<{ ApiId: string }>>(
  gateway: WebSocketGateway,
  name: string,
  schema: T,
  model: {
    readonly ref: (identity: ResourceIdentity) => string;
    /** The attribute that repeats the ref, where the type has one. */
    readonly attribute?: string;
    readonly make: (api: WebSocketApiDefinition, id: string, properties: z.output<T>) => unknown;
  },
): ResourceModel {
  return {
    type: `AWS::ApiGatewayV2::${name}`,
    ref: model.ref,
    attributes: model.attribute === undefined ? {} : { [model.attribute]: model.ref },
    provision: (resource: Resource) => {
      const properties = parseProperties(resource, schema);
      model.make(gateway.api(properties.ApiId), resource.physicalId, properties);
    },
  };
}
