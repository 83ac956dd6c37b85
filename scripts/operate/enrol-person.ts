import { randomBytes } from 'node:crypto';
import {
  AdminAddUserToGroupCommand,
  AdminCreateUserCommand,
  AdminGetUserCommand,
  AdminSetUserPasswordCommand,
  type CognitoIdentityProviderClient,
  UsernameExistsException,
} from '@aws-sdk/client-cognito-identity-provider';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { StoredAuditLog } from '../../adapters/audit/audit-log';
import { CognitoAccounts } from '../../adapters/people/cognito-accounts';
import { StoredPeopleRecords } from '../../adapters/people/people-records';
import { type EventSource, newEvent } from '../../core/audit/event';
import { hashedUuid } from '../../core/hashed-uuid';
import type { PersonRecord } from '../../core/people/record';
import { nextRecord, tellLastChange } from '../../core/people/store-change';
import { operator, systemEvents } from './operator';

export interface PeoplePlaces {
  readonly userPoolId: string;
  readonly peopleTable: string;
  readonly auditEventsTable: string;
}

/** Somebody as the platform team brings him or her in. */
export type NewPerson = Pick<
  PersonRecord,
  'username' | 'role' | 'agency' | 'division' | 'sworn' | 'training'
> & {
  /** Where the invitation goes; absent: the temporary password is handed over in person. */
  readonly email?: string;
};

export interface Enrolled {
  /** Good for a day. Absent where Cognito mailed it, and of an account that somebody uses already. */
  readonly temporaryPassword?: string;
}

/**
 * Gives one person an access record and an account [Access-C, Training]: how the first ones come in. The record and its
 * events come first: an account without one can sign in and do nothing. Repeating the same enrolment completes it.
 * Cognito asks for a new password and a second factor at the first sign-in. The personnel system gets no account: it
 * signs in as the client that its name is. Throws when the name was given to somebody else.
 */
export async function enrolPerson(
  clients: { readonly cognito: CognitoIdentityProviderClient; readonly dynamodb: DynamoDBClient },
  places: PeoplePlaces,
  person: NewPerson,
  events: EventSource = systemEvents,
): Promise<Enrolled> {
  const records = new StoredPeopleRecords({
    dynamo: clients.dynamodb,
    table: places.peopleTable,
    onMalformed: () => undefined,
  });
  const made = firstRecord(person, events);
  const isNew = (await records.add(made)) === 'stored';
  const record = isNew ? made : await records.find(person.username);
  if (record === undefined || !isSame(record, made))
    throw new Error(`the name ${person.username} has been given to somebody else; choose another`);
  const onceAudit = new StoredAuditLog({ dynamo: clients.dynamodb, table: places.auditEventsTable });
  await tellLastChange({ onceAudit }, record);
  for (const [topic, takenOn] of record.training)
    await onceAudit.appendOnce(trainedEvent(record, topic, takenOn));

  if (person.role === 'personnel-feed') return {};
  const { cognito } = clients;
  const { userPoolId } = places;
  const { username, role, email } = person;
  if (email === undefined) return handOver(cognito, userPoolId, person);
  const account = await new CognitoAccounts({ cognito, userPoolId }).create({ username, email, role });
  if (account === 'taken') throw new Error(`the account ${username} was made for another e-mail address`);
  return {};
}

function firstRecord({ email: _, ...person }: NewPerson, events: EventSource): PersonRecord {
  const { username, role, division, sworn } = person;
  const nowMs = events.now();
  const record = { ...person, suspended: false, disabled: false, admittedAtMs: nowMs };
  const facts = { change: 'enrolled', role, division, sworn } as const;
  return nextRecord(events, { username, revision: 0 }, { record, facts }, { actor: operator, nowMs });
}

/** Untouched since the same enrolment made it. */
function isSame(record: PersonRecord, made: PersonRecord): boolean {
  const facts = ({ role, agency, division, sworn, revision, training }: PersonRecord) =>
    JSON.stringify([role, agency, division, sworn, revision, [...training].sort()]);
  return facts(record) === facts(made);
}

/** Its time and id are made of the record and the topic, so that telling twice is telling once. */
function trainedEvent({ username, admittedAtMs = 0 }: PersonRecord, topic: string, takenOn: string) {
  const newId = () => hashedUuid(`platekeeper operator trained ${username} ${topic} ${takenOn}`);
  return newEvent(
    { now: () => admittedAtMs, newId },
    {
      kind: 'person-changed',
      actor: operator,
      username,
      change: 'trained',
      topic,
      because: `taken on ${takenOn}`,
    },
  );
}

async function handOver(
  cognito: CognitoIdentityProviderClient,
  UserPoolId: string,
  { username: Username, role: GroupName }: NewPerson,
): Promise<Enrolled> {
  const TemporaryPassword = `${randomBytes(12).toString('base64url')}-Aa1`;
  const user = { UserPoolId, Username };
  const isUsed = await cognito
    .send(new AdminCreateUserCommand({ ...user, TemporaryPassword, MessageAction: 'SUPPRESS' }))
    .then(
      () => false,
      async (error: unknown) => {
        if (!(error instanceof UsernameExistsException)) throw error;
        const { UserStatus } = await cognito.send(new AdminGetUserCommand(user));
        if (UserStatus !== 'FORCE_CHANGE_PASSWORD') return true;
        const Password = TemporaryPassword;
        await cognito.send(new AdminSetUserPasswordCommand({ ...user, Password, Permanent: false }));
        return false;
      },
    );
  await cognito.send(new AdminAddUserToGroupCommand({ ...user, GroupName }));
  return isUsed ? {} : { temporaryPassword: TemporaryPassword };
}
