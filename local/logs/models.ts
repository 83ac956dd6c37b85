import { z } from 'zod';
import { type KnownProperties, requireKnownProperties } from '../lambda/known-properties';
import type { ResourceIdentity, ResourceModel } from '../template/resource-model';
import type { LogSink } from './log-sink';

const groupProperties: KnownProperties = {
  understood: ['LogGroupName', 'RetentionInDays', 'KmsKeyId'],
  ignored: {
    LogGroupClass: 'price and query features only',
    Tags: 'no effect',
    DataProtectionPolicy: 'masks on display; the sink keeps what was written, the stricter view',
    DeletionProtectionEnabled: 'nothing is deleted locally',
    FieldIndexPolicies: 'query speed only',
  },
};

/** Filters turn lines into metrics; alarms are not evaluated locally, so a filter is a fact and no more. */
const filterProperties: KnownProperties = {
  understood: [],
  ignored: {
    FilterName: 'alarms are not evaluated locally',
    FilterPattern: 'alarms are not evaluated locally',
    LogGroupName: 'alarms are not evaluated locally',
    MetricTransformations: 'alarms are not evaluated locally',
    ApplyOnTransformedLogs: 'alarms are not evaluated locally',
  },
};

const retention = z.coerce.number().int().positive().optional();

/** `AWS::Logs::*`. Subscription filters are no model: they would deliver lines somewhere, so a template with one throws. */
export function logsModels(logs: LogSink): ResourceModel[] {
  return [
    {
      type: 'AWS::Logs::LogGroup',
      ref: groupName,
      attributes: { Arn: (identity) => `${groupArn(identity)}:*` },
      provision(resource) {
        requireKnownProperties(resource, groupProperties);
        logs.createGroup({
          name: resource.physicalId,
          retentionDays: retention.parse(resource.properties.RetentionInDays),
          kmsKeyArn: z.string().optional().parse(resource.properties.KmsKeyId),
        });
      },
    },
    {
      type: 'AWS::Logs::MetricFilter',
      ref: (identity) => stringOf(identity.property('FilterName')) ?? identity.defaultName,
      attributes: {},
      provision: (resource) => requireKnownProperties(resource, filterProperties),
    },
  ];
}

const groupName = (identity: ResourceIdentity) =>
  stringOf(identity.property('LogGroupName')) ?? identity.defaultName;

const groupArn = (identity: ResourceIdentity) =>
  `arn:${identity.partition}:logs:${identity.region}:${identity.accountId}:log-group:${groupName(identity)}`;

const stringOf = (value: unknown) => (typeof value === 'string' ? value : undefined);
