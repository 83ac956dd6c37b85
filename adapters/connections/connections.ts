import {
  type AttributeValue,
  DeleteItemCommand,
  type DynamoDBClient,
  PutItemCommand,
  QueryCommand,
} from '@aws-sdk/client-dynamodb';
import type { Connections, LiveConnection } from '../../core/alerts/ports';
import { fromStore, StoreError } from '../stores/store-error';
import { liveCallerOf, liveCallerRow } from './live-caller-row';

/**
 * One partition holds all open sockets: a department has hundreds, and a strongly consistent query of one partition
 * misses none that was opened before it, which an index could.
 */
const shelf = 'open';
/** The gateway ends a connection after two hours; a row that outlived it by an hour is nobody's. */
const lifetimeS = 3 * 3600;

/** The table Connections. */
export class StoredConnections implements Connections {
  constructor(
    readonly options: {
      readonly dynamo: DynamoDBClient;
      readonly table: string;
      /** Told of each row that `list` leaves out: one damaged row must not keep alerts from everybody. */
      readonly onMalformed: (error: StoreError) => void;
    },
  ) {}

  async add({ connectionId, connectedAtMs, address, ...caller }: LiveConnection): Promise<void> {
    await fromStore('connections', () =>
      this.options.dynamo.send(
        new PutItemCommand({
          TableName: this.options.table,
          Item: {
            shelf: { S: shelf },
            connectionId: { S: connectionId },
            ...liveCallerRow(caller),
            connectedAtMs: { N: String(connectedAtMs) },
            address: { S: address },
            expiresAt: { N: String(Math.floor(connectedAtMs / 1000) + lifetimeS) },
          },
        }),
      ),
    );
  }

  async remove(connectionId: string): Promise<void> {
    await fromStore('connections', () =>
      this.options.dynamo.send(
        new DeleteItemCommand({
          TableName: this.options.table,
          Key: { shelf: { S: shelf }, connectionId: { S: connectionId } },
        }),
      ),
    );
  }

  async list(): Promise<readonly LiveConnection[]> {
    const connections: LiveConnection[] = [];
    let start: Record<string, AttributeValue> | undefined;
    do {
      const page = await fromStore('connections', () =>
        this.options.dynamo.send(
          new QueryCommand({
            TableName: this.options.table,
            KeyConditionExpression: 'shelf = :shelf',
            ExpressionAttributeValues: { ':shelf': { S: shelf } },
            ConsistentRead: true,
            ...(start === undefined ? {} : { ExclusiveStartKey: start }),
          }),
        ),
      );
      for (const row of page.Items ?? []) {
        const connection = connectionOf(row);
        if (connection === undefined) this.options.onMalformed(new StoreError('malformed', 'connections'));
        else connections.push(connection);
      }
      start = page.LastEvaluatedKey;
    } while (start !== undefined);
    return connections;
  }
}

function connectionOf(row: Record<string, AttributeValue>): LiveConnection | undefined {
  const connectedAtMs = Number(row.connectedAtMs?.N ?? Number.NaN);
  const { connectionId, address } = row;
  const caller = liveCallerOf(row);
  if (caller === undefined || !connectionId?.S || !address?.S || !Number.isSafeInteger(connectedAtMs))
    return undefined;
  return { connectionId: connectionId.S, ...caller, address: address.S, connectedAtMs };
}
