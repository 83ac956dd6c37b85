import type { Pool } from './pool';
import type { User } from './user';

/** A message that Cognito would have sent to a new user. */
export interface Invitation {
  readonly userPoolId: string;
  readonly username: string;
  readonly email: string;
  readonly temporaryPassword: string;
  /** In the pool's own words. */
  readonly subject: string;
  readonly message: string;
}

/** `undefined` where the account has no address. The words are Cognito's where the template gives none. */
export function invitationOf(pool: Pool, user: User, temporaryPassword: string): Invitation | undefined {
  const { username, attributes } = user;
  const email = attributes.get('email');
  if (email === undefined) return undefined;
  const words = pool.properties.AdminCreateUserConfig?.InviteMessageTemplate;
  const message = words?.EmailMessage ?? 'Your username is {username} and temporary password is {####}.';
  return {
    userPoolId: pool.identity.id,
    username,
    email,
    temporaryPassword,
    subject: words?.EmailSubject ?? 'Your temporary password',
    message: message.replaceAll('{username}', username).replaceAll('{####}', temporaryPassword),
  };
}
