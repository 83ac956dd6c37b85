import type { Group, Pool } from './pool';
import type { ClientSettings } from './settings';
import { attributesOf, type User } from './user';

/** How Cognito tells of a user's authenticator. */
export function mfaSettings(user: User): object {
  if (!user.isTotpEnabled) return {};
  return { PreferredMfaSetting: 'SOFTWARE_TOKEN_MFA', UserMFASettingList: ['SOFTWARE_TOKEN_MFA'] };
}

/** Cognito's list form of attributes. */
export function listedAttributes(user: User): { readonly Name: string; readonly Value: string }[] {
  return Object.entries(attributesOf(user)).map(([Name, Value]) => ({ Name, Value }));
}

/** A user as administrative operations answer it. */
export function described(user: User) {
  return {
    Username: user.username,
    Attributes: listedAttributes(user),
    Enabled: user.isEnabled,
    UserStatus: user.status,
    UserCreateDate: user.createdAtMs / 1000,
    UserLastModifiedDate: user.modifiedAtMs / 1000,
  };
}

/** An app client as administrative operations answer it, its secret with it. */
export function describedClient(client: ClientSettings, pool: Pool): object {
  return {
    UserPoolId: pool.identity.id,
    ClientId: client.id,
    ...(client.secret === undefined ? {} : { ClientSecret: client.secret }),
    ExplicitAuthFlows: [...client.flows],
    AllowedOAuthFlows: [...client.grants],
    AllowedOAuthFlowsUserPoolClient: client.grants.size > 0,
    AllowedOAuthScopes: client.grantScopes,
  };
}

/** A group as administrative operations answer it. */
export function describedGroup(group: Group, pool: Pool): object {
  return {
    GroupName: group.name,
    UserPoolId: pool.identity.id,
    Description: group.description,
    Precedence: group.precedence,
    CreationDate: group.createdAtMs / 1000,
    LastModifiedDate: group.createdAtMs / 1000,
  };
}
