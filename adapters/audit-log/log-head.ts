import {
  type AttributeValue,
  ConditionalCheckFailedException,
  type DynamoDBClient,
  GetItemCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { decodeEdge, encodeEdge } from '../../core/audit/log/edge';
import { decodeStaged, emptyHead, encodeStaged, type LogHead } from '../../core/audit/log/head';
import type { HeadStore, PublishedHead } from '../../core/audit/log/ports';
import { fromStore, StoreError } from '../stores/store-error';

const store = 'log head';

export interface LogHeadOptions {
  readonly dynamo: DynamoDBClient;
  readonly table: string;
  /** The log's origin; one item each. */
  readonly log: string;
}

/**
 * The table LogHead: `log` S, `size` N, `rootHash` B, `edge` B, `staged` B until published, `checkpoint` S and
 * `publishedAtMs` N of the last publication. Sizes only grow, so a size names one head.
 */
export class LogHeadTable implements HeadStore {
  constructor(readonly options: LogHeadOptions) {}

  async read(): Promise<LogHead> {
    const { dynamo, table, log } = this.options;
    const { Item } = await fromStore(store, () =>
      dynamo.send(new GetItemCommand({ TableName: table, Key: { log: { S: log } }, ConsistentRead: true })),
    );
    return Item === undefined ? emptyHead() : headOf(Item);
  }

  async commit(from: LogHead, to: LogHead): Promise<'committed' | 'beaten'> {
    const isFirst = from.size === 0;
    const outcome = await this.#update({
      set: {
        size: { N: String(to.size) },
        rootHash: { B: to.root },
        staged: { B: encodeStaged(to.staged) },
        ...(isFirst ? { edge: { B: encodeEdge(from.edge) }, publishedAtMs: { N: '0' } } : {}),
      },
      condition: isFirst ? 'attribute_not_exists(#log)' : '#size = :from AND attribute_not_exists(#staged)',
      names: isFirst ? { '#log': 'log' } : {},
      values: isFirst ? {} : { ':from': { N: String(from.size) } },
    });
    return outcome === 'done' ? 'committed' : 'beaten';
  }

  async settle(head: LogHead, { edge, checkpoint, atMs }: PublishedHead): Promise<void> {
    await this.#update({
      set: {
        edge: { B: encodeEdge(edge) },
        checkpoint: { S: checkpoint },
        publishedAtMs: { N: String(atMs) },
      },
      remove: 'REMOVE #staged',
      condition: '#size = :from',
      names: { '#size': 'size', '#staged': 'staged' },
      values: { ':from': { N: String(head.size) } },
    });
  }

  async #update(change: {
    readonly set: Readonly<Record<string, AttributeValue>>;
    readonly remove?: string;
    readonly condition: string;
    readonly names: Readonly<Record<string, string>>;
    readonly values: Readonly<Record<string, AttributeValue>>;
  }): Promise<'done' | 'refused'> {
    const { dynamo, table, log } = this.options;
    const attributes = Object.entries(change.set);
    try {
      await dynamo.send(
        new UpdateItemCommand({
          TableName: table,
          Key: { log: { S: log } },
          UpdateExpression: `SET ${attributes.map(([name]) => `#${name} = :${name}`).join(', ')} ${change.remove ?? ''}`,
          ConditionExpression: change.condition,
          ExpressionAttributeNames: {
            ...Object.fromEntries(attributes.map(([name]) => [`#${name}`, name])),
            ...change.names,
          },
          ExpressionAttributeValues: {
            ...Object.fromEntries(attributes.map(([name, value]) => [`:${name}`, value])),
            ...change.values,
          },
        }),
      );
      return 'done';
    } catch (cause) {
      if (cause instanceof ConditionalCheckFailedException) return 'refused';
      throw new StoreError('unavailable', store, { cause });
    }
  }
}

function headOf(item: Readonly<Record<string, AttributeValue>>): LogHead {
  try {
    const { size, rootHash, edge, staged, publishedAtMs } = item;
    if (rootHash?.B === undefined || edge?.B === undefined) throw new StoreError('malformed', store);
    const entries = staged?.B === undefined ? [] : decodeStaged(staged.B);
    const length = whole(size);
    return {
      size: length,
      root: rootHash.B,
      edge: decodeEdge(edge.B, length - entries.length),
      staged: entries,
      publishedAtMs: whole(publishedAtMs),
    };
  } catch (cause) {
    throw new StoreError('malformed', store, { cause });
  }
}

function whole(value: AttributeValue | undefined): number {
  const number = Number(value?.N);
  if (!Number.isSafeInteger(number)) throw new StoreError('malformed', store);
  return number;
}
