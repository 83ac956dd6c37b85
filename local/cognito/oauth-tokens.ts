import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { AwsError } from '../aws/errors';
import { readBody, stampDate } from '../aws/http';
import type { Clock } from '../clock';
import { grantedScopes } from './grants';
import type { Pool } from './pool';
import type { ClientSettings } from './settings';
import { mintMachineToken } from './tokens';

export interface OAuthDeps {
  readonly domains: ReadonlyMap<string, Pool>;
  readonly clock: Clock;
}

/** The errors of RFC 6749, section 5.2, that Cognito answers. */
type OAuthCode =
  | 'invalid_request'
  | 'invalid_client'
  | 'invalid_scope'
  | 'unauthorized_client'
  | 'unsupported_grant_type';

class OAuthError extends Error {
  override readonly name = 'OAuthError';

  constructor(readonly code: OAuthCode) {
    super(code);
  }
}

const bodyLimitBytes = 64 * 1024;

/**
 * `POST /domains/<prefix>/oauth2/token`: tokens of machine identities (RFC 6749, section 4.4), whose client proves itself
 * by Basic authentication or in the form, not by both. Grants of people need the hosted pages, which are not served here.
 */
export function oauthTokens(deps: OAuthDeps): RequestListener {
  return (req, res) => {
    answer(req, deps).then(
      (token) => send(res, deps, 200, token),
      (error: unknown) => sendError(res, deps, error),
    );
  };
}

async function answer(req: IncomingMessage, { domains, clock }: OAuthDeps): Promise<object> {
  const [, domain = ''] = /^\/domains\/([^/?]+)\/oauth2\/token$/.exec(req.url ?? '') ?? [];
  const pool = domains.get(domain);
  if (pool === undefined || req.method !== 'POST')
    throw new AwsError('NotFound', 'there is no such page', 404);
  if (!/^application\/x-www-form-urlencoded\b/i.test(req.headers['content-type'] ?? ''))
    throw new OAuthError('invalid_request');
  const form = formOf((await readBody(req, bodyLimitBytes)).toString('utf8'));
  const client = provenClient(pool, req.headers.authorization, form);
  const grant = form.get('grant_type');
  if (grant === undefined) throw new OAuthError('invalid_request');
  if (grant !== 'client_credentials') throw new OAuthError('unsupported_grant_type');
  if (!client.grants.has('client_credentials')) throw new OAuthError('unauthorized_client');
  if (pool.properties.LambdaConfig?.PreTokenGenerationConfig?.LambdaVersion === 'V3_0')
    throw new Error('the local cognito does not ask a V3_0 function about machine identities');
  const scopes = grantedScopes(client, form.get('scope'));
  if (scopes === undefined) throw new OAuthError('invalid_scope');
  return {
    access_token: mintMachineToken({ pool, client, scopes, nowMs: clock.now() }),
    expires_in: client.accessTokenMs / 1000,
    token_type: 'Bearer',
  };
}

/** Each field once: sent twice, it is no form that means one thing. */
function formOf(body: string): ReadonlyMap<string, string> {
  const form = new Map<string, string>();
  for (const [name, value] of new URLSearchParams(body)) {
    if (form.has(name)) throw new OAuthError('invalid_request');
    form.set(name, value);
  }
  return form;
}

/** The confidential client that proved its secret. */
function provenClient(
  pool: Pool,
  authorization: string | undefined,
  form: ReadonlyMap<string, string>,
): ClientSettings {
  const inForm = form.get('client_secret');
  if (authorization !== undefined && inForm !== undefined) throw new OAuthError('invalid_request');
  const [id, secret] =
    authorization === undefined ? [form.get('client_id'), inForm] : basicCredentials(authorization);
  const named = form.get('client_id');
  const client = pool.clients.get(id ?? '');
  if (named !== undefined && named !== id) throw new OAuthError('invalid_client');
  if (client?.secret === undefined || secret === undefined || !isSame(client.secret, secret))
    throw new OAuthError('invalid_client');
  return client;
}

function basicCredentials(authorization: string): readonly [string?, string?] {
  const [, encoded] = /^basic ([A-Za-z0-9+/]+={0,2})$/i.exec(authorization) ?? [];
  const text = Buffer.from(encoded ?? '', 'base64').toString('utf8');
  const colon = text.indexOf(':');
  if (encoded === undefined || colon === -1) throw new OAuthError('invalid_client');
  return [unescaped(text.slice(0, colon)), unescaped(text.slice(colon + 1))];
}

/** RFC 6749 has both parts form-encoded before they are joined. */
function unescaped(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    throw new OAuthError('invalid_client');
  }
}

function isSame(secret: string, given: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(secret), digest(given));
}

function sendError(res: ServerResponse, deps: OAuthDeps, error: unknown): void {
  const [statusCode, body] = problemOf(error);
  send(res, deps, statusCode, body);
}

function problemOf(error: unknown): readonly [number, object] {
  if (error instanceof OAuthError) return [400, { error: error.code }];
  if (error instanceof AwsError) return [error.statusCode, { error: error.code }];
  const message = error instanceof Error ? error.message : String(error);
  return [500, { error: 'server_error', error_description: message }];
}

function send(res: ServerResponse, { clock }: OAuthDeps, statusCode: number, body: object): void {
  stampDate(res, clock);
  res.writeHead(statusCode, { 'content-type': 'application/json', 'cache-control': 'no-store' });
  res.end(JSON.stringify(body));
}
