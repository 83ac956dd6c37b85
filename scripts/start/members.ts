import { generateKeyPairSync, type KeyObject, randomBytes, randomUUID } from 'node:crypto';
import * as OTPAuth from 'otpauth';
import type { Role } from '../../core/access/roles';
import { type Client, createClient } from '../../core/contract/client';
import { makeProof } from '../../core/devices/make-proof';
import type { LocalSystem } from '../../local/system';
import { signIn } from '../sign-in/sign-in';
import { type Clients, output } from './clients';

/** Somebody of the scripted day, signed in at a console of the department. */
export interface Member {
  readonly username: string;
  readonly role: Role;
  readonly password: string;
  /** For an authenticator app, base 32. */
  readonly totpSecret: string;
  /** Signs in again when the access token has run out. */
  readonly accessToken: () => Promise<string>;
  readonly api: Client;
}

/** A department phone with the key that never leaves it. */
export interface Phone {
  readonly privateKey: KeyObject;
  readonly accessToken: () => Promise<string>;
  readonly api: Client;
}

interface SignIn {
  readonly system: LocalSystem;
  readonly operator: Clients;
  readonly username: string;
}

/** Signs in as a new user does: temporary password, new password, authenticator, tokens. */
export async function firstSignIn(
  { system, operator, username }: SignIn,
  { role, temporaryPassword }: { readonly role: Role; readonly temporaryPassword: string },
): Promise<Member> {
  const password = `${randomBytes(12).toString('base64url')}-Aa1`;
  let totpSecret = '';
  const common = {
    ...places(system, operator, 'ConsoleClientId'),
    username,
    newPassword: async () => password,
    keepSecret: async (secret: string) => {
      totpSecret = secret;
    },
    code: async () => codeOf(totpSecret),
  };
  const first = await signIn({ ...common, password: temporaryPassword });
  const accessToken = renewed(
    first.accessToken,
    async () => (await signIn({ ...common, password })).accessToken,
  );
  return { username, role, password, totpSecret, accessToken, api: clientOf(system, accessToken) };
}

export function newPhoneKey(): KeyObject {
  return generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
}

/** Signs the member in on a phone, beside the console; each call carries the phone's proof. */
export async function phoneOf(
  { system, operator }: Omit<SignIn, 'username'>,
  member: Member,
  privateKey: KeyObject,
): Promise<Phone> {
  const { username, password, totpSecret } = member;
  const signInAgain = async () => {
    const tokens = await signIn({
      ...places(system, operator, 'MobileClientId'),
      username,
      password,
      newPassword: async () => password,
      keepSecret: async () => undefined,
      // A code works once, and the console used the one of now: the app already knows the next.
      code: async () => codeOf(totpSecret, 30_000),
    });
    return tokens.accessToken;
  };
  const accessToken = renewed(await signInAgain(), signInAgain);
  const proof = async (call: { method: string; url: string; accessToken: string }) =>
    makeProof({ ...call, privateKey, proofId: randomUUID(), nowMs: Date.now() });
  return { privateKey, accessToken, api: clientOf(system, accessToken, proof) };
}

/** The six digits that an authenticator app shows now, or `aheadMs` later. */
export function codeOf(totpSecret: string, aheadMs = 0): string {
  return new OTPAuth.TOTP({ secret: OTPAuth.Secret.fromBase32(totpSecret) }).generate({
    timestamp: Date.now() + aheadMs,
  });
}

function places(system: LocalSystem, { cognito }: Clients, client: 'ConsoleClientId' | 'MobileClientId') {
  return { cognito, userPoolId: output(system, 'UserPoolId'), clientId: output(system, client) };
}

function clientOf(
  system: LocalSystem,
  accessToken: () => Promise<string>,
  proof?: Parameters<typeof createClient>[0]['proof'],
): Client {
  const baseUrl = output(system, 'ApiUrl').replace(/\/$/, '');
  return createClient({ baseUrl, fetch, accessToken, ...(proof === undefined ? {} : { proof }) });
}

const renewBeforeMs = 5000;

function renewed(first: string, signInAgain: () => Promise<string>): () => Promise<string> {
  let token = first;
  return async () => {
    if (Date.now() >= expiryOf(token) - renewBeforeMs) token = await signInAgain();
    return token;
  };
}

function expiryOf(jwt: string): number {
  const claims: unknown = JSON.parse(Buffer.from(jwt.split('.')[1] ?? '', 'base64url').toString());
  const exp: unknown = typeof claims === 'object' && claims !== null ? Reflect.get(claims, 'exp') : undefined;
  return typeof exp === 'number' ? exp * 1000 : 0;
}
