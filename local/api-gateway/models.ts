import { z } from 'zod';
import { parseProperties, stableId } from '../cognito/properties';
import type { Resource, ResourceIdentity, ResourceModel } from '../template/resource-model';
import type { ApiGateway } from './api-gateway';
import type { RestApiDefinition } from './definition';
import * as schemas from './template-schemas';

const apiId = (identity: ResourceIdentity) => stableId(identity, 10);
const shortId = (identity: ResourceIdentity) => stableId(identity, 6);
const rootOf = (identity: ResourceIdentity) =>
  stableId({ ...identity, logicalId: `${identity.logicalId}/root` }, 10);

/** A name that the template gives, else the logical id's letters and digits. */
const named = (property: string) => (identity: ResourceIdentity) => {
  const name = identity.property(property);
  return typeof name === 'string' ? name : identity.defaultName.replace(/[^A-Za-z0-9]/g, '');
};

/** The CloudFormation types of REST APIs. */
export function apiGatewayModels(gateway: ApiGateway): ResourceModel[] {
  return [
    {
      type: 'AWS::ApiGateway::RestApi',
      ref: apiId,
      attributes: { RootResourceId: rootOf, RestApiId: apiId },
      provision: (resource) => {
        const { BinaryMediaTypes } = parseProperties(resource, schemas.restApi);
        const mediaTypes = (BinaryMediaTypes ?? []).map((type) => type.replaceAll('~1', '/'));
        gateway.addApi(resource.physicalId, rootOf(resource), mediaTypes);
      },
    },
    part(gateway, 'Resource', schemas.resource, {
      ref: shortId,
      attribute: 'ResourceId',
      make: (api, id, { ParentId, PathPart }) =>
        api.resources.set(id, { parentId: ParentId, pathPart: PathPart }),
    }),
    part(gateway, 'Method', schemas.method, {
      ref: shortId,
      make: (api, _id, method) => api.methods.push(method),
    }),
    part(gateway, 'Model', schemas.model, {
      ref: named('Name'),
      make: (api, name, { Schema }) => {
        const schema = schemaObject(Schema);
        const address = `https://apigateway.amazonaws.com/restapis/${api.id}/models/${name}`;
        api.models.set(name, { address, schema });
      },
    }),
    part(gateway, 'RequestValidator', schemas.requestValidator, {
      ref: shortId,
      attribute: 'RequestValidatorId',
      make: (api, id, { ValidateRequestBody, ValidateRequestParameters }) =>
        api.validators.set(id, {
          validatesBody: ValidateRequestBody ?? false,
          validatesParameters: ValidateRequestParameters ?? false,
        }),
    }),
    part(gateway, 'Authorizer', schemas.authorizer, {
      ref: shortId,
      attribute: 'AuthorizerId',
      make: (api, id, authorizer) => api.authorizers.set(id, authorizer),
    }),
    part(gateway, 'GatewayResponse', schemas.gatewayResponse, {
      ref: shortId,
      attribute: 'Id',
      make: (api, _id, response) => api.gatewayResponses.set(response.ResponseType, response),
    }),
    part(gateway, 'Deployment', schemas.deployment, {
      ref: shortId,
      attribute: 'DeploymentId',
      make: (api, id) => api.deploy(id),
    }),
    part(gateway, 'Stage', schemas.stage, {
      ref: named('StageName'),
      make: (_api, _name, stage) => gateway.addStage(stage),
    }),
  ];
}

/** A type whose resources belong to one REST API. */
function part<T extends z.ZodType<{ RestApiId: string }>>(
  gateway: ApiGateway,
  name: string,
  schema: T,
  model: {
    readonly ref: (identity: ResourceIdentity) => string;
    /** The attribute that repeats the ref, where the type has one. */
    readonly attribute?: string;
    readonly make: (api: RestApiDefinition, id: string, properties: z.output<T>) => unknown;
  },
): ResourceModel {
  return {
    type: `AWS::ApiGateway::${name}`,
    ref: model.ref,
    attributes: model.attribute === undefined ? {} : { [model.attribute]: model.ref },
    provision: (resource: Resource) => {
      const properties = parseProperties(resource, schema);
      model.make(gateway.api(properties.RestApiId), resource.physicalId, properties);
    },
  };
}

function schemaObject(schema: string | Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  if (typeof schema !== 'string') return schema;
  return z.record(z.string(), z.unknown()).parse(JSON.parse(schema));
}
