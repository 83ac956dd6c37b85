import { ConditionalCheckFailedException, DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { putNewRows, type Row } from '../../../adapters/stores/put-new-rows';

const dynamo = new DynamoDBClient({ region: 'us-east-2' });
const mock = mockClient(dynamo);
const row = (n: number): Row => ({ id: { S: String(n) } });
const put = (...rows: readonly Row[]) => putNewRows(dynamo, { table: 'T', keyAttribute: 'id' }, rows);

beforeEach(() => mock.reset());

describe('putting new rows', () => {
  it('counts a row whose key is taken as standing, and puts nothing over it', async () => {
    mock
      .on(PutItemCommand, { Item: row(1) })
      .rejects(new ConditionalCheckFailedException({ message: '', $metadata: {} }));
    const rows = [row(1), row(2)];
    expect(await put(...rows)).toEqual({ standing: new Set(rows), causes: [] });
    expect(mock.commandCalls(PutItemCommand).map(({ args }) => args[0].input)).toMatchObject([
      { TableName: 'T', ConditionExpression: 'attribute_not_exists(#key)' },
      { ExpressionAttributeNames: { '#key': 'id' } },
    ]);
  });

  it('says which rows failed and why, and keeps the others', async () => {
    const cause = new Error('made-up');
    mock.on(PutItemCommand, { Item: row(2) }).rejects(cause);
    const rows = [row(1), row(2), row(3)];
    expect(await put(...rows)).toEqual({ standing: new Set([rows[0], rows[2]]), causes: [cause] });
  });

  it('has 32 calls under way at most', async () => {
    let underWay = 0;
    let most = 0;
    mock.on(PutItemCommand).callsFake(async () => {
      most = Math.max(most, ++underWay);
      await new Promise((resolve) => setImmediate(resolve));
      underWay -= 1;
    });
    await put(...Array.from({ length: 100 }, (_, n) => row(n)));
    expect(most).toBe(32);
  });
});
