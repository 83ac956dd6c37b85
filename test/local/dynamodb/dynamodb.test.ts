import {
  BatchWriteItemCommand,
  ConditionalCheckFailedException,
  CreateTableCommand,
  DescribeTableCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  TransactionCanceledException,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import type { Listening } from '../../../local/aws/http';
import { DynamoDb } from '../../../local/dynamodb/dynamodb';
import {
  accountId,
  clientConfig,
  fixedClock,
  recordingAuthorizer,
  region,
  testCredentials,
} from '../support';

const keyArn = `arn:aws:kms:${region}:${accountId}:key/table-key`;
const tableArn = (name: string) => `arn:aws:dynamodb:us-east-2:000000000000:table/${name}`;
const clock = fixedClock();
let iam = recordingAuthorizer();
let dynamodb: DynamoDb;
let listening: Listening;
let client: DynamoDBClient;

beforeAll(async () => {
  dynamodb = new DynamoDb({
    clock,
    region,
    accountId,
    credentials: testCredentials.source,
    authorize: (call) => iam.authorize(call),
  });
  listening = await dynamodb.listen();
  client = new DynamoDBClient(clientConfig(listening.url));
  const facts = { keys: ['id', 'at'], hasPointInTimeRecovery: false, hasStream: false };
  const declaration = {
    AttributeDefinitions: [
      { AttributeName: 'id', AttributeType: 'S' },
      { AttributeName: 'at', AttributeType: 'N' },
      { AttributeName: 'place', AttributeType: 'S' },
    ],
    KeySchema: [
      { AttributeName: 'id', KeyType: 'HASH' },
      { AttributeName: 'at', KeyType: 'RANGE' },
    ],
    BillingMode: 'PAY_PER_REQUEST',
    GlobalSecondaryIndexes: [
      {
        IndexName: 'by-place',
        KeySchema: [{ AttributeName: 'place', KeyType: 'HASH' }],
        Projection: { ProjectionType: 'ALL' },
      },
    ],
  };
  await dynamodb.createTable(
    { ...facts, name: 'reads', ttlAttribute: 'expiresAt', kmsKeyArn: keyArn },
    declaration,
  );
  await dynamodb.createTable(
    { ...facts, name: 'plain', ttlAttribute: undefined, kmsKeyArn: undefined },
    declaration,
  );
});
afterAll(() => listening.close());
beforeEach(() => {
  iam = recordingAuthorizer();
});

const item = (id: string, at: number, more = {}) => ({ id: { S: id }, at: { N: String(at) }, ...more });
const asked = () => iam.calls.map(({ action, resource }) => [action, resource]);

describe('DynamoDB', () => {
  it('keeps binary attributes, answers queries on an index, and refuses a failed condition', async () => {
    const sealed = Buffer.from([0, 255, 7]);
    await client.send(
      new PutItemCommand({
        TableName: 'reads',
        Item: item('a', 1, { sealed: { B: sealed }, place: { S: 'p' } }),
      }),
    );
    const got = await client.send(
      new GetItemCommand({ TableName: 'reads', Key: item('a', 1), ConsistentRead: true }),
    );
    expect(Buffer.from(got.Item?.sealed?.B ?? [])).toEqual(sealed);
    const found = await client.send(
      new QueryCommand({
        TableName: 'reads',
        IndexName: 'by-place',
        KeyConditionExpression: 'place = :p',
        ExpressionAttributeValues: { ':p': { S: 'p' } },
      }),
    );
    expect(found.Items).toHaveLength(1);
    const again = new PutItemCommand({
      TableName: 'reads',
      Item: item('a', 1),
      ConditionExpression: 'attribute_not_exists(id)',
    });
    await expect(client.send(again)).rejects.toBeInstanceOf(ConditionalCheckFailedException);
  });

  it("asks IAM for the operation on the table, and for the table key's decryption through DynamoDB", async () => {
    await client.send(new GetItemCommand({ TableName: 'reads', Key: item('a', 1) }));
    expect(iam.calls).toEqual([
      { caller: testCredentials.caller, action: 'dynamodb:GetItem', resource: tableArn('reads') },
      {
        caller: testCredentials.caller,
        action: 'kms:Decrypt',
        resource: keyArn,
        context: {
          'kms:ViaService': 'dynamodb.us-east-2.amazonaws.com',
          'kms:EncryptionContext:aws:dynamodb:tableName': 'reads',
          'kms:EncryptionContext:aws:dynamodb:subscriberId': '000000000000',
        },
      },
    ]);
  });

  it('asks for the index, not the table, when an index is queried', async () => {
    await client.send(
      new QueryCommand({
        TableName: 'plain',
        IndexName: 'by-place',
        KeyConditionExpression: 'place = :p',
        ExpressionAttributeValues: { ':p': { S: 'p' } },
      }),
    );
    expect(asked()).toEqual([['dynamodb:Query', `${tableArn('plain')}/index/by-place`]]);
  });

  it('asks for BatchWriteItem on each table of a batch', async () => {
    const put = { PutRequest: { Item: item('b', 1) } };
    await client.send(new BatchWriteItemCommand({ RequestItems: { plain: [put], reads: [put] } }));
    expect(asked()).toEqual([
      ['dynamodb:BatchWriteItem', tableArn('plain')],
      ['dynamodb:BatchWriteItem', tableArn('reads')],
      ['kms:Decrypt', keyArn],
    ]);
  });

  it('asks for the action of each item of a transaction, and runs it all or not at all', async () => {
    const transaction = new TransactWriteItemsCommand({
      TransactItems: [
        { Put: { TableName: 'plain', Item: item('t', 1) } },
        { Put: { TableName: 'plain', Item: item('t', 2) } },
        { Delete: { TableName: 'plain', Key: item('t', 3) } },
        {
          ConditionCheck: {
            TableName: 'plain',
            Key: item('missing', 1),
            ConditionExpression: 'attribute_exists(id)',
          },
        },
      ],
    });
    await expect(client.send(transaction)).rejects.toBeInstanceOf(TransactionCanceledException);
    expect(asked()).toEqual([
      ['dynamodb:PutItem', tableArn('plain')],
      ['dynamodb:DeleteItem', tableArn('plain')],
      ['dynamodb:ConditionCheckItem', tableArn('plain')],
    ]);
    const got = await client.send(new GetItemCommand({ TableName: 'plain', Key: item('t', 1) }));
    expect(got.Item).toBeUndefined();
  });

  it.each(['dynamodb:PutItem', 'kms:Decrypt'])('stores nothing when %s is refused', async (action) => {
    iam.refuse(action);
    const put = new PutItemCommand({ TableName: 'reads', Item: item('refused', 1) });
    await expect(client.send(put)).rejects.toMatchObject({ name: 'AccessDeniedException' });
    const stored = await dynamodb.dump('reads');
    expect(stored.filter(({ id }) => id?.S === 'refused')).toEqual([]);
  });

  it('does not let a caller make tables: those come from the template', async () => {
    const create = new CreateTableCommand({
      TableName: 'other',
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      BillingMode: 'PAY_PER_REQUEST',
    });
    await expect(client.send(create)).rejects.toMatchObject({
      name: 'UnknownOperationException',
      message: 'the local dynamodb does not model CreateTable',
    });
  });

  it('describes a table without its key, and answers ResourceNotFoundException for a table that is not there', async () => {
    await client.send(new DescribeTableCommand({ TableName: 'reads' }));
    expect(asked()).toEqual([['dynamodb:DescribeTable', tableArn('reads')]]);
    await expect(
      client.send(new GetItemCommand({ TableName: 'nowhere', Key: item('a', 1) })),
    ).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    });
  });

  it('deletes what is past its time to live on the virtual clock, and nothing else', async () => {
    const put = (id: string, more: object) =>
      client.send(new PutItemCommand({ TableName: 'reads', Item: item(id, 9, more) }));
    await put('due', { expiresAt: { N: '1000' } });
    await put('later', { expiresAt: { N: '3000' } });
    await put('never', {});
    expect(await dynamodb.expire(2_000_000)).toBe(1);
    const left = (await dynamodb.dump('reads')).filter(({ at }) => at?.N === '9').map(({ id }) => id?.S);
    expect(left.sort()).toEqual(['later', 'never']);
  });

  it('sees at its next look what was written since, even when nothing was due before', async () => {
    await dynamodb.expire(10_000_000);
    expect(await dynamodb.expire(10_000_000)).toBe(0);
    const Item = item('short', 10, { expiresAt: { N: '10001' } });
    await client.send(new PutItemCommand({ TableName: 'reads', Item }));
    expect(await dynamodb.expire(10_001_000)).toBe(0);
    expect(await dynamodb.expire(10_002_000)).toBe(1);
    expect((await dynamodb.dump('reads')).filter(({ id }) => id?.S === 'short')).toEqual([]);
  });

  it('dumps every item of a table, beyond one page', async () => {
    const big = { B: Buffer.alloc(300_000, 1) };
    for (let i = 0; i < 5; i++) {
      await client.send(new PutItemCommand({ TableName: 'plain', Item: item('page', i, { big }) }));
    }
    const dumped = (await dynamodb.dump('plain')).filter(({ id }) => id?.S === 'page');
    expect(dumped.map(({ at }) => at?.N)).toEqual(['0', '1', '2', '3', '4']);
  });
});
