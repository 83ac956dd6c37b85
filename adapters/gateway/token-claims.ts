import { z } from 'zod';
import { apiScope, personnelScope } from '../../core/contract/scopes';

/** Whose verified access token came with a call. */
export type TokenHolder =
  | {
      readonly kind: 'person';
      readonly username: string;
      /** The client of the user pool that the token was issued to. */
      readonly clientId: string;
      /** Absent where the token does not say which sign-in it comes from: then it opens nothing. */
      readonly signIn?: { readonly sessionId: string; readonly atMs: number };
    }
  /** The personnel system: its name is the id of its client. */
  | { readonly kind: 'machine'; readonly username: string }
  | { readonly kind: 'nobody' };

/** REST APIs hand every claim over as text; `auth_time` is in seconds. */
const seconds = z
  .union([
    z.number(),
    z
      .string()
      .regex(/^\d{1,12}$/)
      .transform(Number),
  ])
  .pipe(z.int().nonnegative());

const scopes = z.string().transform((scope) => scope.split(' '));

const ofPerson = z.object({
  token_use: z.literal('access'),
  username: z.string().min(1),
  client_id: z.string().min(1),
  scope: scopes.refine((each) => each.includes(apiScope)),
});

const signIn = z.object({ origin_jti: z.string().min(1).max(200), auth_time: seconds });

/** Of the client-credentials grant: no user, and no scope beside its own. */
const ofMachine = z.object({
  token_use: z.literal('access'),
  username: z.undefined().optional(),
  client_id: z.string().min(1),
  scope: scopes.refine((each) => each.length === 1 && each[0] === personnelScope),
});

/** Whatever is neither a person's token with the API's scope nor the personnel system's is nobody's. */
export function tokenHolder(claims: unknown): TokenHolder {
  const person = ofPerson.safeParse(claims);
  if (person.success) {
    const { username, client_id: clientId } = person.data;
    const from = signIn.safeParse(claims);
    if (!from.success) return { kind: 'person', username, clientId };
    const { origin_jti: sessionId, auth_time } = from.data;
    return { kind: 'person', username, clientId, signIn: { sessionId, atMs: auth_time * 1000 } };
  }
  const machine = ofMachine.safeParse(claims);
  return machine.success ? { kind: 'machine', username: machine.data.client_id } : { kind: 'nobody' };
}

/** The scope by which this holder comes in; an operation that does not take it stays closed. */
export function scopeOf(holder: TokenHolder): string | undefined {
  switch (holder.kind) {
    case 'person':
      return apiScope;
    case 'machine':
      return personnelScope;
    case 'nobody':
      return undefined;
    default:
      return holder satisfies never;
  }
}
