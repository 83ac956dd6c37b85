import type { Lockout } from './lockout';
import type { StoredPassword } from './passwords';

export type UserStatus = 'FORCE_CHANGE_PASSWORD' | 'CONFIRMED';

export interface Password {
  readonly stored: StoredPassword;
  readonly setAtMs: number;
}

/** One account of a pool; the operations change it in place. */
export interface User {
  readonly sub: string;
  readonly username: string;
  readonly createdAtMs: number;
  readonly attributes: Map<string, string>;
  readonly groups: Set<string>;
  modifiedAtMs: number;
  isEnabled: boolean;
  status: UserStatus;
  password: Password;
  /** Newest first, the present one included. */
  passwordHistory: readonly StoredPassword[];
  lockout: Lockout;
  /** The verified authenticator, and the last time step whose code it spent. */
  totp: { readonly secret: string; readonly spentStep: number } | undefined;
  isTotpEnabled: boolean;
  /** Handed out by AssociateSoftwareToken, not verified yet. */
  pendingTotpSecret: string | undefined;
}

/** All attributes as Cognito lists them, `sub` first. */
export function attributesOf(user: User): Record<string, string> {
  return { sub: user.sub, ...Object.fromEntries(user.attributes) };
}
