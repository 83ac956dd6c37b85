import { z } from 'zod';
import type { Resource, ResourceIdentity, ResourceModel } from '../template/resource-model';
import { TemplateError } from '../template/template-error';
import { understand } from '../template/understood';
import type { DynamoDb } from './dynamodb';

const keySchema = z.array(z.strictObject({ AttributeName: z.string(), KeyType: z.enum(['HASH', 'RANGE']) }));
const anything = z.unknown().optional();
const indexSchema = z.strictObject({
  IndexName: z.string(),
  KeySchema: keySchema,
  Projection: anything,
  ProvisionedThroughput: anything,
  WriteProvisionedThroughputSettings: anything,
  ReadProvisionedThroughputSettings: anything,
  OnDemandThroughput: anything,
  WarmThroughput: anything,
  ContributorInsightsSpecification: anything,
});
const recoverySchema = z.looseObject({ PointInTimeRecoveryEnabled: z.boolean().default(false) }).default({
  PointInTimeRecoveryEnabled: false,
});
const encryptionSchema = z.looseObject({
  SSEEnabled: z.boolean().optional(),
  KMSMasterKeyId: z.string().optional(),
});

const commonProperties = {
  AttributeDefinitions: z.array(
    z.strictObject({ AttributeName: z.string(), AttributeType: z.enum(['S', 'N', 'B']) }),
  ),
  KeySchema: keySchema,
  GlobalSecondaryIndexes: z.array(indexSchema).optional(),
  LocalSecondaryIndexes: z.array(indexSchema).optional(),
  SSESpecification: encryptionSchema.optional(),
  StreamSpecification: z.looseObject({}).optional(),
  TimeToLiveSpecification: z
    .strictObject({ AttributeName: z.string().optional(), Enabled: z.boolean() })
    .optional(),
};

const tableSchema = z.strictObject({ ...commonProperties, PointInTimeRecoverySpecification: recoverySchema });

/** One replica only: the one of the region the stack is in. */
const globalTableSchema = z.strictObject({
  ...commonProperties,
  Replicas: z
    .array(
      z.strictObject({
        Region: z.string(),
        SSESpecification: encryptionSchema.optional(),
        PointInTimeRecoverySpecification: recoverySchema,
        DeletionProtectionEnabled: anything,
        TableClass: anything,
        Tags: anything,
        GlobalSecondaryIndexes: anything,
        ReadOnDemandThroughputSettings: anything,
        ReadProvisionedThroughputSettings: anything,
        ContributorInsightsSpecification: anything,
      }),
    )
    .length(1),
});

/** Billing, capacity, tags and protection against deletion change nothing here. */
const ignored = [
  'BillingMode',
  'ContributorInsightsSpecification',
  'DeletionProtectionEnabled',
  'OnDemandThroughput',
  'ProvisionedThroughput',
  'TableClass',
  'TableName',
  'Tags',
  'WarmThroughput',
  'WriteOnDemandThroughputSettings',
  'WriteProvisionedThroughputSettings',
];

const tableName = (identity: ResourceIdentity) =>
  String(identity.property('TableName') ?? identity.defaultName);
const tableArn = (identity: ResourceIdentity) =>
  `arn:${identity.partition}:dynamodb:${identity.region}:${identity.accountId}:table/${tableName(identity)}`;
const attributes = {
  Arn: tableArn,
  StreamArn: (identity: ResourceIdentity) => `${tableArn(identity)}/stream/local`,
};

export function dynamoDbModels(dynamodb: DynamoDb): ResourceModel[] {
  return [
    {
      type: 'AWS::DynamoDB::Table',
      ref: tableName,
      attributes,
      provision: (resource) => provision(dynamodb, resource, understand(resource, tableSchema, ignored)),
    },
    {
      type: 'AWS::DynamoDB::GlobalTable',
      ref: tableName,
      attributes: { ...attributes, TableId: tableName },
      provision: (resource) => {
        const { Replicas, ...table } = understand(resource, globalTableSchema, ignored);
        const [replica] = Replicas;
        if (replica?.Region !== resource.region) {
          throw new TemplateError(
            'unknown-property',
            `${resource.logicalId} has a replica outside ${resource.region}`,
          );
        }
        return provision(dynamodb, resource, {
          ...table,
          SSESpecification: { ...table.SSESpecification, ...replica.SSESpecification },
          PointInTimeRecoverySpecification: replica.PointInTimeRecoverySpecification,
        });
      },
    },
  ];
}

function provision(
  dynamodb: DynamoDb,
  resource: Resource,
  table: z.infer<typeof tableSchema>,
): Promise<void> {
  const { TimeToLiveSpecification: ttl, StreamSpecification: stream } = table;
  const declaration = {
    AttributeDefinitions: table.AttributeDefinitions,
    KeySchema: table.KeySchema,
    BillingMode: 'PAY_PER_REQUEST',
    ...(table.GlobalSecondaryIndexes && {
      GlobalSecondaryIndexes: table.GlobalSecondaryIndexes.map(keysOnly),
    }),
    ...(table.LocalSecondaryIndexes && { LocalSecondaryIndexes: table.LocalSecondaryIndexes.map(keysOnly) }),
    ...(stream && { StreamSpecification: { StreamEnabled: true, ...stream } }),
  };
  return dynamodb.createTable(
    {
      name: resource.physicalId,
      keys: table.KeySchema.map(({ AttributeName }) => AttributeName),
      ttlAttribute: ttl?.Enabled === true ? ttl.AttributeName : undefined,
      kmsKeyArn: keyArn(resource, table.SSESpecification?.KMSMasterKeyId),
      hasPointInTimeRecovery: table.PointInTimeRecoverySpecification.PointInTimeRecoveryEnabled,
      hasStream: stream !== undefined,
    },
    declaration,
  );
}

const keysOnly = ({ IndexName, KeySchema, Projection }: z.infer<typeof indexSchema>) => ({
  IndexName,
  KeySchema,
  Projection,
});

/** A key is named by its ARN or its id. */
function keyArn({ partition, region, accountId }: Resource, key: string | undefined): string | undefined {
  if (key === undefined || key.startsWith('arn:')) return key;
  return `arn:${partition}:kms:${region}:${accountId}:key/${key}`;
}
