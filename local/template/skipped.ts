import type { ResourceIdentity, ResourceModel } from './resource-model';

interface Skip {
  readonly reason: string;
  /** What `Ref` gives; the default name unless said. */
  readonly ref?: (identity: ResourceIdentity) => string;
  readonly attributes?: ResourceModel['attributes'];
}

const arn = (service: string, path: string) => (identity: ResourceIdentity) =>
  `arn:${identity.partition}:${service}:${identity.region}:${identity.accountId}:${path}${identity.defaultName}`;
const named = (property: string) => (identity: ResourceIdentity) =>
  String(identity.property(property) ?? identity.defaultName);

/**
 * Resource types that have no effect on this machine, each with the reason. A test pins this list: a type is added
 * here on purpose or not at all. A type neither here nor modelled stops the start.
 */
export const skipped: Readonly<Record<string, Skip>> = {
  'AWS::CDK::Metadata': { reason: 'tells AWS which constructs are used; makes nothing' },
  'AWS::CloudWatch::Alarm': {
    reason: 'metrics are kept, but nobody is paged from this machine',
    attributes: {
      Arn: (i) => `arn:${i.partition}:cloudwatch:${i.region}:${i.accountId}:alarm:${named('AlarmName')(i)}`,
    },
    ref: named('AlarmName'),
  },
  'AWS::CloudWatch::CompositeAlarm': {
    reason: 'as for alarms',
    attributes: { Arn: arn('cloudwatch', 'alarm:') },
  },
  'AWS::CloudWatch::Dashboard': { reason: 'a picture of metrics; nothing reads it' },
  'AWS::ApiGateway::Account': {
    reason: 'lets the gateway write its logs; the local gateway writes them anyway',
  },
  'AWS::WAFv2::WebACL': {
    reason: 'filters floods and known attacks before the gateway; nothing of that kind reaches this machine',
    attributes: { Arn: arn('wafv2', 'regional/webacl/'), Id: (i) => i.defaultName },
  },
  'AWS::WAFv2::WebACLAssociation': { reason: 'as for the web ACL' },
  'AWS::WAFv2::LoggingConfiguration': { reason: 'as for the web ACL' },
  'AWS::CloudFront::Distribution': {
    reason: 'a cache before the public portal; its bucket is read directly here',
    attributes: {
      DomainName: (i) => `${i.logicalId.toLowerCase()}.cloudfront.net`,
      Id: (i) => i.defaultName,
    },
  },
  'AWS::CloudFront::OriginAccessControl': {
    reason: 'as for the distribution',
    attributes: { Id: (i) => i.defaultName },
  },
  'AWS::CloudFront::ResponseHeadersPolicy': {
    reason: 'as for the distribution',
    attributes: { Id: (i) => i.defaultName },
  },
  'AWS::CloudFront::CachePolicy': {
    reason: 'as for the distribution',
    attributes: { Id: (i) => i.defaultName },
  },
  'AWS::CloudFront::Function': {
    reason: 'as for the distribution',
    attributes: { FunctionARN: arn('cloudfront', 'function/') },
  },
  'AWS::Logs::ResourcePolicy': { reason: 'lets services write to log groups; the log sink takes every line' },
};

export const skippedModels: readonly ResourceModel[] = Object.entries(skipped).map(([type, skip]) => ({
  type,
  ref: skip.ref ?? ((identity) => identity.defaultName),
  attributes: skip.attributes ?? {},
}));
