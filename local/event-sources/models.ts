import { createHash } from 'node:crypto';
import type { ResourceIdentity, ResourceModel } from '../template/resource-model';
import type { EventSources } from './event-sources';
import { parseMapping } from './mapping';

export function eventSourceModels(eventSources: EventSources): ResourceModel[] {
  return [
    {
      type: 'AWS::Lambda::EventSourceMapping',
      ref: mappingId,
      attributes: {
        Id: mappingId,
        EventSourceMappingArn: (identity) =>
          `arn:${identity.partition}:lambda:${identity.region}:${identity.accountId}:event-source-mapping:${mappingId(identity)}`,
      },
      provision(resource) {
        const mapping = parseMapping(resource, mappingId(resource));
        if (mapping !== undefined) eventSources.add(mapping);
      },
    },
  ];
}

/** A UUID made of the resource's name, so that a run can be repeated. */
function mappingId({ defaultName }: ResourceIdentity): string {
  const hex = createHash('sha256').update(defaultName).digest('hex');
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `4${hex.slice(13, 16)}`,
    `8${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-');
}
