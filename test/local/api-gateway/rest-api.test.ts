import { request } from 'node:http';
import { AwsError } from '../../../local/aws/errors';
import { functionArn, ok, poolArn, type RunningApi, startApi, strangeKeys, token } from './api-fixture';

let api: RunningApi;
afterEach(() => api.close());

const bearer = (claims?: Readonly<Record<string, unknown>>) => `Bearer ${token(api.clock.now(), claims)}`;
const search = (body: string, headers: Record<string, string> = {}) =>
  api.fetch('/searches', {
    method: 'POST',
    body,
    headers: { authorization: bearer(), 'content-type': 'application/json', ...headers },
  });

describe('the proxy event', () => {
  it('has the shape of a REST API event, claims as text', async () => {
    api = await startApi();
    api.clock.set(Date.UTC(2026, 10, 3, 17, 33, 26, 5));

    await api.fetch('/searches?page=1&tag=a&tag=b', {
      method: 'POST',
      body: '{"plate":"TEST123"}',
      headers: { authorization: bearer(), 'content-type': 'application/json', 'user-agent': 'test/1' },
    });

    expect(api.invocations).toHaveLength(1);
    expect(api.invocations[0]).toEqual({
      functionArn,
      principal: 'apigateway.amazonaws.com',
      sourceArn: `arn:aws:execute-api:us-east-2:000000000000:${api.apiId}/v1/POST/searches`,
      payload: {
        resource: '/searches',
        path: '/searches',
        httpMethod: 'POST',
        headers: expect.objectContaining({
          Host: '127.0.0.1',
          'X-Forwarded-For': '127.0.0.1',
          'X-Forwarded-Proto': 'https',
          'content-type': 'application/json',
        }),
        multiValueHeaders: expect.objectContaining({ 'X-Forwarded-Port': ['443'], 'user-agent': ['test/1'] }),
        queryStringParameters: { page: '1', tag: 'b' },
        multiValueQueryStringParameters: { page: ['1'], tag: ['a', 'b'] },
        pathParameters: null,
        stageVariables: { colour: 'blue' },
        requestContext: expect.objectContaining({
          apiId: api.apiId,
          stage: 'v1',
          path: `/${api.apiId}/v1/searches`,
          resourcePath: '/searches',
          operationName: 'search-reads',
          httpMethod: 'POST',
          protocol: 'HTTP/1.1',
          accountId: '000000000000',
          requestTime: '03/Nov/2026:17:33:26 +0000',
          requestTimeEpoch: 1793727206005,
          authorizer: {
            claims: expect.objectContaining({
              username: 'made.up',
              'cognito:groups': 'lieutenant,officer',
              iat: 'Tue Nov 03 17:33:26 UTC 2026',
              exp: 'Tue Nov 03 18:33:26 UTC 2026',
              auth_time: '1793727206',
            }),
          },
          identity: expect.objectContaining({ sourceIp: '127.0.0.1', userAgent: 'test/1', user: null }),
        }),
        body: '{"plate":"TEST123"}',
        isBase64Encoded: false,
      },
    });
    expect(JSON.stringify(api.invocations)).not.toMatch(/content-length/i);
  });

  it('hands over parameters that are called as what every object has', async () => {
    api = await startApi();

    await api.fetch('/images/latest?constructor=a&__proto__=b&constructor=c');

    expect(JSON.stringify(api.invocations[0]?.payload)).toContain(
      '"multiValueQueryStringParameters":{"constructor":["a","c"],"__proto__":["b"]}',
    );
  });

  it('names what is absent null, and no authorizer where the method has none', async () => {
    api = await startApi();

    await api.fetch('/images/latest');

    expect(api.invocations[0]?.payload).toMatchObject({
      queryStringParameters: null,
      multiValueQueryStringParameters: null,
      pathParameters: null,
      body: null,
      isBase64Encoded: false,
    });
    expect(api.invocations[0]).not.toHaveProperty('payload.requestContext.authorizer');
  });

  it('carries a path parameter, and the source ARN keeps the name of it', async () => {
    api = await startApi();

    await api.fetch('/images/a%20b?size=1');

    expect(api.invocations[0]).toMatchObject({
      sourceArn: `arn:aws:execute-api:us-east-2:000000000000:${api.apiId}/v1/GET/images/{token}`,
      payload: { resource: '/images/{token}', path: '/images/a b', pathParameters: { token: 'a b' } },
    });
  });

  it('carries a body of a binary media type as base64', async () => {
    api = await startApi();

    await api.fetch('/images/latest', {
      method: 'PUT',
      body: new Uint8Array([255, 216, 0]),
      headers: { 'content-type': 'image/jpeg' },
    });

    expect(api.invocations[0]?.payload).toMatchObject({ body: '/9gA', isBase64Encoded: true });
  });

  it('also finds the API by its host name, as AWS does', async () => {
    api = await startApi();
    const status = await new Promise((resolve) => {
      const host = `${api.apiId}.execute-api.us-east-2.amazonaws.com`;
      request(`${api.url}/v1/images/latest`, { headers: { host } }, (res) => {
        res.resume();
        resolve(res.statusCode);
      }).end();
    });

    expect(status).toBe(200);
  });
});

describe('the reply', () => {
  it('carries status, repeated headers and body of the function', async () => {
    api = await startApi({
      handler: () =>
        ok({
          statusCode: '201',
          headers: { 'Cache-Control': 'no-store', Server: 'mine' },
          multiValueHeaders: { 'Set-Cookie': ['a=1', 'b=2'] },
          body: '{"a":1}',
        }),
    });

    const reply = await api.fetch('/images/latest');

    expect(reply.status).toBe(201);
    expect(reply.headers.getSetCookie()).toEqual(['a=1', 'b=2']);
    expect(reply.headers.get('cache-control')).toBe('no-store');
    expect(reply.headers.get('content-type')).toBe('application/json');
    expect(reply.headers.get('x-amzn-remapped-server')).toBe('mine');
    expect(reply.headers.get('x-amzn-requestid')).toMatch(/^[0-9a-f-]{36}$/);
    expect(await reply.text()).toBe('{"a":1}');
  });

  it.each([
    ['decodes an image for a client that accepts its type first', 'image/jpeg, */*', [255, 216, 0]],
    ['leaves it base64 text for any other client', '*/*', [...Buffer.from('/9gA')]],
  ])('%s', async (_what, accept, bytes) => {
    api = await startApi({
      handler: () =>
        ok({
          statusCode: 200,
          headers: { 'content-type': 'image/jpeg' },
          body: '/9gA',
          isBase64Encoded: true,
        }),
    });

    const reply = await api.fetch('/images/latest', { headers: { accept } });

    expect([...new Uint8Array(await reply.arrayBuffer())]).toEqual(bytes);
  });

  it.each([
    ['fails', { kind: 'function-error', errorType: 'Error', errorMessage: 'secret' } as const],
    ['answers no status', ok({ body: '{}' })],
    ['answers a body that is not text', ok({ statusCode: 200, body: { a: 1 } })],
    ['answers a key that proxies do not know', ok({ statusCode: 200, cookies: [] })],
  ])('is 502 without details when the function %s', async (_what, result) => {
    api = await startApi({ handler: () => result });

    const reply = await api.fetch('/images/latest');

    expect(reply.status).toBe(502);
    expect(await reply.text()).toBe('{"message":"Internal server error"}');
  });

  it('is 500 when the function does not let the API call it', async () => {
    api = await startApi({
      handler: () => {
        throw new AwsError('AccessDeniedException', 'no', 403);
      },
    });

    const reply = await api.fetch('/images/latest');

    expect(reply.status).toBe(500);
    expect(api.lines()).toMatchObject([{ error: 'API_CONFIGURATION_ERROR' }]);
  });

  it('is 504 when the function takes longer than the integration waits', async () => {
    api = await startApi({
      integration: { TimeoutInMillis: 60 },
      handler: () => new Promise(() => undefined),
    });

    const reply = await api.fetch('/images/latest');

    expect(reply.status).toBe(504);
    expect(await reply.json()).toEqual({ message: 'Endpoint request timed out' });
  });
});

describe('the authorizer', () => {
  const get = (authorization: string) => api.fetch('/searches', { headers: { authorization } });
  const post = (authorization: string) => search('{"plate":"TEST123"}', { authorization });
  const idToken = { token_use: 'id', scope: undefined, aud: 'client', 'cognito:username': 'made.up' };

  it.each([
    ['an access token with the scope', () => bearer(), 200],
    ['the bare token', () => token(api.clock.now()), 200],
    ['an access token without the scope', () => bearer({ scope: 'aws.cognito.signin.user.admin' }), 403],
    ['a scope that only begins like it', () => bearer({ scope: 'platekeeper/api-more' }), 403],
    ['an ID token', () => bearer(idToken), 401],
    ['an ID token that says the scope', () => bearer({ ...idToken, scope: 'platekeeper/api' }), 401],
    ['no token', () => '', 401],
    ['a token of a stranger’s key', () => `Bearer ${token(api.clock.now(), {}, strangeKeys)}`, 401],
    ['a token of another pool', () => bearer({ iss: 'https://other' }), 401],
    ['a token that has expired', () => bearer({ exp: Math.floor(api.clock.now() / 1000) }), 401],
    ['words', () => 'Bearer not.a.token', 401],
  ])('answers %s on a method with scopes', async (_what, authorization, status) => {
    api = await startApi();

    expect((await post(authorization())).status).toBe(status);
    expect(api.invocations).toHaveLength(status === 200 ? 1 : 0);
  });

  it('takes ID tokens, and no access tokens, on a method without scopes', async () => {
    api = await startApi();

    expect((await get(bearer(idToken))).status).toBe(200);
    expect((await get(bearer())).status).toBe(401);
  });

  it('says that a token has expired, in the API’s own words and headers', async () => {
    api = await startApi();
    const authorization = bearer();
    api.clock.advance(3600_000);

    const reply = await search('{"plate":"TEST123"}', { authorization, origin: 'https://a.example' });

    expect(reply.status).toBe(401);
    expect(reply.headers.get('content-type')).toBe('application/problem+json');
    expect(reply.headers.get('access-control-allow-origin')).toBe('https://a.example');
    expect(reply.headers.get('x-amzn-errortype')).toBe('UnauthorizedException');
    expect(await reply.json()).toEqual({
      title: 'The incoming token has expired',
      instance: reply.headers.get('x-amzn-requestid'),
    });
  });

  it('refuses a token signed with no algorithm', async () => {
    api = await startApi();
    const [, payload] = token(api.clock.now()).split('.');
    const unsigned = `${Buffer.from('{"alg":"none","kid":"x"}').toString('base64url')}.${payload}.`;

    expect((await post(unsigned)).status).toBe(401);
  });
});

describe('validation', () => {
  it.each([
    ['a body that fits the model', '{"plate":"TEST123","camera":"c1"}', 200],
    ['no body', '', 400],
    ['a body that is not JSON', '{', 400],
    ['a missing property', '{}', 400],
    ['a property too many', '{"plate":"TEST123","x":1}', 400],
    ['a value against the pattern', '{"plate":"test"}', 400],
    ['a number against draft 4’s exclusive minimum', '{"plate":"TEST123","since":0}', 400],
    ['a value against a model that the model refers to', '{"plate":"TEST123","camera":"too-long"}', 400],
  ])('answers %s', async (_what, body, status) => {
    api = await startApi();

    const reply = await search(body);

    expect(reply.status).toBe(status);
    if (status === 400) expect(await reply.json()).toEqual({ message: 'Invalid request body' });
  });

  it('does not look at a body whose content type has no model', async () => {
    api = await startApi();

    expect((await search('{}', { 'content-type': 'text/plain' })).status).toBe(200);
  });

  it('names the query parameters that are missing', async () => {
    api = await startApi();

    const reply = await api.fetch('/images/x');

    expect(reply.status).toBe(400);
    expect(await reply.json()).toEqual({ message: 'Missing required request parameters: [size]' });
  });

  it('shows what the client sent to a log that asks for the validator’s words', async () => {
    api = await startApi({ format: '$context.error.validationErrorString' });

    await search('{"plate":"test123"}');

    expect(api.accessLog[0]?.line).toBe(
      '[ECMA 262 regex "^[A-Z0-9]+$" does not match input string "test123"]',
    );
  });

  it('refuses more than 10 MB before it authorizes', async () => {
    api = await startApi();

    const reply = await search('x'.repeat(10 * 1024 * 1024 + 1), { authorization: '' });

    expect(reply.status).toBe(413);
    expect(await reply.json()).toEqual({ message: 'Request Too Long' });
  });
});

describe('routing', () => {
  it.each([
    ['GET', '/nowhere'],
    ['DELETE', '/searches'],
    ['GET', '/images'],
    ['GET', '/images/a/b'],
    ['GET', '/'],
    ['GET', '/late'],
  ])('answers %s %s as AWS answers a path that is not deployed', async (method, path) => {
    api = await startApi();

    const reply = await api.fetch(path, { method });

    expect(reply.status).toBe(403);
    expect(reply.headers.get('x-amzn-errortype')).toBe('MissingAuthenticationTokenException');
    expect(await reply.json()).toEqual({ message: 'Missing Authentication Token' });
  });

  it('prefers a fixed part of a path to a parameter', async () => {
    api = await startApi();

    await api.fetch('/images/latest');

    expect(api.invocations[0]?.payload).toMatchObject({ resource: '/images/latest' });
  });

  it('forbids an API or a stage that is not there', async () => {
    api = await startApi();

    expect((await fetch(`${api.url}/${api.apiId}/v2/searches`)).status).toBe(403);
    expect((await fetch(`${api.url}/other/v1/searches`)).status).toBe(403);
  });
});

describe('a preflight', () => {
  it.each([
    ['the first origin', 'https://a.example', 'https://a.example'],
    ['the second origin', 'https://b.example', 'https://b.example'],
    ['a stranger', 'https://c.example', 'https://a.example'],
  ])('answers %s without calling a function', async (_who, origin, allowed) => {
    api = await startApi();

    const reply = await api.fetch('/searches', { method: 'OPTIONS', headers: { origin } });

    expect(reply.status).toBe(204);
    expect(reply.headers.get('access-control-allow-origin')).toBe(allowed);
    expect(reply.headers.get('access-control-allow-methods')).toBe('GET,POST');
    expect(api.invocations).toEqual([]);
  });
});

describe('the access log', () => {
  it('has one line for each request, refused ones too', async () => {
    api = await startApi();

    await search('{"plate":"TEST123"}', { 'user-agent': 'a"b' });
    await search('{"plate":"TEST123"}', { authorization: 'x', 'user-agent': 'c' });

    expect(api.lines()).toEqual([
      { path: `/${api.apiId}/v1/searches`, status: '200', error: '-', agent: 'a"b', user: 'made.up' },
      { path: `/${api.apiId}/v1/searches`, status: '401', error: 'UNAUTHORIZED', agent: 'c', user: '-' },
    ]);
    expect(api.accessLog[0]).toMatchObject({
      destinationArn: 'arn:aws:logs:us-east-2:000000000000:log-group:access',
      atMs: api.clock.now(),
    });
  });
});

describe('the template', () => {
  it('gives the stage’s throttling as a fact', async () => {
    api = await startApi();

    expect(api.gateway.stageSettings[0]?.MethodSettings).toEqual([
      { HttpMethod: '*', ResourcePath: '/*', ThrottlingBurstLimit: 10 },
    ]);
  });

  it.each([
    ['Authorizer', { Name: 'x', Type: 'REQUEST', ProviderARNs: [poolArn], IdentitySource: 'x' }, 'Type'],
    ['Resource', { ParentId: 'x', PathPart: 'y', Colour: 'z' }, 'Colour'],
    ['Stage', { StageName: 'x', DeploymentId: 'y', CanarySetting: {} }, 'CanarySetting'],
  ])('is refused for a %s with what is not modelled', async (type, properties, named) => {
    api = await startApi();

    await expect(api.make(type, 'Odd', properties)).rejects.toThrow(
      new RegExp(`^AWS::ApiGateway::${type} Odd: the local system does not model .*${named}`),
    );
  });

  it('is refused for a preflight in a Velocity that nobody here reads', async () => {
    api = await startApi();
    const { make } = api;
    const resource = await make('Resource', 'Odd', { ParentId: 'x', PathPart: 'odd' });
    await make('Method', 'OddMethod', {
      ResourceId: resource.physicalId,
      HttpMethod: 'OPTIONS',
      AuthorizationType: 'NONE',
      Integration: { Type: 'MOCK', RequestTemplates: { 'application/json': '#if(true) x #end' } },
    });
    const deployment = await make('Deployment', 'Second', {});

    await expect(
      make('Stage', 'SecondStage', { StageName: 'v2', DeploymentId: deployment.physicalId }),
    ).rejects.toThrow();
  });
});
