import type { AttributeValue, TransactWriteItem } from '@aws-sdk/client-dynamodb';

/** The one partition of the table HotList: entries, the pointers of outside lists, and the version of all of them. */
export const hotListPartition = { S: 'CUSTOM' } as const satisfies AttributeValue;

export const versionKey = { pk: hotListPartition, sk: { S: 'VERSION' } } as const;

/**
 * Joins every transaction that changes an entry or switches an outside list, so that no reader holds a list which its
 * version does not name.
 */
export function raiseVersion(table: string): TransactWriteItem {
  return {
    Update: {
      TableName: table,
      Key: versionKey,
      UpdateExpression: 'ADD version :one',
      ExpressionAttributeValues: { ':one': { N: '1' } },
    },
  };
}
