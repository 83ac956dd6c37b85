import { randomBytes } from 'node:crypto';
import type { KnownCredentials } from '../aws/caller';

export interface IssuedCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
}

/** Whoever has taken on a role. Sessions last as long as the system runs. */
export class Sessions {
  readonly #known = new Map<string, { readonly name: string; readonly credentials: KnownCredentials }>();

  issue(roleArn: string, name: string): IssuedCredentials {
    const accessKeyId = `ASIA${randomBytes(8).toString('hex').toUpperCase()}`;
    const issued = {
      accessKeyId,
      secretAccessKey: randomBytes(30).toString('base64'),
      sessionToken: randomBytes(48).toString('base64'),
    };
    this.#known.set(accessKeyId, { name, credentials: { ...issued, caller: { accessKeyId, roleArn } } });
    return issued;
  }

  find(accessKeyId: string): KnownCredentials | undefined {
    return this.#known.get(accessKeyId)?.credentials;
  }

  /** The name that the session was given. */
  nameOf(accessKeyId: string): string | undefined {
    return this.#known.get(accessKeyId)?.name;
  }
}
