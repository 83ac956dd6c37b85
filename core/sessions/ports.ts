import type { Session, SessionUse } from './session';

/**
 * What stood before a use. `ended`: nothing was stored, as it was silent for too long or was ended; `before` is absent
 * where this was the first use of a sign-in.
 */
export type Touched =
  | { readonly kind: 'live'; readonly before: Session | undefined }
  | { readonly kind: 'ended' };

/** The sign-ins in use, each as it stands at this moment. */
export interface Sessions {
  /**
   * Stores a use where the session is not silent for `idleMs` or longer (a first use counts from the sign-in) and was
   * not ended. In one step, so that of two calls none revives what the other found ended.
   */
  touch(use: SessionUse, idleMs: number): Promise<Touched>;
  /** Other sessions of the user that were used since a moment and not ended. */
  others(use: Pick<SessionUse, 'username' | 'sessionId'>, sinceMs: number): Promise<readonly Session[]>;
  find(username: string, sessionId: string): Promise<Session | undefined>;
}
