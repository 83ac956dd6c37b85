import type { ResourceIdentity, ResourceModel } from '../../../local/template/resource-model';
import { accountId, region } from '../support';

/** Makes one resource the way the template runner does, without a template; gives what Ref and GetAtt would. */
export async function provision(
  models: readonly ResourceModel[],
  { type, logicalId, properties }: { type: string; logicalId: string; properties: Record<string, unknown> },
): Promise<{ ref: string; attribute(name: string): string }> {
  const model = models.find((candidate) => candidate.type === type);
  if (model === undefined) throw new Error(`no model of ${type}`);
  const identity: ResourceIdentity = {
    stackName: 'TestStack',
    logicalId,
    type,
    region,
    accountId,
    partition: 'aws',
    defaultName: `TestStack-${logicalId}`,
    property: (name) => properties[name],
  };
  const attribute = (name: string) => {
    const value = model.attributes[name]?.(identity);
    if (value === undefined) throw new Error(`${type} has no attribute ${name}`);
    return value;
  };
  const ref = model.ref(identity);
  await model.provision?.({ ...identity, physicalId: ref, properties, attribute });
  return { ref, attribute };
}
