import { CfnModel, type IModel, Model, type RestApi } from 'aws-cdk-lib/aws-apigateway';

/**
 * The request model of one operation. A stage serves a snapshot of its API, so the schema is part of what the snapshot
 * is named by: a changed schema is deployed, and only after the model is.
 */
export function addRequestModel(api: RestApi, operationId: string, schema: object): IModel {
  const model = new CfnModel(api, `Model-${operationId}`, {
    restApiId: api.restApiId,
    contentType: 'application/json',
    schema,
  });
  api.latestDeployment?.addToLogicalId({ [operationId]: schema });
  api.latestDeployment?.node.addDependency(model);
  return Model.fromModelName(api, `ModelOf-${operationId}`, model.ref);
}
