import type { Resource, ResourceModel } from '../../../local/template/resource-model';
import { accountId, region } from '../support';

/** A resource as the template reader would hand it over, its references resolved already. */
export function resource(
  model: ResourceModel,
  logicalId: string,
  properties: Readonly<Record<string, unknown>>,
): Resource {
  const identity = {
    stackName: 'Test',
    logicalId,
    type: model.type,
    region,
    accountId,
    partition: 'aws',
    defaultName: `Test-${logicalId}`,
    property: (name: string) => properties[name],
  };
  return {
    ...identity,
    properties,
    physicalId: model.ref(identity),
    attribute: (name) => {
      const attribute = model.attributes[name];
      if (attribute === undefined) throw new Error(`${model.type} has no attribute ${name}`);
      return attribute(identity);
    },
  };
}

/** Finds models by type and makes resources of them. */
export function provisioner(models: readonly ResourceModel[]) {
  return async (type: string, logicalId: string, properties: Readonly<Record<string, unknown>>) => {
    const model = models.find((candidate) => candidate.type === type);
    if (model === undefined) throw new Error(`no model of ${type}`);
    const made = resource(model, logicalId, properties);
    await model.provision?.(made);
    return made;
  };
}
