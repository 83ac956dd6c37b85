import { createHmac, randomBytes, randomUUID } from 'node:crypto';
import { AwsError } from '../aws/errors';
import { AttributeSchema } from './attribute-schema';
import { noFailures } from './lockout';
import { type PasswordPolicy, requireConforming, requireUnused, storePassword } from './passwords';
import { type ClientSettings, passwordPolicyOf, type UserPoolProperties } from './settings';
import { newSigningKeys, type SigningKeys } from './signing-keys';
import { makeVerifier, type Verifier } from './srp';
import type { User } from './user';

export interface PoolIdentity {
  /** `<region>_<name>`. */
  readonly id: string;
  readonly arn: string;
  readonly name: string;
  readonly issuer: string;
}

export interface Group {
  readonly name: string;
  readonly description: string | undefined;
  readonly precedence: number | undefined;
  readonly createdAtMs: number;
}

/** One user pool: its rules, its people, its app clients. */
export class Pool {
  readonly users = new Map<string, User>();
  readonly groups = new Map<string, Group>();
  readonly clients = new Map<string, ClientSettings>();
  /** `<resource server>/<scope>`. */
  readonly scopes = new Set<string>();
  /** Names of the identity providers beside the pool itself. */
  readonly identityProviders = new Set<string>();
  readonly policy: PasswordPolicy;
  readonly attributeSchema: AttributeSchema;
  readonly keys: SigningKeys = newSigningKeys();
  readonly mfa: 'OFF' | 'ON' | 'OPTIONAL';
  private readonly unknownUserKey = randomBytes(32).toString('hex');

  constructor(
    readonly identity: PoolIdentity,
    readonly properties: UserPoolProperties,
  ) {
    this.policy = passwordPolicyOf(properties);
    this.attributeSchema = new AttributeSchema(properties.Schema ?? []);
    this.mfa = properties.MfaConfiguration ?? 'OFF';
  }

  /** The pool id after its underscore, which SRP hashes. */
  get shortName(): string {
    return this.identity.id.slice(this.identity.id.indexOf('_') + 1);
  }

  /** By username, `sub`, or an alias that the pool signs in with. */
  find(name: string): User | undefined {
    const direct = this.users.get(this.keyOf(name));
    if (direct !== undefined) return direct;
    const aliases = [
      ...(this.properties.UsernameAttributes ?? []),
      ...(this.properties.AliasAttributes ?? []),
    ];
    for (const user of this.users.values()) {
      if (user.sub === name) return user;
      if (aliases.some((alias) => this.isSame(user.attributes.get(alias), name))) return user;
    }
    return undefined;
  }

  /** Throws `UserNotFoundException`. */
  user(name: string): User {
    const user = this.find(name);
    if (user === undefined) throw new AwsError('UserNotFoundException', 'User does not exist.');
    return user;
  }

  /** Makes an account that must change `temporaryPassword`. Throws if the name is taken or a rule is broken. */
  createUser(
    given: {
      readonly username: string;
      readonly attributes: Map<string, string>;
      readonly temporaryPassword: string;
    },
    nowMs: number,
  ): User {
    const signInAttribute = this.properties.UsernameAttributes?.find(
      (name) => (name === 'email') === given.username.includes('@'),
    );
    if (this.properties.UsernameAttributes !== undefined) {
      if (signInAttribute === undefined) {
        throw new AwsError('InvalidParameterException', 'Username should be an email or a phone number.');
      }
      given.attributes.set(signInAttribute, given.username);
    }
    if (this.find(given.username) !== undefined) {
      throw new AwsError('UsernameExistsException', 'User account already exists');
    }
    this.attributeSchema.requireComplete(given.attributes);
    requireConforming(this.policy, given.temporaryPassword);

    const sub = randomUUID();
    const username = signInAttribute === undefined ? this.keyOf(given.username) : sub;
    const stored = storePassword({ poolName: this.shortName, username }, given.temporaryPassword);
    const user: User = {
      sub,
      username,
      createdAtMs: nowMs,
      modifiedAtMs: nowMs,
      attributes: given.attributes,
      groups: new Set(),
      isEnabled: true,
      status: 'FORCE_CHANGE_PASSWORD',
      password: { stored, setAtMs: nowMs },
      passwordHistory: [stored],
      lockout: noFailures,
      totp: undefined,
      isTotpEnabled: false,
      pendingTotpSecret: undefined,
    };
    this.users.set(this.keyOf(username), user);
    return user;
  }

  deleteUser(user: User): void {
    this.users.delete(this.keyOf(user.username));
  }

  /** Sets a password that the policy and, for a lasting one, the history allow. Throws what they throw. */
  setPassword(user: User, password: string, nowMs: number, { isTemporary }: { isTemporary: boolean }): void {
    requireConforming(this.policy, password);
    if (!isTemporary) requireUnused(this.policy, user.passwordHistory, password);
    const stored = storePassword({ poolName: this.shortName, username: user.username }, password);
    user.password = { stored, setAtMs: nowMs };
    user.passwordHistory = [stored, ...user.passwordHistory].slice(0, historyMax);
    user.status = isTemporary ? 'FORCE_CHANGE_PASSWORD' : 'CONFIRMED';
    user.modifiedAtMs = nowMs;
  }

  /** The same salt for the same unknown name each time, so that asking twice tells nothing; no password fits. */
  simulatedVerifier(name: string): Verifier {
    const salt = createHmac('sha256', this.unknownUserKey).update(name).digest().subarray(0, 16);
    return makeVerifier({ poolName: this.shortName, username: name }, randomBytes(32).toString('hex'), salt);
  }

  /** Groups of a user, the one with the lowest precedence first. */
  groupsOf(user: User): Group[] {
    return [...user.groups]
      .flatMap((name) => this.groups.get(name) ?? [])
      .sort((a, b) => (a.precedence ?? Infinity) - (b.precedence ?? Infinity) || (a.name < b.name ? -1 : 1));
  }

  private keyOf(name: string): string {
    return this.isCaseSensitive ? name : name.toLowerCase();
  }

  private isSame(value: string | undefined, name: string): boolean {
    return value !== undefined && this.keyOf(value) === this.keyOf(name);
  }

  private get isCaseSensitive(): boolean {
    return this.properties.UsernameConfiguration?.CaseSensitive ?? true;
  }
}

/** As many as Cognito's largest history. */
const historyMax = 24;
