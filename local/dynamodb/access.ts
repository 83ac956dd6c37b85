import { AwsError } from '../aws/errors';

export interface TableAccess {
  readonly action: string;
  readonly table: string;
  readonly index?: string;
}

/** Operations on items of one table, which also need the table's key. */
const itemOperations = new Set(['GetItem', 'PutItem', 'UpdateItem', 'DeleteItem']);
const indexOperations = new Set(['Query', 'Scan']);
const tableOperations = new Set(['DescribeTable', 'DescribeTimeToLive']);

/**
 * What IAM asks about a request, one entry for each action on each table. Transactions ask for the action of each
 * item. Throws `UnknownOperationException` for an operation that is not modelled.
 */
export function accessesOf(operation: string, input: Readonly<Record<string, unknown>>): TableAccess[] {
  if (itemOperations.has(operation) || tableOperations.has(operation)) {
    return [{ action: `dynamodb:${operation}`, table: tableName(input.TableName) }];
  }
  if (indexOperations.has(operation)) {
    const access = { action: `dynamodb:${operation}`, table: tableName(input.TableName) };
    return [typeof input.IndexName === 'string' ? { ...access, index: input.IndexName } : access];
  }
  switch (operation) {
    case 'BatchGetItem':
    case 'BatchWriteItem':
      return Object.keys(Object(input.RequestItems)).map((table) => ({
        action: `dynamodb:${operation}`,
        table: tableName(table),
      }));
    case 'TransactGetItems':
    case 'TransactWriteItems':
      return distinct(transactItems(input.TransactItems));
    case 'ListTables':
      return [];
    default:
      throw new AwsError(
        'UnknownOperationException',
        `the local dynamodb does not model ${operation || 'this request'}`,
      );
  }
}

/** Whether an operation touches items, which DynamoDB decrypts for the caller. */
export const touchesItems = (operation: string) =>
  !tableOperations.has(operation) && operation !== 'ListTables';

/** Whether an action can put items into a table or change their time to live. */
export const writes = (action: string) => /:(Put|Update|BatchWrite)Item$/.test(action);

const transactActions: Readonly<Record<string, string>> = {
  Get: 'dynamodb:GetItem',
  Put: 'dynamodb:PutItem',
  Update: 'dynamodb:UpdateItem',
  Delete: 'dynamodb:DeleteItem',
  ConditionCheck: 'dynamodb:ConditionCheckItem',
};

function transactItems(items: unknown): TableAccess[] {
  if (!Array.isArray(items)) throw new AwsError('ValidationException', 'TransactItems is not a list');
  return items.flatMap((item) =>
    Object.entries(Object(item)).map(([kind, request]) => {
      const action = Object.hasOwn(transactActions, kind) ? transactActions[kind] : undefined;
      if (action === undefined)
        throw new AwsError('ValidationException', `a transaction cannot hold ${kind}`);
      return { action, table: tableName(Object(request).TableName) };
    }),
  );
}

function distinct(accesses: readonly TableAccess[]): TableAccess[] {
  return [...new Map(accesses.map((access) => [`${access.action} ${access.table}`, access])).values()];
}

function tableName(value: unknown): string {
  if (typeof value === 'string' && /^[\w.-]{3,255}$/.test(value)) return value;
  throw new AwsError(
    'ValidationException',
    'TableName is missing or malformed (the local dynamodb takes names, not ARNs)',
  );
}
