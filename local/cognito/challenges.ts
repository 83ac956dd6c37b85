import { randomBytes } from 'node:crypto';
import { AwsError } from '../aws/errors';
import type { Pool } from './pool';
import type { ClientSettings } from './settings';
import type { Exchange } from './srp';
import type { TokenSource } from './triggers';
import type { User } from './user';

export interface SignIn {
  readonly pool: Pool;
  readonly client: ClientSettings;
  readonly user: User;
  readonly source: TokenSource;
}

/** What a client that has not signed in yet must answer. `user` is undefined for a name that nobody has. */
export type Challenge =
  | {
      readonly name: 'PASSWORD_VERIFIER';
      readonly pool: Pool;
      readonly client: ClientSettings;
      readonly user: User | undefined;
      readonly username: string;
      readonly exchange: Exchange;
    }
  | ({ readonly name: 'NEW_PASSWORD_REQUIRED' } & SignIn)
  | ({ readonly name: 'MFA_SETUP'; readonly isVerified: boolean } & SignIn)
  | ({ readonly name: 'SOFTWARE_TOKEN_MFA'; failures: number } & SignIn);

/** Open challenges by their session string; each is good once, for the client's session time. */
export class Challenges {
  private readonly open = new Map<string, { readonly challenge: Challenge; readonly expiresAtMs: number }>();

  /** Keeps a challenge. `session` is made here unless the protocol dictates it (SRP's secret block). */
  add(challenge: Challenge, nowMs: number, session: string = randomBytes(96).toString('base64url')): string {
    for (const [key, { expiresAtMs }] of this.open) if (expiresAtMs <= nowMs) this.open.delete(key);
    this.open.set(session, { challenge, expiresAtMs: nowMs + challenge.client.sessionMs });
    return session;
  }

  /** The challenge of that name, left open so that a wrong answer can be given again. Throws if there is none. */
  require<N extends Challenge['name']>(
    session: string | undefined,
    name: N,
    nowMs: number,
  ): Extract<Challenge, { name: N }> {
    const entry = session === undefined ? undefined : this.open.get(session);
    if (entry === undefined || !isNamed(entry.challenge, name)) {
      throw new AwsError('NotAuthorizedException', 'Invalid session for the user.');
    }
    if (entry.expiresAtMs <= nowMs) {
      throw new AwsError('NotAuthorizedException', 'Invalid session for the user, session is expired.');
    }
    return entry.challenge;
  }

  close(session: string | undefined): void {
    if (session !== undefined) this.open.delete(session);
  }
}

function isNamed<N extends Challenge['name']>(
  challenge: Challenge,
  name: N,
): challenge is Extract<Challenge, { name: N }> {
  return challenge.name === name;
}
