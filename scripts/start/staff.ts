import { randomBytes } from 'node:crypto';
import * as OTPAuth from 'otpauth';
import { type Client, createClient } from '../../core/contract/client';
import type { Person } from '../../core/people/person';
import type { LocalSystem } from '../../local/system';
import { enrolPerson } from '../operate/enrol-person';
import { signIn } from '../sign-in/sign-in';
import { type Clients, output } from './clients';

/** Somebody of the scripted day, signed in. */
export interface Member {
  readonly username: string;
  readonly role: Person['role'];
  readonly password: string;
  /** For an authenticator app, base 32. */
  readonly totpSecret: string;
  /** Signs in again when the access token has run out. */
  readonly accessToken: () => Promise<string>;
  readonly api: Client;
}

const yearMs = 365 * 86_400_000;

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

/** Enrols everybody and signs them in as they would: temporary password, new password, authenticator, tokens. */
export async function hireStaff(system: LocalSystem, operator: Clients, agency: string): Promise<Staff> {
  const members: [string, Member][] = [];
  for (const [name, person] of Object.entries(cast)) {
    const member = await hire(system, operator, {
      ...person,
      agency,
      suspended: false,
      trainedUntilMs: system.clock.now() + yearMs,
      onDuty: true,
    });
    members.push([name, member]);
  }
  return staffOf(new Map(members));
}

function staffOf(members: ReadonlyMap<string, Member>): Staff {
  const member = (name: CastName) => {
    const found = members.get(name);
    if (found === undefined) throw new Error(`nobody was hired as ${name}`);
    return found;
  };
  return {
    officer: member('officer'),
    dispatcher: member('dispatcher'),
    detective: member('detective'),
    lieutenant: member('lieutenant'),
    analyst: member('analyst'),
    chief: member('chief'),
    administrator: member('administrator'),
  };
}

async function hire(system: LocalSystem, operator: Clients, person: Person): Promise<Member> {
  const temporaryPassword = newPassword();
  const password = newPassword();
  const userPoolId = output(system, 'UserPoolId');
  await enrolPerson(
    operator,
    { userPoolId, peopleTable: output(system, 'PeopleTable') },
    person,
    temporaryPassword,
  );

  let totpSecret = '';
  const common = {
    cognito: operator.cognito,
    userPoolId,
    clientId: output(system, 'ConsoleClientId'),
    username: person.username,
    newPassword: async () => password,
    keepSecret: async (secret: string) => {
      totpSecret = secret;
    },
    code: async () => codeOf(totpSecret),
  };
  const first = await signIn({ ...common, password: temporaryPassword });
  let token = { value: first.accessToken, expiresAtMs: expiryOf(first.accessToken) };
  const accessToken = async () => {
    if (Date.now() < token.expiresAtMs - 5_000) return token.value;
    const again = await signIn({ ...common, password });
    token = { value: again.accessToken, expiresAtMs: expiryOf(again.accessToken) };
    return token.value;
  };
  return {
    username: person.username,
    role: person.role,
    password,
    totpSecret,
    accessToken,
    api: createClient({ baseUrl: output(system, 'ApiUrl').replace(/\/$/, ''), fetch, accessToken }),
  };
}

/** The six digits that an authenticator app shows now. */
export function codeOf(totpSecret: string): string {
  return new OTPAuth.TOTP({ secret: OTPAuth.Secret.fromBase32(totpSecret) }).generate({
    timestamp: Date.now(),
  });
}

function expiryOf(jwt: string): number {
  const claims: unknown = JSON.parse(Buffer.from(jwt.split('.')[1] ?? '', 'base64url').toString());
  const exp: unknown = typeof claims === 'object' && claims !== null ? Reflect.get(claims, 'exp') : undefined;
  return typeof exp === 'number' ? exp * 1000 : 0;
}

function newPassword(): string {
  return `${randomBytes(12).toString('base64url')}-Aa1`;
}
