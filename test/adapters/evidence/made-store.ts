import { CreateTableCommand } from '@aws-sdk/client-dynamodb';
import { type LocalDynamo, startDynamo } from '../local-dynamo';

export const table = 'Evidence';

/** A real table Evidence with its index, and a table of audit events beside it. */
export async function startEvidenceTables(): Promise<LocalDynamo> {
  const local = await startDynamo();
  await local.createTable('AuditEvents', 'hour', 'at');
  await local.dynamo.send(
    new CreateTableCommand({
      TableName: table,
      KeySchema: [
        { AttributeName: 'pk', KeyType: 'HASH' },
        { AttributeName: 'sk', KeyType: 'RANGE' },
      ],
      AttributeDefinitions: ['pk', 'sk', 'kind', 'at'].map((AttributeName) => ({
        AttributeName,
        AttributeType: 'S',
      })),
      GlobalSecondaryIndexes: [
        {
          IndexName: 'by-kind',
          KeySchema: [
            { AttributeName: 'kind', KeyType: 'HASH' },
            { AttributeName: 'at', KeyType: 'RANGE' },
          ],
          Projection: { ProjectionType: 'ALL' },
        },
      ],
      BillingMode: 'PAY_PER_REQUEST',
    }),
  );
  return local;
}
