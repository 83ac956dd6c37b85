import type { Role } from '../access/roles';
import type { Person } from './person';
import type { PersonRecord } from './record';

/** The personnel facts as they are now; no copy is kept between two calls. `undefined`: nobody of that name. */
export interface People {
  find(username: string): Promise<Person | undefined>;
}

/** The access records, for whoever changes or lists them. Every read is strongly consistent. */
export interface PeopleRecords {
  find(username: string): Promise<PersonRecord | undefined>;
  /** A record of revision 1, where none of the name ever stood. `conflict`: the name has a record. */
  add(record: PersonRecord): Promise<'stored' | 'conflict'>;
  /** Stores on the revision before. `conflict`: another change came first. */
  store(record: PersonRecord): Promise<'stored' | 'conflict'>;
  /** Everybody, by username; those whose record cannot be understood are left out and told of. */
  list(): Promise<readonly PersonRecord[]>;
  /** Roles as they are now; a name without a readable record is absent. */
  rolesOf(usernames: Iterable<string>): Promise<ReadonlyMap<string, Role>>;
}

/** The sign-in side of an account. Every step may be repeated; a missing account has nothing to be ended. */
export interface Accounts {
  /** Makes the account and sends the invitation, again where it was never answered. `taken`: of another address. */
  create(account: {
    readonly username: string;
    readonly email: string;
    readonly role: Role;
  }): Promise<'ready' | 'taken'>;
  /** The group of this role and of no other. */
  setRole(username: string, role: Role): Promise<void>;
  /** Ends every sign-in. */
  signOut(username: string): Promise<void>;
  /** No sign-in from now on. */
  disable(username: string): Promise<void>;
}

/** Has the open live connections looked at now: those of users who may have none are closed. */
export interface LiveConnectionSweep {
  sweep(): Promise<void>;
}

/** When somebody was last active: what the record does not say. */
export interface Activity {
  readonly onDutyUntilMs?: number;
  readonly lastUsedMs?: number;
}

export interface Activities {
  /** Of each name that has any. */
  of(usernames: readonly string[]): Promise<ReadonlyMap<string, Activity>>;
}

export interface Duties {
  begin(username: string, untilMs: number): Promise<void>;
  end(username: string): Promise<void>;
}
