import {
  AdminAddUserToGroupCommand,
  AdminCreateUserCommand,
  AdminDisableUserCommand,
  AdminGetUserCommand,
  AdminListGroupsForUserCommand,
  AdminRemoveUserFromGroupCommand,
  AdminUserGlobalSignOutCommand,
  type CognitoIdentityProviderClient,
  UserNotFoundException,
  UsernameExistsException,
} from '@aws-sdk/client-cognito-identity-provider';
import { isRole, type Role } from '../../core/access/roles';
import type { Accounts } from '../../core/people/ports';
import { fromStore } from '../stores/store-error';

export interface CognitoAccountsOptions {
  readonly cognito: CognitoIdentityProviderClient;
  readonly userPoolId: string;
}

/**
 * The accounts of the user pool. Cognito makes the temporary password and mails it itself, so it never passes through
 * the product. Machine identities have no account here: for them there is nothing to end.
 */
export class CognitoAccounts implements Accounts {
  constructor(readonly options: CognitoAccountsOptions) {}

  async create({
    username,
    email,
    role,
  }: {
    readonly username: string;
    readonly email: string;
    readonly role: Role;
  }): Promise<'ready' | 'taken'> {
    if ((await this.#invite(username, email)) === 'taken') return 'taken';
    await this.#addToGroup(username, role);
    return 'ready';
  }

  /** In the new group first, so that no moment leaves the account without one. */
  async setRole(username: string, role: Role): Promise<void> {
    await this.#ofAccount(async () => {
      await this.#addToGroup(username, role);
      const { cognito } = this.options;
      const { Groups = [] } = await cognito.send(new AdminListGroupsForUserCommand(this.#user(username)));
      const others = Groups.flatMap(({ GroupName = '' }) =>
        isRole(GroupName) && GroupName !== role ? [GroupName] : [],
      );
      for (const GroupName of others)
        await cognito.send(new AdminRemoveUserFromGroupCommand({ ...this.#user(username), GroupName }));
    });
  }

  async signOut(username: string): Promise<void> {
    await this.#ofAccount(() =>
      this.options.cognito.send(new AdminUserGlobalSignOutCommand(this.#user(username))),
    );
  }

  async disable(username: string): Promise<void> {
    await this.#ofAccount(() => this.options.cognito.send(new AdminDisableUserCommand(this.#user(username))));
  }

  async #invite(username: string, email: string): Promise<'ready' | 'taken'> {
    const user = this.#user(username);
    try {
      await this.options.cognito.send(
        new AdminCreateUserCommand({
          ...user,
          UserAttributes: [
            { Name: 'email', Value: email },
            { Name: 'email_verified', Value: 'true' },
          ],
          DesiredDeliveryMediums: ['EMAIL'],
        }),
      );
      return 'ready';
    } catch (error) {
      if (error instanceof UsernameExistsException) return this.#inviteAgain(username, email);
      return fromStore('accounts', () => Promise.reject(error));
    }
  }

  /** Of an account that stands: the invitation once more as long as nobody answered it. */
  async #inviteAgain(username: string, email: string): Promise<'ready' | 'taken'> {
    const { cognito } = this.options;
    const user = this.#user(username);
    const { UserAttributes = [], UserStatus } = await fromStore('accounts', () =>
      cognito.send(new AdminGetUserCommand(user)),
    );
    const address = UserAttributes.find(({ Name }) => Name === 'email')?.Value;
    if (address?.toLowerCase() !== email.toLowerCase()) return 'taken';
    if (UserStatus === 'FORCE_CHANGE_PASSWORD')
      await fromStore('accounts', () =>
        cognito.send(
          new AdminCreateUserCommand({
            ...user,
            MessageAction: 'RESEND',
            DesiredDeliveryMediums: ['EMAIL'],
          }),
        ),
      );
    return 'ready';
  }

  async #addToGroup(username: string, role: Role): Promise<void> {
    await fromStore('accounts', () =>
      this.options.cognito.send(new AdminAddUserToGroupCommand({ ...this.#user(username), GroupName: role })),
    );
  }

  async #ofAccount(work: () => Promise<unknown>): Promise<void> {
    try {
      await work();
    } catch (error) {
      const cause = error instanceof Error && error.cause !== undefined ? error.cause : error;
      if (!(cause instanceof UserNotFoundException)) await fromStore('accounts', () => Promise.reject(error));
    }
  }

  #user(username: string) {
    return { UserPoolId: this.options.userPoolId, Username: username };
  }
}
