import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { GetObjectCommand, ListObjectsV2Command, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import type { Caller } from '../../../local/aws/caller';
import { AwsError } from '../../../local/aws/errors';
import { type Listening, listen, readBody } from '../../../local/aws/http';
import { anonymous, jsonProtocol } from '../../../local/aws/json-protocol';
import { authenticate } from '../../../local/aws/sigv4';
import { clientConfig, fixedClock, testCredentials } from '../support';

const open: Listening[] = [];
afterEach(async () => {
  for (const server of open.splice(0)) await server.close();
});

async function serve(handler: Parameters<typeof listen>[0]): Promise<string> {
  const server = await listen(handler);
  open.push(server);
  return server.url;
}

const tables = (run: (input: Record<string, unknown>, caller: Caller) => unknown, clock = fixedClock()) =>
  serve(
    jsonProtocol({
      service: 'dynamodb',
      version: '1.0',
      operations: { ListTables: run },
      credentials: testCredentials.source,
      clock,
      unsigned: new Set(['Ping']),
    }),
  );

const target = (operation: string) => ({ 'x-amz-target': `DynamoDB_20120810.${operation}` });

describe('the JSON protocol', () => {
  it("hands an operation the official client's input and the role that signed it", async () => {
    const seen: unknown[] = [];
    const url = await tables((input, caller) => {
      seen.push(input, caller.roleArn);
      return { TableNames: ['Reads'] };
    });
    const output = await new DynamoDBClient(clientConfig(url)).send(new ListTablesCommand({ Limit: 7 }));
    expect(output.TableNames).toEqual(['Reads']);
    expect(seen).toEqual([{ Limit: 7 }, 'arn:aws:iam::000000000000:role/test-role']);
  });

  it("turns an operation's refusal into the exception of the same name at the client", async () => {
    const url = await tables(() => {
      throw new AwsError('AccessDeniedException', 'no policy allows it');
    });
    await expect(new DynamoDBClient(clientConfig(url)).send(new ListTablesCommand({}))).rejects.toMatchObject(
      {
        name: 'AccessDeniedException',
        message: 'no policy allows it',
      },
    );
  });

  it('answers 500 InternalFailure with the cause when the service itself breaks', async () => {
    const url = await tables(() => {
      throw new TypeError('a bug');
    });
    await expect(new DynamoDBClient(clientConfig(url)).send(new ListTablesCommand({}))).rejects.toMatchObject(
      {
        name: 'InternalFailure',
        message: expect.stringContaining('a bug'),
        $metadata: { httpStatusCode: 500 },
      },
    );
  });

  it('says which operation it does not model', async () => {
    const url = await serve(
      jsonProtocol({
        service: 'dynamodb',
        version: '1.0',
        operations: {},
        credentials: testCredentials.source,
        clock: fixedClock(),
      }),
    );
    await expect(new DynamoDBClient(clientConfig(url)).send(new ListTablesCommand({}))).rejects.toMatchObject(
      {
        name: 'UnknownOperationException',
        message: 'the local dynamodb does not model ListTables',
      },
    );
  });

  it('does not take inherited names such as constructor for operations', async () => {
    const url = await serve(
      jsonProtocol({
        service: 'cognito',
        version: '1.1',
        operations: {},
        credentials: testCredentials.source,
        clock: fixedClock(),
        unsigned: new Set(['constructor']),
      }),
    );
    const res = await fetch(url, { method: 'POST', headers: target('constructor'), body: '{}' });
    expect(await res.json()).toMatchObject({ __type: 'UnknownOperationException' });
  });

  it('lets only the operations named as unsigned be called without a signature', async () => {
    const callers: Caller[] = [];
    const keep = (_input: unknown, caller: Caller) => void callers.push(caller);
    const url = await serve(
      jsonProtocol({
        service: 'cognito',
        version: '1.1',
        operations: { Open: keep, Closed: keep },
        credentials: testCredentials.source,
        clock: fixedClock(),
        unsigned: new Set(['Open']),
      }),
    );
    const call = (operation: string) =>
      fetch(url, { method: 'POST', headers: target(operation), body: '{}' });
    expect((await call('Open')).status).toBe(200);
    expect((await call('Closed')).status).toBe(403);
    expect(callers).toEqual([anonymous]);
  });

  it('refuses a body that is not a JSON object', async () => {
    const url = await serve(
      jsonProtocol({
        service: 'cognito',
        version: '1.1',
        operations: { Open: () => ({}) },
        credentials: testCredentials.source,
        clock: fixedClock(),
        unsigned: new Set(['Open']),
      }),
    );
    for (const body of ['[]', 'null', '{', '"x"']) {
      const res = await fetch(url, { method: 'POST', headers: target('Open'), body });
      expect(await res.json()).toMatchObject({ __type: 'SerializationException' });
    }
  });
});

describe('signature checks', () => {
  it('refuse a key that was never issued', async () => {
    const url = await tables(() => ({}));
    const client = new DynamoDBClient({
      ...clientConfig(url),
      credentials: { accessKeyId: 'AKIDSTRANGER', secretAccessKey: 'test-secret' },
    });
    await expect(client.send(new ListTablesCommand({}))).rejects.toMatchObject({
      name: 'UnrecognizedClientException',
    });
  });

  it('refuse a wrong secret', async () => {
    const url = await tables(() => ({}));
    const client = new DynamoDBClient({
      ...clientConfig(url),
      credentials: { accessKeyId: testCredentials.keys.accessKeyId, secretAccessKey: 'another' },
    });
    await expect(client.send(new ListTablesCommand({}))).rejects.toMatchObject({
      name: 'SignatureDoesNotMatch',
    });
  });

  it('refuse temporary credentials without their session token, and take them with it', async () => {
    const { caller, keys } = testCredentials;
    const source = {
      find: () => ({ secretAccessKey: keys.secretAccessKey, sessionToken: 'token-1', caller }),
    };
    const url = await serve(
      jsonProtocol({
        service: 'dynamodb',
        version: '1.0',
        operations: { ListTables: () => ({ TableNames: [] }) },
        credentials: source,
        clock: fixedClock(),
      }),
    );
    const list = (credentials: { accessKeyId: string; secretAccessKey: string; sessionToken?: string }) =>
      new DynamoDBClient({ ...clientConfig(url), credentials }).send(new ListTablesCommand({}));
    await expect(list(keys)).rejects.toMatchObject({ name: 'UnrecognizedClientException' });
    await expect(list({ ...keys, sessionToken: 'token-2' })).rejects.toMatchObject({
      name: 'UnrecognizedClientException',
    });
    await expect(list({ ...keys, sessionToken: 'token-1' })).resolves.toMatchObject({ TableNames: [] });
  });

  it('refuse a request signed more than 15 minutes away, until the client has taken over the virtual time', async () => {
    const clock = fixedClock(Date.now() + 31 * 24 * 3600 * 1000);
    const url = await tables(() => ({ TableNames: [] }), clock);
    const once = new DynamoDBClient({ ...clientConfig(url), maxAttempts: 1 });
    await expect(once.send(new ListTablesCommand({}))).rejects.toMatchObject({
      name: 'RequestTimeTooSkewed',
    });
    await expect(once.send(new ListTablesCommand({}))).resolves.toMatchObject({ TableNames: [] });
  });

  it('refuse a body changed on its way', async () => {
    const clock = fixedClock();
    const url = await serve((req, res) => {
      readBody(req, 1000).then((body) => {
        body[0] = 0x20;
        try {
          authenticate(
            { method: 'POST', url: req.url ?? '', headers: req.headers, body },
            testCredentials.source,
            clock,
          );
          res.end('{}');
        } catch (error) {
          res.writeHead(403).end(JSON.stringify({ __type: error instanceof AwsError ? error.code : 'bug' }));
        }
      });
    });
    await expect(new DynamoDBClient(clientConfig(url)).send(new ListTablesCommand({}))).rejects.toMatchObject(
      {
        name: 'XAmzContentSHA256Mismatch',
      },
    );
  });

  it('hold for paths and queries as the official S3 and Lambda clients encode them', async () => {
    const clock = fixedClock();
    const paths: string[] = [];
    const url = await serve((req, res) => {
      readBody(req, 10_000).then((body) => {
        const request = { method: req.method ?? '', url: req.url ?? '', headers: req.headers, body };
        try {
          authenticate(request, testCredentials.source, clock);
          paths.push(req.url ?? '');
          res.end('');
        } catch (error) {
          res.writeHead(403).end(String(error));
        }
      });
    });
    const s3 = new S3Client({ ...clientConfig(url), forcePathStyle: true });
    const at = { Bucket: 'frames', Key: "2026/a b+c'(é)*~/./x//y.jpg" };
    await s3.send(new PutObjectCommand({ ...at, Body: 'hello' }));
    await s3.send(new PutObjectCommand({ ...at, Body: Buffer.alloc(5000, 7), ChecksumAlgorithm: 'SHA256' }));
    await s3.send(new GetObjectCommand({ ...at, VersionId: 'a+b/c=' }));
    await s3.send(
      new ListObjectsV2Command({ Bucket: 'frames', Prefix: 'ä ö+/&=', ContinuationToken: '1/x==' }),
    );
    const lambda = new LambdaClient(clientConfig(url));
    await lambda.send(
      new InvokeCommand({ FunctionName: 'arn:aws:lambda:us-east-2:0:function:f', Payload: Buffer.from('1') }),
    );
    expect(paths).toHaveLength(5);
  });

  it.each([
    ['no Authorization header', {}, 'MissingAuthenticationToken'],
    ['another scheme', { authorization: 'Bearer x' }, 'IncompleteSignature'],
    [
      'a signature that does not cover the host',
      {
        authorization: `AWS4-HMAC-SHA256 Credential=A/20260101/us-east-2/s3/aws4_request, SignedHeaders=x-amz-date, Signature=${'0'.repeat(64)}`,
      },
      'IncompleteSignature',
    ],
  ])('refuse %s', (_title, headers, code) => {
    const request = { method: 'GET', url: '/', headers, body: Buffer.alloc(0) };
    expect(() => authenticate(request, testCredentials.source, fixedClock())).toThrow(
      expect.objectContaining({ code }),
    );
  });
});

describe('the HTTP face', () => {
  it('stops reading a body at its limit', async () => {
    const url = await serve((req, res) => {
      readBody(req, 10).catch((error: unknown) => {
        res.writeHead(error instanceof AwsError ? error.statusCode : 500, { connection: 'close' }).end();
      });
    });
    expect((await fetch(url, { method: 'POST', body: 'x'.repeat(11) })).status).toBe(413);
  });
});
