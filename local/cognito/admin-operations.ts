import { z } from 'zod';
import type { Authorize } from '../aws/caller';
import { AwsError } from '../aws/errors';
import type { JsonOperation } from '../aws/json-protocol';
import type { Clock } from '../clock';
import { parseInput } from './input';
import { type Invitation, invitationOf } from './invitations';
import { newTemporaryPassword } from './passwords';
import type { Group, Pool } from './pool';
import type { User } from './user';
import { paged, userFilter } from './user-lists';
import { described, describedClient, describedGroup, mfaSettings } from './user-view';

export interface AdminDeps {
  readonly clock: Clock;
  readonly authorize: Authorize;
  /** Throws `ResourceNotFoundException`. */
  readonly pool: (id: string) => Pool;
  /** Ends all of a user's sign-ins. */
  readonly signOut: (user: User) => void;
  readonly invite: (invitation: Invitation) => void;
}

const inPool = z.object({ UserPoolId: z.string() });
const ofUser = inPool.extend({ Username: z.string() });
const inGroup = ofUser.extend({ GroupName: z.string() });
const attributeList = z.array(z.object({ Name: z.string(), Value: z.string().default('') }));
const page = { Limit: z.number().int().min(1).max(60).default(60) };

/** What an administrator or a program with IAM permission does to a pool's people. */
export function adminOperations(deps: AdminDeps): Record<string, JsonOperation> {
  const { clock } = deps;

  /** One operation: its input in shape, the caller's permission on that pool, then the work. */
  const operation =
    <T extends z.ZodType<{ UserPoolId: string }>>(
      name: string,
      schema: T,
      work: (input: z.output<T>, pool: Pool) => object,
    ): JsonOperation =>
    (raw, caller) => {
      const input = parseInput(schema, raw);
      const pool = deps.pool(input.UserPoolId);
      deps.authorize({ caller, action: `cognito-idp:${name}`, resource: pool.identity.arn });
      return work(input, pool);
    };
  const onUser = (name: string, change: (user: User, pool: Pool) => void): JsonOperation =>
    operation(name, ofUser, (input, pool) => {
      const user = pool.user(input.Username);
      change(user, pool);
      user.modifiedAtMs = clock.now();
      return {};
    });

  return {
    AdminCreateUser: operation(
      'AdminCreateUser',
      ofUser.extend({
        TemporaryPassword: z.string().optional(),
        UserAttributes: attributeList.default([]),
        MessageAction: z.enum(['SUPPRESS', 'RESEND']).optional(),
        // SMS, Cognito's own choice, reaches nobody here.
        DesiredDeliveryMediums: z.array(z.enum(['EMAIL', 'SMS'])).default(['SMS']),
      }),
      (input, pool) => {
        const temporaryPassword = input.TemporaryPassword ?? newTemporaryPassword(pool.policy);
        const user =
          input.MessageAction === 'RESEND'
            ? renewed(pool, input.Username, temporaryPassword, clock.now())
            : pool.createUser(
                {
                  username: input.Username,
                  attributes: new Map(input.UserAttributes.map(({ Name, Value }) => [Name, Value])),
                  temporaryPassword,
                },
                clock.now(),
              );
        const invitation = invitationOf(pool, user, temporaryPassword);
        if (input.MessageAction !== 'SUPPRESS' && input.DesiredDeliveryMediums.includes('EMAIL')) {
          if (invitation === undefined)
            throw new AwsError('InvalidParameterException', 'User has no email address to deliver to');
          deps.invite(invitation);
        }
        return { User: described(user) };
      },
    ),
    AdminSetUserPassword: operation(
      'AdminSetUserPassword',
      ofUser.extend({ Password: z.string(), Permanent: z.boolean().default(false) }),
      (input, pool) => {
        const user = pool.user(input.Username);
        pool.setPassword(user, input.Password, clock.now(), { isTemporary: !input.Permanent });
        return {};
      },
    ),
    AdminGetUser: operation('AdminGetUser', ofUser, (input, pool) => {
      const user = pool.user(input.Username);
      const { Attributes, ...rest } = described(user);
      return { ...rest, UserAttributes: Attributes, ...mfaSettings(user) };
    }),
    AdminDeleteUser: onUser('AdminDeleteUser', (user, pool) => {
      user.isEnabled = false;
      deps.signOut(user);
      pool.deleteUser(user);
    }),
    AdminDisableUser: onUser('AdminDisableUser', (user) => {
      user.isEnabled = false;
      deps.signOut(user);
    }),
    AdminEnableUser: onUser('AdminEnableUser', (user) => {
      user.isEnabled = true;
    }),
    AdminUserGlobalSignOut: onUser('AdminUserGlobalSignOut', (user) => {
      deps.signOut(user);
    }),
    AdminUpdateUserAttributes: operation(
      'AdminUpdateUserAttributes',
      ofUser.extend({ UserAttributes: attributeList }),
      (input, pool) => {
        const user = pool.user(input.Username);
        for (const { Name, Value } of input.UserAttributes) {
          pool.attributeSchema.requireChangeable(Name, Value);
        }
        for (const { Name, Value } of input.UserAttributes) user.attributes.set(Name, Value);
        user.modifiedAtMs = clock.now();
        return {};
      },
    ),
    AdminAddUserToGroup: operation('AdminAddUserToGroup', inGroup, (input, pool) => {
      pool.user(input.Username).groups.add(requireGroup(pool, input.GroupName).name);
      return {};
    }),
    AdminRemoveUserFromGroup: operation('AdminRemoveUserFromGroup', inGroup, (input, pool) => {
      pool.user(input.Username).groups.delete(requireGroup(pool, input.GroupName).name);
      return {};
    }),
    AdminListGroupsForUser: operation(
      'AdminListGroupsForUser',
      ofUser.extend({ ...page, NextToken: z.string().optional() }),
      (input, pool) => {
        const { items, next } = paged(pool.groupsOf(pool.user(input.Username)), input.Limit, input.NextToken);
        return { Groups: items.map((group) => describedGroup(group, pool)), NextToken: next };
      },
    ),
    ListGroups: operation(
      'ListGroups',
      inPool.extend({ ...page, NextToken: z.string().optional() }),
      (input, pool) => {
        const { items, next } = paged([...pool.groups.values()], input.Limit, input.NextToken);
        return { Groups: items.map((group) => describedGroup(group, pool)), NextToken: next };
      },
    ),
    ListUsersInGroup: operation(
      'ListUsersInGroup',
      inPool.extend({ ...page, GroupName: z.string(), NextToken: z.string().optional() }),
      (input, pool) => {
        const { name } = requireGroup(pool, input.GroupName);
        const members = [...pool.users.values()].filter((user) => user.groups.has(name));
        const { items, next } = paged(members, input.Limit, input.NextToken);
        return { Users: items.map(described), NextToken: next };
      },
    ),
    DescribeUserPoolClient: operation(
      'DescribeUserPoolClient',
      inPool.extend({ ClientId: z.string() }),
      (input, pool) => {
        const client = pool.clients.get(input.ClientId);
        if (client === undefined)
          throw new AwsError(
            'ResourceNotFoundException',
            `User pool client ${input.ClientId} does not exist.`,
          );
        return { UserPoolClient: describedClient(client, pool) };
      },
    ),
    ListUsers: operation(
      'ListUsers',
      inPool.extend({
        Limit: z.number().int().min(0).max(60).default(60),
        Filter: z.string().optional(),
        PaginationToken: z.string().optional(),
      }),
      (input, pool) => {
        const found = [...pool.users.values()].filter(userFilter(input.Filter ?? ''));
        const { items, next } = paged(found, input.Limit || 60, input.PaginationToken);
        return { Users: items.map(described), PaginationToken: next };
      },
    ),
  };
}

function renewed(pool: Pool, username: string, temporaryPassword: string, nowMs: number): User {
  const user = pool.user(username);
  if (user.status !== 'FORCE_CHANGE_PASSWORD') {
    throw new AwsError('UnsupportedUserStateException', 'The user has signed in already.');
  }
  pool.setPassword(user, temporaryPassword, nowMs, { isTemporary: true });
  return user;
}

function requireGroup(pool: Pool, name: string): Group {
  const group = pool.groups.get(name);
  if (group === undefined) throw new AwsError('ResourceNotFoundException', 'Group not found.');
  return group;
}
