import {
  DescribeUserPoolClientCommand,
  GetUserCommand,
  InitiateAuthCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { CognitoJwtVerifier } from 'aws-jwt-verify';
import { cognitoModels } from '../../../local/cognito/models';
import { type RunningPool, startPool } from './pool-fixture';
import { provisioner } from './resource';

let pool: RunningPool;
let feed: { readonly id: string; readonly secret: string };
beforeEach(async () => {
  pool = await startPool();
  feed = await machineClient();
});
afterEach(() => pool.close());

it.each([
  ['by Basic authentication', () => basic(feed.id, feed.secret), {}],
  ['in the form', () => undefined, () => ({ client_id: feed.id, client_secret: feed.secret })],
])(
  'a machine that proves itself %s gets an access token of its scope and no user',
  async (_how, header, own) => {
    const reply = await ask(
      {
        grant_type: 'client_credentials',
        scope: 'made-up/feed',
        ...(typeof own === 'function' ? own() : own),
      },
      header(),
    );

    expect(reply).toMatchObject({ status: 200, body: { expires_in: 900, token_type: 'Bearer' } });
    expect(Object.keys(reply.body).sort()).toEqual(['access_token', 'expires_in', 'token_type']);
    const nowS = Math.floor(pool.clock.now() / 1000);
    expect(claimsOf(String(reply.body.access_token))).toEqual({
      sub: feed.id,
      client_id: feed.id,
      token_use: 'access',
      scope: 'made-up/feed',
      iss: `https://cognito-idp.us-east-2.amazonaws.com/${pool.poolId}`,
      auth_time: nowS,
      iat: nowS,
      exp: nowS + 900,
      version: 2,
      jti: expect.any(String),
    });
  },
);

it('gives a machine that names no scope all that its client has', async () => {
  const reply = await ask({ grant_type: 'client_credentials' }, basic(feed.id, feed.secret));

  expect(claimsOf(String(reply.body.access_token)).scope).toBe('made-up/feed made-up/more');
});

it('signs the token with the pool’s own keys', async () => {
  const reply = await ask({ grant_type: 'client_credentials' }, basic(feed.id, feed.secret));
  const verifier = CognitoJwtVerifier.create({
    userPoolId: pool.poolId,
    tokenUse: 'access',
    clientId: feed.id,
  });
  const keys = await fetch(`${pool.url}/${pool.poolId}/.well-known/jwks.json`).then((found) => found.json());
  verifier.cacheJwks(keys as Parameters<typeof verifier.cacheJwks>[0]);

  const claims = await verifier.verify(String(reply.body.access_token), { graceSeconds: 3e9 });

  expect(claims.client_id).toBe(feed.id);
});

it('asks no function of the pool, so that none can widen it', async () => {
  await ask({ grant_type: 'client_credentials' }, basic(feed.id, feed.secret));

  expect(pool.invocations).toEqual([]);
});

it('gives tokens that open none of the users’ own operations', async () => {
  const reply = await ask({ grant_type: 'client_credentials' }, basic(feed.id, feed.secret));

  await expect(
    pool.api.send(new GetUserCommand({ AccessToken: String(reply.body.access_token) })),
  ).rejects.toMatchObject({ name: 'NotAuthorizedException' });
});

it.each([
  ['a wrong secret', () => basic(feed.id, 'wrong'), {}, 'invalid_client'],
  ['a secret of nobody', () => basic('nobody', feed.secret), {}, 'invalid_client'],
  ['a client without a secret', () => basic(pool.clientId, ''), {}, 'invalid_client'],
  ['no proof at all', () => undefined, {}, 'invalid_client'],
  ['another way than Basic', () => 'Bearer x', {}, 'invalid_client'],
  ['Basic without a colon', () => `Basic ${btoa('x')}`, {}, 'invalid_client'],
  ['two names', () => basic(feed.id, feed.secret), { client_id: 'other' }, 'invalid_client'],
  ['two proofs', () => basic(feed.id, feed.secret), { client_secret: 'x' }, 'invalid_request'],
  ['no grant', () => basic(feed.id, feed.secret), { grant_type: undefined }, 'invalid_request'],
  [
    'a grant of people',
    () => basic(feed.id, feed.secret),
    { grant_type: 'password' },
    'unsupported_grant_type',
  ],
  ['a scope of people', () => basic(feed.id, feed.secret), { scope: 'made-up/feed openid' }, 'invalid_scope'],
  ['a scope of others', () => basic(feed.id, feed.secret), { scope: 'made-up/api' }, 'invalid_scope'],
])('refuses %s', async (_what, header, changed, error) => {
  const form: Record<string, string | undefined> = { grant_type: 'client_credentials', ...changed };

  expect(await ask(form, header())).toEqual({ status: 400, body: { error } });
});

it('refuses a form that says one thing twice', async () => {
  const body = 'grant_type=client_credentials&grant_type=client_credentials';

  expect(await post(body, basic(feed.id, feed.secret))).toEqual({
    status: 400,
    body: { error: 'invalid_request' },
  });
});

it('serves nothing else on a domain', async () => {
  const get = await fetch(`${pool.url}/domains/made-up-domain/oauth2/token`);
  const other = await fetch(`${pool.url}/domains/other/oauth2/token`, { method: 'POST' });

  expect([get.status, other.status]).toEqual([404, 404]);
});

it('signs no person in by a confidential client', async () => {
  const start = new InitiateAuthCommand({
    ClientId: feed.id,
    AuthFlow: 'USER_SRP_AUTH',
    AuthParameters: { USERNAME: 'made.up', SRP_A: 'abcdef' },
  });

  await expect(pool.api.send(start)).rejects.toMatchObject({ name: 'NotAuthorizedException' });
});

async function machineClient() {
  const provision = provisioner(cognitoModels(pool.cognito));
  const UserPoolId = pool.poolId;
  const Scopes = ['feed', 'more', 'api'].map((ScopeName) => ({ ScopeName, ScopeDescription: 'made up' }));
  const server = { UserPoolId, Identifier: 'made-up', Name: 'made-up', Scopes };
  await provision('AWS::Cognito::UserPoolResourceServer', 'Server', server);
  await provision('AWS::Cognito::UserPoolDomain', 'Domain', { UserPoolId, Domain: 'made-up-domain' });
  const made = await provision('AWS::Cognito::UserPoolClient', 'Feed', {
    UserPoolId,
    GenerateSecret: true,
    ExplicitAuthFlows: ['ALLOW_REFRESH_TOKEN_AUTH'],
    AllowedOAuthFlowsUserPoolClient: true,
    AllowedOAuthFlows: ['client_credentials'],
    AllowedOAuthScopes: ['made-up/feed', 'made-up/more'],
    AccessTokenValidity: 15,
    TokenValidityUnits: { AccessToken: 'minutes' },
  });
  const { UserPoolClient } = await pool.api.send(
    new DescribeUserPoolClientCommand({ UserPoolId, ClientId: made.physicalId }),
  );
  return { id: made.physicalId, secret: UserPoolClient?.ClientSecret ?? '' };
}

function basic(id: string, secret: string): string {
  return `Basic ${btoa(`${encodeURIComponent(id)}:${encodeURIComponent(secret)}`)}`;
}

function ask(form: Readonly<Record<string, string | undefined>>, authorization: string | undefined) {
  const given = Object.entries(form).flatMap(([name, value]): [string, string][] =>
    value === undefined ? [] : [[name, value]],
  );
  return post(new URLSearchParams(given).toString(), authorization);
}

async function post(body: string, authorization: string | undefined) {
  const reply = await fetch(`${pool.url}/domains/made-up-domain/oauth2/token`, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      ...(authorization === undefined ? {} : { authorization }),
    },
    body,
  });
  return { status: reply.status, body: (await reply.json()) as Record<string, unknown> };
}

function claimsOf(token: string): Record<string, unknown> {
  return JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as Record<
    string,
    unknown
  >;
}
