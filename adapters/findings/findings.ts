import {
  type AttributeValue,
  ConditionalCheckFailedException,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  TransactionCanceledException,
  type TransactWriteItem,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import type { Finding } from '../../core/findings/finding';
import type { FindingState, Findings } from '../../core/findings/ports';
import { personKey, personUpdate } from '../people/person-row';
import { fromStore } from '../stores/store-error';
import { findingKey, findingOf, openRow, type Row } from './finding-row';

export interface StoredFindingsOptions {
  readonly dynamo: DynamoDBClient;
  readonly table: string;
}

type Decided = Parameters<Findings['storeDecision']>[0];

/** The table Findings, and in the same step as a decision the record in People that it suspends. */
export class StoredFindings implements Omit<Findings, 'storeDecision'> {
  constructor(readonly options: StoredFindingsOptions) {}

  async putNew(finding: Finding): Promise<Finding> {
    const { dynamo, table } = this.options;
    try {
      await dynamo.send(
        new PutItemCommand({
          TableName: table,
          Item: openRow(finding),
          ConditionExpression: 'attribute_not_exists(findingId)',
          ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
        }),
      );
      return finding;
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException && error.Item) return findingOf(error.Item);
      return fromStore('findings', () => Promise.reject(error));
    }
  }

  async find(findingId: string): Promise<Finding | undefined> {
    const { dynamo, table } = this.options;
    const { Item } = await fromStore('findings', () =>
      dynamo.send(new GetItemCommand({ TableName: table, Key: findingKey(findingId), ConsistentRead: true })),
    );
    return Item === undefined ? undefined : findingOf(Item);
  }

  /** By the index `by-state`, which may be a moment behind. */
  async newest(state: FindingState, limit: number): Promise<readonly Finding[]> {
    const { dynamo, table } = this.options;
    const findings: Finding[] = [];
    let start: Record<string, AttributeValue> | undefined;
    do {
      const page = await fromStore('findings', () =>
        dynamo.send(
          new QueryCommand({
            TableName: table,
            IndexName: 'by-state',
            KeyConditionExpression: '#state = :state',
            ExpressionAttributeNames: { '#state': 'state' },
            ExpressionAttributeValues: { ':state': { S: state } },
            ScanIndexForward: false,
            Limit: limit - findings.length,
            ...(start === undefined ? {} : { ExclusiveStartKey: start }),
          }),
        ),
      );
      findings.push(...(page.Items ?? []).map(findingOf));
      start = page.LastEvaluatedKey;
    } while (start !== undefined && findings.length < limit);
    return findings;
  }
}

/** As above, for the function that takes decisions and may change the table People for it. */
export class DecidedFindings extends StoredFindings implements Findings {
  constructor(override readonly options: StoredFindingsOptions & { readonly peopleTable: string }) {
    super(options);
  }

  async storeDecision({ finding, person }: Decided): Promise<'stored' | 'conflict'> {
    const { dynamo, table, peopleTable } = this.options;
    const items = [decisionUpdate(table, finding), ...personItems(peopleTable, person)];
    try {
      await dynamo.send(new TransactWriteItemsCommand({ TransactItems: items }));
      return 'stored';
    } catch (error) {
      if (isConflict(error)) return 'conflict';
      return fromStore('findings', () => Promise.reject(error));
    }
  }
}

function decisionUpdate(table: string, { findingId, decision }: Finding): TransactWriteItem {
  if (decision === undefined) throw new Error('an open finding is no decision');
  const values: Row = {
    ':state': { S: decision.outcome },
    ':by': { S: decision.by },
    ':at': { N: String(decision.atMs) },
    ':words': { S: decision.words },
    ':open': { S: 'open' },
  };
  return {
    Update: {
      TableName: table,
      Key: findingKey(findingId),
      UpdateExpression: 'SET #state = :state, decidedBy = :by, decidedAtMs = :at, words = :words',
      ConditionExpression: '#state = :open',
      ExpressionAttributeNames: { '#state': 'state' },
      ExpressionAttributeValues: values,
    },
  };
}

/** A record that stays as it is must still be the one that was looked at: a reinstatement meanwhile is a conflict. */
function personItems(table: string, person: Decided['person']): TransactWriteItem[] {
  if (person === undefined) return [];
  if (person.kind === 'suspended') return [{ Update: personUpdate(table, person.record) }];
  const revision = { N: String(person.record.revision) };
  return [
    {
      Update: {
        TableName: table,
        Key: personKey(person.record.username),
        UpdateExpression: 'SET revision = :revision',
        ConditionExpression: 'revision = :revision',
        ExpressionAttributeValues: { ':revision': revision },
      },
    },
  ];
}

function isConflict(error: unknown): boolean {
  return (
    error instanceof TransactionCanceledException &&
    (error.CancellationReasons ?? []).some(({ Code }) =>
      ['ConditionalCheckFailed', 'TransactionConflict'].includes(Code ?? ''),
    )
  );
}
