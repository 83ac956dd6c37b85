import { DeleteItemCommand, type DynamoDBClient, QueryCommand } from '@aws-sdk/client-dynamodb';
import { z } from 'zod';
import type { SharingNotice } from '../../core/sharing/agreement';
import type { WaitingNotice, WaitingNotices } from '../../core/sharing/tell-sharing';
import { fromStore } from '../stores/store-error';
import { partitions } from './sharing-rows';

const sharingNotice = z.strictObject({
  noticeId: z.string(),
  change: z.string(),
  agencyId: z.string(),
  agreementId: z.string().optional(),
  atMs: z.number(),
});

/** A put of the transaction that stores the change. Named by its time, so that the oldest is sent first. */
export function noticePut(table: string, notice: SharingNotice) {
  const sk = { S: `${new Date(notice.atMs).toISOString()} ${notice.noticeId}` };
  const Item = { pk: partitions.notices, sk, record: { S: JSON.stringify(notice) } };
  return { Put: { TableName: table, Item, ConditionExpression: 'attribute_not_exists(pk)' } };
}

/** Notices that wait in the table of the register. */
export class StoredNotices implements WaitingNotices {
  constructor(readonly options: { readonly dynamo: DynamoDBClient; readonly table: string }) {}

  async oldest(limit: number): Promise<readonly WaitingNotice[]> {
    const { dynamo, table } = this.options;
    const { Items = [] } = await fromStore('sharing', () =>
      dynamo.send(
        new QueryCommand({
          TableName: table,
          KeyConditionExpression: 'pk = :pk',
          ExpressionAttributeValues: { ':pk': partitions.notices },
          Limit: limit,
          ConsistentRead: true,
        }),
      ),
    );
    return Items.map(({ sk, record }) => {
      const id = sk?.S ?? '';
      return { id, sinceMs: Date.parse(id.split(' ')[0] ?? ''), notice: noticeOf(record?.S) };
    });
  }

  async remove(id: string): Promise<void> {
    const { dynamo, table } = this.options;
    const Key = { pk: partitions.notices, sk: { S: id } };
    await fromStore('sharing', () => dynamo.send(new DeleteItemCommand({ TableName: table, Key })));
  }
}

function noticeOf(text: string | undefined): SharingNotice | undefined {
  try {
    const { agreementId, ...notice } = sharingNotice.parse(JSON.parse(text ?? ''));
    return { ...notice, ...(agreementId === undefined ? {} : { agreementId }) };
  } catch {
    return undefined;
  }
}
