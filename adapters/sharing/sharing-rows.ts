import { type AttributeValue, type DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { z } from 'zod';
import { agencyKinds } from '../../core/contract/configuration-parts';
import { declaration } from '../../core/contract/sharing';
import { type AgencyRecord, type AgreementRecord, sharingStepKinds } from '../../core/sharing/agreement';
import { asInTheFile, type SharingNow } from '../../core/sharing/sharing-now';
import { fromStore, StoreError } from '../stores/store-error';

/** The table of the register: one item for what holds now, partitions of agencies, agreements and notices not yet sent. */
export const partitions = {
  now: { S: 'NOW' },
  agencies: { S: 'AGENCY' },
  agreements: { S: 'AGREEMENT' },
  notices: { S: 'NOTICE' },
} as const;

type Row = Record<string, AttributeValue>;

const sharedAgency = { id: z.string(), name: z.string(), kind: z.enum(agencyKinds), state: z.string() };
const steps = z.array(
  z.strictObject({
    kind: z.enum(sharingStepKinds),
    by: z.string(),
    atMs: z.number(),
    words: z.string().optional(),
  }),
);
const terms = {
  agreementId: z.uuid(),
  agencyId: z.string(),
  kind: z.enum(['standing', 'exigent']),
  opensToUs: z.array(z.string()),
  searchesOurs: z.array(z.string()),
  matchesHotLists: z.boolean(),
};

const sharingNow = z.strictObject({
  revision: z.int().positive(),
  agencies: z.array(z.strictObject(sharedAgency)),
  agreements: z.array(z.strictObject({ ...terms, endsAtMs: z.number() })),
  ended: z.array(z.string()),
});
const agencyRecord = z.strictObject({
  ...sharedAgency,
  stage: z.enum(['proposed', 'confirmed']),
  steps,
  revision: z.int().positive(),
});
const agreementRecord = z.strictObject({
  ...terms,
  stage: z.enum(['proposed', 'in-force', 'ended']),
  until: z.string().optional(),
  document: z.string().optional(),
  declaration: declaration.optional(),
  hours: z.int().optional(),
  justification: z.string().optional(),
  endsAtMs: z.number().optional(),
  steps,
  revision: z.int().positive(),
});

export const nowKey: Row = { pk: partitions.now, sk: partitions.now };

/**
 * What holds at this moment, read strongly consistently. Throws `StoreError` `malformed` for an item that cannot be
 * understood: nobody's networks are guessed.
 */
export async function readSharingNow(dynamo: DynamoDBClient, table: string): Promise<SharingNow> {
  const { Item } = await fromStore('sharing', () =>
    dynamo.send(new GetItemCommand({ TableName: table, Key: nowKey, ConsistentRead: true })),
  );
  return Item === undefined ? asInTheFile : parsed(sharingNow, Item);
}

export const agencyOf = (row: Row): AgencyRecord => parsed(agencyRecord, row) as AgencyRecord;
export const agreementOf = (row: Row): AgreementRecord => parsed(agreementRecord, row) as AgreementRecord;

/** A put of a transaction: stored only on the revision that the change was decided on. */
export function recordPut(table: string, key: Row, record: { readonly revision: number }) {
  return {
    Put: {
      TableName: table,
      Item: { ...key, revision: { N: String(record.revision) }, record: { S: JSON.stringify(record) } },
      ...(record.revision === 1
        ? { ConditionExpression: 'attribute_not_exists(pk)' }
        : {
            ConditionExpression: 'revision = :before',
            ExpressionAttributeValues: { ':before': { N: String(record.revision - 1) } },
          }),
    },
  };
}

/** Throws `StoreError` `malformed`. */
export function parsed<Value>(schema: z.ZodType<Value>, row: Row): Value {
  try {
    return schema.parse(JSON.parse(row.record?.S ?? ''));
  } catch (cause) {
    throw new StoreError('malformed', 'sharing', { cause });
  }
}
