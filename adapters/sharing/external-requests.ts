import { type DynamoDBClient, GetItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb';
import { z } from 'zod';
import { externalRequestEntry } from '../../core/contract/external-requests';
import type { ExternalRequest, ExternalRequests } from '../../core/sharing/external-request';
import { writeTogether } from '../sites/all-or-nothing';
import { fromStore } from '../stores/store-error';
import { parsed, recordPut } from './sharing-rows';

const states = z.enum(['received', 'answered', 'declined']);
const record = z.strictObject({
  ...externalRequestEntry.shape,
  requestId: z.uuid(),
  state: states,
  steps: z.array(
    z.strictObject({ kind: states, by: z.string(), atMs: z.number(), words: z.string().optional() }),
  ),
  reads: z.int().nonnegative().optional(),
  referredTo: z.array(z.string()).optional(),
  revision: z.int().positive(),
});

/** One partition of requests by id, and one that orders them by when they came. */
const partitions = { requests: { S: 'REQUEST' }, byTime: { S: 'BY_TIME' } } as const;

/** The table of outside requests. A department has some hundreds of them a year. */
export class StoredExternalRequests implements ExternalRequests {
  constructor(readonly options: { readonly dynamo: DynamoDBClient; readonly table: string }) {}

  async find(requestId: string): Promise<ExternalRequest | undefined> {
    const { dynamo, table } = this.options;
    const Key = { pk: partitions.requests, sk: { S: requestId } };
    const { Item } = await fromStore('requests', () =>
      dynamo.send(new GetItemCommand({ TableName: table, Key, ConsistentRead: true })),
    );
    return Item && (parsed(record, Item) as ExternalRequest);
  }

  async newest(limit: number): Promise<readonly ExternalRequest[]> {
    const { dynamo, table } = this.options;
    const { Items = [] } = await fromStore('requests', () =>
      dynamo.send(
        new QueryCommand({
          TableName: table,
          KeyConditionExpression: 'pk = :pk',
          ExpressionAttributeValues: { ':pk': partitions.byTime },
          ScanIndexForward: false,
          Limit: limit,
          ConsistentRead: true,
        }),
      ),
    );
    return Items.map((item) => parsed(record, item) as ExternalRequest);
  }

  /** Both items of a request change in one step. */
  store(request: ExternalRequest): Promise<'stored' | 'conflict'> {
    const { dynamo, table } = this.options;
    const { requestId } = request;
    const came = new Date(request.steps[0]?.atMs ?? 0).toISOString();
    return writeTogether(dynamo, [
      recordPut(table, { pk: partitions.requests, sk: { S: requestId } }, request),
      recordPut(table, { pk: partitions.byTime, sk: { S: `${came} ${requestId}` } }, request),
    ]);
  }
}
