import type { Client, Outcome } from '../../core/contract/client';
import type { Configuration } from '../../core/contract/configuration';
import type { OperationId } from '../../core/contract/operations';
import { dayIn } from '../../core/people/faults';
import type { Person } from '../../core/people/person';
import type { LocalSystem } from '../../local/system';
import { enrolPerson } from '../operate/enrol-person';
import { type Clients, output } from './clients';
import { firstSignIn, type Member } from './members';

/** Made-up people, one of each role that the day needs. */
export const cast = {
  officer: { username: 'officer-adams', role: 'officer', division: 'patrol', sworn: true },
  dispatcher: { username: 'dispatcher-baker', role: 'dispatcher', division: 'communications', sworn: false },
  detective: {
    username: 'detective-clark',
    role: 'detective',
    division: 'criminal-investigations',
    sworn: true,
  },
  lieutenant: {
    username: 'lieutenant-davis',
    role: 'lieutenant',
    division: 'criminal-investigations',
    sworn: true,
  },
  analyst: { username: 'analyst-garcia', role: 'analyst', division: 'ciau', sworn: false },
  recordsOfficer: {
    username: 'records-harris',
    role: 'records-officer',
    division: 'cid-command',
    sworn: false,
  },
  chief: { username: 'chief-foster', role: 'chief', division: 'cid-command', sworn: true },
  administrator: {
    username: 'administrator-evans',
    role: 'administrator',
    division: 'cid-command',
    sworn: true,
  },
} as const satisfies Record<string, Pick<Person, 'username' | 'role' | 'division' | 'sworn'>>;

export type CastName = keyof typeof cast;
export type Staff = Readonly<Record<CastName, Member>>;

interface Hiring {
  readonly system: LocalSystem;
  readonly operator: Clients;
  readonly configuration: Configuration;
}

/**
 * Brings everybody in [Access-C, Training]: the platform team enrols the Chief and the first administrator, the
 * administrator enrols the others by the API and records what training they took, and each signs in with the invitation
 * that the user pool mailed. Those in the field begin their duty.
 */
export async function hireStaff(hiring: Hiring): Promise<Staff> {
  const chief = await bootstrap(hiring, cast.chief);
  const administrator = await bootstrap(hiring, cast.administrator);
  const hire = (person: (typeof cast)[CastName]) => enrol(hiring, administrator.api, person);
  const staff: Staff = {
    chief,
    administrator,
    officer: await hire(cast.officer),
    dispatcher: await hire(cast.dispatcher),
    detective: await hire(cast.detective),
    lieutenant: await hire(cast.lieutenant),
    analyst: await hire(cast.analyst),
    recordsOfficer: await hire(cast.recordsOfficer),
  };
  for (const each of [staff.officer, staff.dispatcher, staff.detective, staff.lieutenant, staff.analyst])
    answered('set-duty', await each.api('set-duty', { body: { onDuty: true } }));
  return staff;
}

async function bootstrap(
  { system, operator, configuration }: Hiring,
  person: (typeof cast)['chief' | 'administrator'],
): Promise<Member> {
  const today = departmentDay(system, configuration);
  const { temporaryPassword } = await enrolPerson(
    operator,
    {
      userPoolId: output(system, 'UserPoolId'),
      peopleTable: output(system, 'PeopleTable'),
      auditEventsTable: output(system, 'AuditEventsTable'),
    },
    {
      ...person,
      agency: configuration.department.agencyId,
      training: new Map(configuration.training.topics.map(({ id }) => [id, today])),
    },
  );
  if (temporaryPassword === undefined) throw new Error(`${person.username} got no temporary password`);
  const { username, role } = person;
  return firstSignIn({ system, operator, username }, { role, temporaryPassword });
}

async function enrol(
  { system, operator, configuration }: Hiring,
  administrator: Client,
  person: (typeof cast)[CastName],
): Promise<Member> {
  const { username, role } = person;
  const email = `${username}@bloomington-pd.example`;
  const agency = configuration.department.agencyId;
  answered('enrol-person', await administrator('enrol-person', { body: { ...person, agency, email } }));
  for (const { id: topic } of configuration.training.topics) {
    const body = { topic, takenOn: departmentDay(system, configuration) };
    answered('record-training', await administrator('record-training', { path: { username }, body }));
  }
  const invitation = system.sinks.invitations.find((each) => each.username === username);
  if (invitation === undefined) throw new Error(`${username} got no invitation`);
  const { temporaryPassword } = invitation;
  return firstSignIn({ system, operator, username }, { role, temporaryPassword });
}

/** Throws with the refusal's own words when an operation that the day rests on was refused. */
export function answered<Id extends OperationId>(
  operation: Id,
  outcome: Outcome<Id>,
): (Outcome<Id> & { kind: 'answered' })['body'] {
  if (outcome.kind === 'refused')
    throw new Error(`${operation} was refused: ${outcome.problem.detail} [${outcome.problem.clause ?? '-'}]`);
  return outcome.body;
}

/** The department's own day: in its evening the day of UTC is still to come. */
export function departmentDay(system: LocalSystem, { department }: Configuration): string {
  return dayIn(department.timeZone, system.clock.now());
}
