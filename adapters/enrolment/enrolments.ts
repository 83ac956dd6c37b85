import { type AttributeValue, type DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { z } from 'zod';
import type { Enrolment, Enrolments } from '../../core/cameras/ports';
import type { CameraRecord } from '../../core/reads/camera';
import { cameraKinds } from '../../core/reads/camera';
import { writeTogether } from '../sites/all-or-nothing';
import { itemsOf } from '../sites/partition';
import { partitions, registrySite, sitePut } from '../sites/site-rows';
import { fromStore, StoreError } from '../stores/store-error';

const text = z.object({ S: z.string().min(1) }).transform(({ S }) => S);
const millis = z.object({ N: z.string().regex(/^\d{1,15}$/) }).transform(({ N }) => Number(N));

const row = z.object({
  sk: text,
  network: text,
  kind: text.pipe(z.enum(cameraKinds)),
  certificateId: text,
  enrolledBy: text,
  enrolledAtMs: millis,
  lastSeenMs: millis.optional(),
  clockAheadMs: z
    .object({ N: z.string().regex(/^-?\d{1,15}$/) })
    .transform(({ N }) => Number(N))
    .optional(),
  retiredBy: text.optional(),
  retiredAtMs: millis.optional(),
});

export interface StoredEnrolmentsOptions {
  readonly dynamo: DynamoDBClient;
  readonly sitesTable: string;
  readonly camerasTable: string;
}

/** How cameras came in and went (table Sites, partition CAMERA), changed in one step with the registry. */
export class StoredEnrolments implements Enrolments {
  constructor(readonly options: StoredEnrolmentsOptions) {}

  async find(cameraId: string): Promise<Enrolment | undefined> {
    const { Item } = await fromStore('enrolments', () =>
      this.options.dynamo.send(
        new GetItemCommand({
          TableName: this.options.sitesTable,
          Key: enrolmentKey(cameraId),
          ConsistentRead: true,
        }),
      ),
    );
    return Item === undefined ? undefined : enrolmentOf(Item);
  }

  async list(): Promise<readonly Enrolment[]> {
    const { dynamo, sitesTable } = this.options;
    return (await itemsOf(dynamo, sitesTable, partitions.cameras)).map(enrolmentOf);
  }

  /** A camera that the registry knows, retired ones too, is never overwritten. */
  enrol({ camera, enrolment, site }: Parameters<Enrolments['enrol']>[0]): Promise<'stored' | 'conflict'> {
    const { dynamo, sitesTable, camerasTable } = this.options;
    return writeTogether(dynamo, [
      {
        Put: {
          TableName: camerasTable,
          Item: registryItem(camera),
          ConditionExpression: 'attribute_not_exists(cameraId)',
        },
      },
      {
        Put: {
          TableName: sitesTable,
          Item: enrolmentItem(enrolment),
          ConditionExpression: 'attribute_not_exists(pk)',
        },
      },
      ...(site === undefined ? [] : [sitePut(sitesTable, site)]),
    ]);
  }

  retire({ cameraId, by, atMs, site }: Parameters<Enrolments['retire']>[0]): Promise<'stored' | 'conflict'> {
    const { dynamo, sitesTable, camerasTable } = this.options;
    return writeTogether(dynamo, [
      {
        Update: {
          TableName: camerasTable,
          Key: { cameraId: { S: cameraId } },
          UpdateExpression: 'SET #status = :retired',
          ConditionExpression: 'attribute_exists(cameraId)',
          ExpressionAttributeNames: { '#status': 'status' },
          ExpressionAttributeValues: { ':retired': { S: 'retired' } },
        },
      },
      {
        Update: {
          TableName: sitesTable,
          Key: enrolmentKey(cameraId),
          UpdateExpression: 'SET retiredBy = :by, retiredAtMs = :at',
          ConditionExpression: 'attribute_exists(pk) AND attribute_not_exists(retiredAtMs)',
          ExpressionAttributeValues: { ':by': { S: by }, ':at': { N: String(atMs) } },
        },
      },
      ...(site === undefined ? [] : [sitePut(sitesTable, site)]),
    ]);
  }
}

export function enrolmentKey(cameraId: string): Record<string, AttributeValue> {
  return { pk: partitions.cameras, sk: { S: cameraId } };
}

function enrolmentItem(enrolment: Enrolment): Record<string, AttributeValue> {
  return {
    ...enrolmentKey(enrolment.cameraId),
    network: { S: enrolment.network },
    kind: { S: enrolment.kind },
    certificateId: { S: enrolment.certificateId },
    enrolledBy: { S: enrolment.enrolledBy },
    enrolledAtMs: { N: String(enrolment.enrolledAtMs) },
  };
}

function registryItem(camera: CameraRecord): Record<string, AttributeValue> {
  return {
    cameraId: { S: camera.cameraId },
    network: { S: camera.network },
    kind: { S: camera.kind },
    publicKeyPem: { S: camera.publicKeyPem },
    status: { S: camera.status },
    ...(camera.site === undefined ? {} : { site: registrySite(camera.site) }),
  };
}

function enrolmentOf(item: Record<string, AttributeValue>): Enrolment {
  const parsed = row.safeParse(item);
  if (!parsed.success) throw new StoreError('malformed', 'enrolments', { cause: parsed.error });
  const { sk, lastSeenMs, clockAheadMs, retiredBy, retiredAtMs, ...rest } = parsed.data;
  return {
    cameraId: sk,
    ...rest,
    ...(lastSeenMs === undefined ? {} : { lastSeenMs }),
    ...(clockAheadMs === undefined ? {} : { clockAheadMs }),
    ...(retiredBy === undefined ? {} : { retiredBy }),
    ...(retiredAtMs === undefined ? {} : { retiredAtMs }),
  };
}
