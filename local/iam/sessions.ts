import { randomBytes } from 'node:crypto';
import type { KnownCredentials } from '../aws/caller';
import type { Clock } from '../clock';

export interface IssuedCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
}

/** What a session brings besides its role. */
export interface SessionFacts {
  /** From then on its credentials are unknown. */
  readonly expiresAtMs?: number;
  /** Condition keys of each of its requests, usable as policy variables too. */
  readonly context?: Readonly<Record<string, string>>;
}

interface Session extends SessionFacts {
  readonly name: string;
  readonly credentials: KnownCredentials;
}

/** Whoever has taken on a role. Sessions last as long as the system runs, unless they have an end. */
export class Sessions {
  readonly #clock: Clock;
  readonly #known = new Map<string, Session>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  issue(roleArn: string, name: string, facts: SessionFacts = {}): IssuedCredentials {
    const accessKeyId = `ASIA${randomBytes(8).toString('hex').toUpperCase()}`;
    const issued = {
      accessKeyId,
      secretAccessKey: randomBytes(30).toString('base64'),
      sessionToken: randomBytes(48).toString('base64'),
    };
    this.#known.set(accessKeyId, {
      ...facts,
      name,
      credentials: { ...issued, caller: { accessKeyId, roleArn } },
    });
    return issued;
  }

  find(accessKeyId: string): KnownCredentials | undefined {
    const session = this.#known.get(accessKeyId);
    const isOver = session?.expiresAtMs !== undefined && this.#clock.now() >= session.expiresAtMs;
    return isOver ? undefined : session?.credentials;
  }

  contextOf(accessKeyId: string): Readonly<Record<string, string>> {
    return this.#known.get(accessKeyId)?.context ?? {};
  }

  /** The name that the session was given. */
  nameOf(accessKeyId: string): string | undefined {
    return this.#known.get(accessKeyId)?.name;
  }
}
