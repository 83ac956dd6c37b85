import {
  AdminGetUserCommand,
  AdminListGroupsForUserCommand,
  AdminSetUserPasswordCommand,
  ListUsersCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { PutItemCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import { StoredPeople } from '../../../adapters/people/people';
import { rowOf } from '../../../adapters/people/person-row';
import { type AuditEvent, parseEvent } from '../../../core/audit/event';
import { standing } from '../../../core/people/person';
import { enrolPerson, type NewPerson } from '../../../scripts/operate/enrol-person';
import { createTable, startDynamo, type TestDynamo } from '../../adapters/dynoxide';
import { madeConfiguration } from '../../core/contract/made-configuration';
import { madeRecord, takenOn } from '../../core/people/made-record';
import { lastingPassword, type RunningPool, signInBySrp, startPool } from '../../local/cognito/pool-fixture';

jest.setTimeout(30_000);

const nowMs = Date.parse('2026-11-24T12:00:00Z');
const chief: NewPerson = {
  username: 'made-up.chief',
  role: 'chief',
  agency: 'bloomington-pd',
  division: 'cid-command',
  sworn: true,
  training: takenOn('2026-06-30'),
};
let local: TestDynamo;
let pool: RunningPool;
let ids: number;
beforeEach(async () => {
  ids = 0;
  local = await startDynamo();
  await createTable(local.dynamo, { name: 'People', key: [['username', 'S']] });
  await createTable(local.dynamo, { name: 'Duty', key: [['username', 'S']] });
  await createTable(local.dynamo, {
    name: 'Sharing',
    key: [
      ['pk', 'S'],
      ['sk', 'S'],
    ],
  });
  await createTable(local.dynamo, {
    name: 'AuditEvents',
    key: [
      ['hour', 'S'],
      ['at', 'S'],
    ],
  });
  pool = await startPool({ pool: { Schema: [] } });
  pool.cognito.addGroup(pool.poolId, { name: 'chief', description: undefined, precedence: undefined });
});
afterEach(async () => {
  await pool.close();
  await local.stop();
});

it('gives the first Chief access, and a temporary password to be handed over [Access-C] [Training]', async () => {
  const { temporaryPassword } = await enrol(chief);
  expect(await signInBySrp(pool, temporaryPassword ?? '', chief.username)).toMatchObject({
    ChallengeName: 'NEW_PASSWORD_REQUIRED',
  });
  expect(await groups()).toEqual(['chief']);
  expect(standing(await found(), nowMs)).toMatchObject({ kind: 'good', person: { role: 'chief' } });
});

it('has Cognito mail the invitation where there is an address, and sees no password then', async () => {
  expect(await enrol({ ...chief, email: 'made.up@example.test' })).toEqual({});
  expect(pool.cognito.invitations).toMatchObject([
    { username: 'made-up.chief', email: 'made.up@example.test' },
  ]);
});

it('opens nothing to somebody whose training was not named [Training]', async () => {
  await enrol({ ...chief, training: new Map([['policy', '2026-06-30']]) });
  expect(standing(await found(), nowMs)).toMatchObject({ kind: 'refused', clause: 'Training' });
});

it('writes who was enrolled and each training to the log, as done by the operator [Policy-D]', async () => {
  await enrol({ ...chief, training: new Map([['policy', '2026-06-30']]) });
  const common = {
    kind: 'person-changed',
    actor: { kind: 'system', name: 'operator' },
    username: 'made-up.chief',
    atMs: nowMs,
  };
  const events = await told();
  expect(events).toHaveLength(2);
  expect(events).toEqual(
    expect.arrayContaining([
      expect.objectContaining({
        ...common,
        change: 'enrolled',
        role: 'chief',
        division: 'cid-command',
        sworn: true,
      }),
      expect.objectContaining({
        ...common,
        change: 'trained',
        topic: 'policy',
        because: 'taken on 2026-06-30',
      }),
    ]),
  );
});

it('completes an enrolment that was cut off, tells nothing twice, and renews the temporary password', async () => {
  const cognito = { send: () => Promise.reject(new Error('cut off')) };
  const cutOff = enrolPerson(
    { cognito: Object.assign(Object.create(pool.api), cognito), dynamodb: local.dynamo },
    places(),
    chief,
    events(),
  );
  await expect(cutOff).rejects.toThrow('cut off');
  const first = await enrol(chief);
  const second = await enrol(chief);
  expect(first.temporaryPassword).not.toBe(second.temporaryPassword);
  expect(await signInBySrp(pool, second.temporaryPassword ?? '', chief.username)).toMatchObject({
    ChallengeName: 'NEW_PASSWORD_REQUIRED',
  });
  expect(await told()).toHaveLength(7);
});

it('touches no password that somebody chose', async () => {
  await enrol(chief);
  const user = { UserPoolId: pool.poolId, Username: chief.username };
  await pool.api.send(
    new AdminSetUserPasswordCommand({ ...user, Password: lastingPassword, Permanent: true }),
  );
  expect(await enrol(chief)).toEqual({});
  expect(await pool.api.send(new AdminGetUserCommand(user))).toMatchObject({ UserStatus: 'CONFIRMED' });
});

it.each([
  ['somebody else', { role: 'administrator' as const }],
  ['somebody who was suspended since', { suspended: true, revision: 2 }],
  ['somebody who left', { disabled: true, revision: 3 }],
])('gives no name twice: not that of %s [Access-C]', async (_who, facts) => {
  const record = madeRecord({ ...chief, ...facts });
  await local.dynamo.send(new PutItemCommand({ TableName: 'People', Item: rowOf(record) }));
  await expect(enrol(chief)).rejects.toThrow('has been given to somebody else');
  expect((await pool.api.send(new ListUsersCommand({ UserPoolId: pool.poolId }))).Users).toEqual([]);
});

it('gives the personnel system a record and no account', async () => {
  const feed = { ...chief, username: 'madeupclientid', role: 'personnel-feed', sworn: false } as const;
  expect(await enrol({ ...feed, training: new Map() })).toEqual({});
  expect((await pool.api.send(new ListUsersCommand({ UserPoolId: pool.poolId }))).Users).toEqual([]);
  expect(standing(await found('madeupclientid'), nowMs)).toMatchObject({ kind: 'good' });
});

function events() {
  const newId = () => `00000000-0000-4000-8000-${String(++ids).padStart(12, '0')}`;
  return { now: () => nowMs, newId };
}

function places() {
  return { userPoolId: pool.poolId, peopleTable: 'People', auditEventsTable: 'AuditEvents' };
}

function enrol(person: NewPerson) {
  return enrolPerson({ cognito: pool.api, dynamodb: local.dynamo }, places(), person, events());
}

function found(username = chief.username) {
  const { training } = madeConfiguration();
  const tables = { peopleTable: 'People', dutyTable: 'Duty', sharingTable: 'Sharing' };
  return new StoredPeople({ dynamo: local.dynamo, ...tables, training, now: () => nowMs }).find(username);
}

async function groups() {
  const user = { UserPoolId: pool.poolId, Username: chief.username };
  const { Groups = [] } = await pool.api.send(new AdminListGroupsForUserCommand(user));
  return Groups.map(({ GroupName }) => GroupName);
}

async function told(): Promise<readonly AuditEvent[]> {
  const { Items = [] } = await local.dynamo.send(new ScanCommand({ TableName: 'AuditEvents' }));
  return Items.map(({ event }) => parseEvent(JSON.parse(event?.S ?? '')));
}
