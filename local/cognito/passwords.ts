import { randomBytes, scryptSync, timingSafeEqual } from 'node:crypto';
import { AwsError } from '../aws/errors';
import { makeVerifier, type Verifier } from './srp';

export interface PasswordPolicy {
  readonly minimumLength: number;
  readonly requireUppercase: boolean;
  readonly requireLowercase: boolean;
  readonly requireNumbers: boolean;
  readonly requireSymbols: boolean;
  /** A new password may be none of that many last ones; 0: no history. */
  readonly historySize: number;
  readonly temporaryValidityDays: number;
}

/** A password as the pool keeps it: a verifier for SRP and a slow hash for comparing plain ones. */
export interface StoredPassword {
  readonly verifier: Verifier;
  readonly salt: Buffer;
  readonly hash: Buffer;
}

export function storePassword(
  account: { readonly poolName: string; readonly username: string },
  password: string,
): StoredPassword {
  const salt = randomBytes(16);
  return { verifier: makeVerifier(account, password), salt, hash: slowHash(password, salt) };
}

export function isPassword(stored: StoredPassword, password: string): boolean {
  return timingSafeEqual(stored.hash, slowHash(password, stored.salt));
}

/** Throws `InvalidPasswordException` naming the first rule that the password breaks. */
export function requireConforming(policy: PasswordPolicy, password: string): void {
  const broken = rules.find((rule) => !rule.holds(policy, password));
  if (broken === undefined) return;
  throw new AwsError('InvalidPasswordException', `Password did not conform with policy: ${broken.message}`);
}

/** Throws `PasswordHistoryPolicyViolationException` for one of the last `historySize` passwords, newest first. */
export function requireUnused(
  policy: PasswordPolicy,
  history: readonly StoredPassword[],
  password: string,
): void {
  if (!history.slice(0, policy.historySize).some((stored) => isPassword(stored, password))) return;
  throw new AwsError(
    'PasswordHistoryPolicyViolationException',
    'Password has previously been used and does not meet password history requirements.',
  );
}

/** A temporary password that satisfies every policy up to 99 characters. */
export function newTemporaryPassword(policy: PasswordPolicy): string {
  const random = randomBytes(policy.minimumLength).toString('base64url').replace(/[-_]/g, 'x');
  return `Aa1!${random}`.slice(0, Math.max(policy.minimumLength, 12));
}

const symbols = /[\^$*.[\]{}()?"!@#%&/\\,><':;|_~`=+-]|\S \S/;

const rules: readonly {
  readonly message: string;
  holds(policy: PasswordPolicy, password: string): boolean;
}[] = [
  {
    message: 'Password not long enough',
    holds: (policy, password) => password.length >= policy.minimumLength,
  },
  { message: 'Password too long', holds: (_policy, password) => password.length <= 256 },
  {
    message: 'Password must have uppercase characters',
    holds: (policy, password) => !policy.requireUppercase || /[A-Z]/.test(password),
  },
  {
    message: 'Password must have lowercase characters',
    holds: (policy, password) => !policy.requireLowercase || /[a-z]/.test(password),
  },
  {
    message: 'Password must have numeric characters',
    holds: (policy, password) => !policy.requireNumbers || /[0-9]/.test(password),
  },
  {
    message: 'Password must have symbol characters',
    holds: (policy, password) => !policy.requireSymbols || symbols.test(password),
  },
];

/** Few rounds: the hash lives as long as this process, and tests sign in often. */
function slowHash(password: string, salt: Buffer): Buffer {
  return scryptSync(password, salt, 32, { N: 1024 });
}
