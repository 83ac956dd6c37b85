import {
  CognitoIdentityProviderClient,
  DescribeUserPoolClientCommand,
  InitiateAuthCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { ScanCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { Secret, TOTP } from 'otpauth';
import { parseEvent } from '../../core/audit/event';
import { type LocalSystem, startSystem } from '../../local/system';
import { enrolPerson } from '../../scripts/operate/enrol-person';
import { signIn } from '../../scripts/sign-in/sign-in';
import { type Clients, clientsFor, output } from '../../scripts/start/clients';
import { physicalName } from '../../scripts/start/resources';
import { takenOn } from '../core/people/made-record';
import { assembly } from '../support/assembly';

jest.setTimeout(180_000);

const username = 'made-up.chief';
let system: LocalSystem;
let operator: Clients;
let totpSecret = '';
beforeAll(async () => {
  system = await startSystem({ assembly: await assembly(), startAt: Date.parse('2026-11-24T12:00:00Z') });
  operator = clientsFor(system, system.operator);
  await enrolPerson(operator, places(), {
    username,
    role: 'chief',
    agency: 'bloomington-pd',
    division: 'cid-command',
    sworn: true,
    training: takenOn('2026-06-30'),
    email: 'made.up@example.test',
  });
});
afterAll(() => system.stop());

it('lets a person in by the mailed password, a new one and an authenticator, and gives tokens that say who it is [Access-C]', async () => {
  const [invitation] = system.sinks.invitations;
  expect(invitation).toMatchObject({ email: 'made.up@example.test', subject: 'Your Platekeeper account' });
  const { accessToken } = await signInBy('ConsoleClientId', invitation?.temporaryPassword ?? '');
  expect(claimsOf(accessToken)).toMatchObject({
    username,
    client_id: output(system, 'ConsoleClientId'),
    scope: 'aws.cognito.signin.user.admin platekeeper/api',
    role: 'chief',
    division: 'cid-command',
    sworn: true,
    agency: 'bloomington-pd',
    origin_jti: expect.any(String),
    auth_time: expect.any(Number),
  });
});

it('has each sign-in in the audit log, and remembers the last [Acct-D]', async () => {
  await anHourLater();
  await signInBy('MobileClientId', lasting);
  const events = (await rows('AuditEvents')).map(({ event }) => parseEvent(JSON.parse(event?.S ?? '')));
  const signedIn = events.filter(({ kind }) => kind === 'signed-in').sort((a, b) => a.atMs - b.atMs);
  expect(signedIn).toMatchObject([
    { actor: { kind: 'person', username }, client: output(system, 'ConsoleClientId') },
    { actor: { kind: 'person', username }, client: output(system, 'MobileClientId') },
  ]);
  expect(await rows('AccessSessions')).toMatchObject([
    { username: { S: username }, session: { S: 'LAST' }, lastUsedMs: { N: String(signedIn[1]?.atMs) } },
  ]);
});

it('opens nothing by the refreshed token of somebody who was suspended since [Acct-C]', async () => {
  await anHourLater();
  const { refreshToken } = await signInBy('ConsoleClientId', lasting);
  await operator.dynamodb.send(
    new UpdateItemCommand({
      TableName: output(system, 'PeopleTable'),
      Key: { username: { S: username } },
      UpdateExpression: 'SET suspended = :yes',
      ExpressionAttributeValues: { ':yes': { BOOL: true } },
    }),
  );
  const { AuthenticationResult } = await operator.cognito.send(
    new InitiateAuthCommand({
      ClientId: output(system, 'ConsoleClientId'),
      AuthFlow: 'REFRESH_TOKEN_AUTH',
      AuthParameters: { REFRESH_TOKEN: refreshToken },
    }),
  );
  const claims = claimsOf(AuthenticationResult?.AccessToken ?? '');
  expect(claims).toMatchObject({ username, scope: 'aws.cognito.signin.user.admin' });
  expect(claims).not.toHaveProperty('role');
});

it('gives the personnel system a token for the feed, and for nothing else [Access-C]', async () => {
  const { body } = await machineToken({});
  expect(claimsOf(String(body.access_token))).toMatchObject({
    client_id: output(system, 'PersonnelFeedClientId'),
    scope: 'platekeeper/personnel',
  });
  expect(claimsOf(String(body.access_token))).not.toHaveProperty('username');
  expect(await machineToken({ scope: 'platekeeper/api' })).toEqual({
    status: 400,
    body: { error: 'invalid_scope' },
  });
});

const lasting = 'Lasting-Made-Up-Pass-22';

function places() {
  return {
    userPoolId: output(system, 'UserPoolId'),
    peopleTable: output(system, 'PeopleTable'),
    auditEventsTable: output(system, 'AuditEventsTable'),
  };
}

/** An authenticator's code is good once. */
function anHourLater() {
  return system.advance(3_600_000);
}

function signInBy(client: 'ConsoleClientId' | 'MobileClientId', password: string) {
  return signIn({
    cognito: publicClient(),
    userPoolId: output(system, 'UserPoolId'),
    clientId: output(system, client),
    username,
    password,
    newPassword: async () => lasting,
    keepSecret: async (secret) => {
      totpSecret = secret;
    },
    code: async () =>
      new TOTP({ secret: Secret.fromBase32(totpSecret) }).generate({ timestamp: system.clock.now() }),
  });
}

/** Nobody's credentials: signing in needs none. */
function publicClient(): CognitoIdentityProviderClient {
  const endpoint = system.endpointsFor(system.operator).AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER ?? '';
  const credentials = { accessKeyId: 'nobody', secretAccessKey: 'nobody' };
  return new CognitoIdentityProviderClient({ region: system.region, endpoint, credentials });
}

async function machineToken(more: Readonly<Record<string, string>>) {
  const ClientId = output(system, 'PersonnelFeedClientId');
  const { UserPoolClient } = await operator.cognito.send(
    new DescribeUserPoolClientCommand({ UserPoolId: output(system, 'UserPoolId'), ClientId }),
  );
  const reply = await fetch(`${output(system, 'SignInUrl')}/oauth2/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${btoa(`${ClientId}:${UserPoolClient?.ClientSecret}`)}` },
    body: new URLSearchParams({ grant_type: 'client_credentials', ...more }),
  });
  return { status: reply.status, body: (await reply.json()) as Record<string, unknown> };
}

async function rows(construct: string) {
  const TableName = physicalName(system, construct);
  const { Items = [] } = await operator.dynamodb.send(new ScanCommand({ TableName }));
  return Items;
}

function claimsOf(token: string): unknown {
  return JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
}
