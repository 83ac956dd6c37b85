import type { TokenIssuer } from '../cognito/cognito';
import { type Claims, verifiedClaims } from '../cognito/signing-keys';
import { GatewayFault } from './fault';
import type { AuthorizerProperties } from './template-schemas';

export interface TokenQuestion {
  readonly authorizer: AuthorizerProperties;
  /** Scopes that the method asks for, of which one suffices; none: an ID token is asked for. */
  readonly scopes: readonly string[];
  /** The authorizer's header as it came. */
  readonly header: string | undefined;
  readonly nowMs: number;
  readonly tokenIssuer: (poolArn: string) => TokenIssuer | undefined;
}

/**
 * Checks a user pool token as a COGNITO_USER_POOLS authorizer does and says its claims as the function sees them.
 * Throws `GatewayFault` UNAUTHORIZED for a token that is missing, forged, expired, of another pool or of the wrong
 * kind, and ACCESS_DENIED for one without the scope. It asks nobody: a signed-out user's token passes until it expires.
 */
export function authorizedClaims(question: TokenQuestion): Readonly<Record<string, string>> {
  const { authorizer, scopes, header, nowMs } = question;
  if (header === undefined || header.trim() === '') throw new GatewayFault('UNAUTHORIZED');
  const { IdentityValidationExpression } = authorizer;
  if (IdentityValidationExpression !== undefined && !new RegExp(IdentityValidationExpression).test(header)) {
    throw new GatewayFault('UNAUTHORIZED');
  }
  const token = header.replace(/^bearer\s+/i, '').trim();
  const claims = claimsOfPool(token, question);
  if (claims === undefined) throw new GatewayFault('UNAUTHORIZED');
  if (typeof claims.exp !== 'number' || nowMs >= claims.exp * 1000) {
    throw new GatewayFault('UNAUTHORIZED', { message: 'The incoming token has expired' });
  }
  if (claims.token_use !== (scopes.length === 0 ? 'id' : 'access')) throw new GatewayFault('UNAUTHORIZED');
  if (scopes.length > 0 && !hasScope(claims, scopes)) throw new GatewayFault('ACCESS_DENIED');
  return asStrings(claims);
}

function claimsOfPool(token: string, { authorizer, tokenIssuer }: TokenQuestion): Claims | undefined {
  for (const poolArn of authorizer.ProviderARNs) {
    const issuer = tokenIssuer(poolArn);
    if (issuer === undefined) throw new GatewayFault('AUTHORIZER_CONFIGURATION_ERROR');
    const claims = verifiedClaims(token, issuer.publicKeys);
    if (claims !== undefined && claims.iss === issuer.issuer) return claims;
  }
  return undefined;
}

function hasScope(claims: Claims, scopes: readonly string[]): boolean {
  if (typeof claims.scope !== 'string') return false;
  const given = claims.scope.split(' ');
  return scopes.some((scope) => given.includes(scope));
}

/** REST APIs hand every claim over as text: lists joined by commas, and `exp` and `iat` as Java writes a date. */
function asStrings(claims: Claims): Record<string, string> {
  return Object.fromEntries(
    Object.entries(claims).map(([name, value]) => {
      if ((name === 'exp' || name === 'iat') && typeof value === 'number') return [name, javaDate(value)];
      if (Array.isArray(value)) return [name, value.join(',')];
      return [name, typeof value === 'object' ? JSON.stringify(value) : String(value)];
    }),
  );
}

/** `Sun Jul 03 17:33:26 UTC 2016`. */
function javaDate(epochSeconds: number): string {
  const [weekday, day, month, year, time] = new Date(epochSeconds * 1000).toUTCString().split(/,? /);
  return `${weekday} ${month} ${day} ${time} UTC ${year}`;
}
