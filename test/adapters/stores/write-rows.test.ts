import { BatchWriteItemCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { type Row, writeRows } from '../../../adapters/stores/write-rows';

const dynamo = new DynamoDBClient({ region: 'us-east-2' });
const mock = mockClient(dynamo);
const row = (n: number): Row => ({ id: { S: String(n) }, sealed: { B: Uint8Array.of(n) } });

beforeEach(() => mock.reset());

describe('writing rows', () => {
  it('puts again what the table left unprocessed, until it is done', async () => {
    const rows = [row(1), row(2), row(3)];
    mock
      .on(BatchWriteItemCommand)
      .resolvesOnce({ UnprocessedItems: { T: [{ PutRequest: { Item: row(2) } }] } })
      .resolvesOnce({});
    const { written } = await writeRows(dynamo, 'T', rows);
    expect(written).toEqual(new Set(rows));
    expect(mock.commandCalls(BatchWriteItemCommand)[1]?.args[0].input.RequestItems?.T).toEqual([
      { PutRequest: { Item: row(2) } },
    ]);
  });

  it('gives up on a row after five attempts and keeps the others', async () => {
    const rows = [row(1), row(2)];
    mock.on(BatchWriteItemCommand).resolves({ UnprocessedItems: { T: [{ PutRequest: { Item: row(2) } }] } });
    const { written } = await writeRows(dynamo, 'T', rows);
    expect(written).toEqual(new Set([rows[0]]));
    expect(mock.commandCalls(BatchWriteItemCommand)).toHaveLength(5);
  });
});
