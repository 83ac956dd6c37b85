import { randomBytes, randomUUID } from 'node:crypto';
import { AwsError } from '../aws/errors';
import type { Pool } from './pool';
import type { ClientSettings } from './settings';
import type { User } from './user';

/** One sign-in as it lives on: every token of it carries `originJti`. */
export interface Grant {
  readonly pool: Pool;
  readonly client: ClientSettings;
  readonly user: User;
  readonly originJti: string;
  readonly authTimeMs: number;
  readonly expiresAtMs: number;
}

/** The refresh tokens of all pools. */
export class RefreshTokens {
  private readonly byToken = new Map<string, { readonly grant: Grant; usableUntilMs: number }>();
  private readonly revokedOrigins = new Set<string>();

  /** Starts the life of a sign-in. */
  issue(
    signIn: { readonly pool: Pool; readonly client: ClientSettings; readonly user: User },
    nowMs: number,
  ): { readonly token: string; readonly grant: Grant } {
    const grant: Grant = {
      ...signIn,
      originJti: randomUUID(),
      authTimeMs: nowMs,
      expiresAtMs: nowMs + signIn.client.refreshTokenMs,
    };
    return { token: this.keep(grant, nowMs), grant };
  }

  /** Throws `NotAuthorizedException` for a token that is unknown, another client's, expired, revoked or rotated away. */
  require(token: string, client: ClientSettings, nowMs: number): Grant {
    const entry = this.byToken.get(token);
    if (entry === undefined || entry.grant.client.id !== client.id || nowMs >= entry.usableUntilMs) {
      throw new AwsError('NotAuthorizedException', 'Invalid Refresh Token');
    }
    const { user, originJti } = entry.grant;
    if (this.revokedOrigins.has(originJti)) {
      throw new AwsError('NotAuthorizedException', 'Refresh Token has been revoked');
    }
    if (!user.isEnabled) throw new AwsError('NotAuthorizedException', 'User is disabled.');
    return entry.grant;
  }

  /** A new token for the rest of the same sign-in's life; the old one works for the grace period and no longer. */
  rotate(token: string, graceMs: number, nowMs: number): string {
    const entry = this.byToken.get(token);
    if (entry === undefined) throw new AwsError('NotAuthorizedException', 'Invalid Refresh Token');
    entry.usableUntilMs = Math.min(entry.usableUntilMs, nowMs + graceMs);
    return this.keep(entry.grant, nowMs);
  }

  /** Ends a sign-in: its refresh token and, for the user's own operations, its access tokens. */
  revoke(token: string, client: ClientSettings): void {
    const entry = this.byToken.get(token);
    if (entry === undefined) return;
    if (entry.grant.client.id !== client.id || !client.isRevocable) {
      throw new AwsError('UnauthorizedException', 'The client may not revoke this token.');
    }
    this.revokedOrigins.add(entry.grant.originJti);
  }

  /** Ends every sign-in of a user that has begun by now. */
  revokeAll(user: User): void {
    for (const { grant } of this.byToken.values()) {
      if (grant.user === user) this.revokedOrigins.add(grant.originJti);
    }
  }

  isRevoked(originJti: unknown): boolean {
    return typeof originJti === 'string' && this.revokedOrigins.has(originJti);
  }

  private keep(grant: Grant, nowMs: number): string {
    for (const [
      old,
      {
        grant: { expiresAtMs },
      },
    ] of this.byToken)
      if (expiresAtMs <= nowMs) this.byToken.delete(old);
    const token = randomBytes(96).toString('base64url');
    this.byToken.set(token, { grant, usableUntilMs: grant.expiresAtMs });
    return token;
  }
}
