import {
  AdminAddUserToGroupCommand,
  AdminCreateUserCommand,
  AdminDeleteUserCommand,
  AdminGetUserCommand,
  AdminListGroupsForUserCommand,
  AdminRemoveUserFromGroupCommand,
  AdminSetUserPasswordCommand,
  AdminUpdateUserAttributesCommand,
  DescribeUserPoolCommand,
  GetUserCommand,
  ListGroupsCommand,
  ListUsersCommand,
  ListUsersInGroupCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import {
  createUser,
  enrol,
  lastingPassword,
  type RunningPool,
  signInBySrp,
  startPool,
  username,
} from './pool-fixture';

// Each SRP exchange costs the client about 100 ms, more on a busy machine.
jest.setTimeout(30_000);

let pool: RunningPool;
beforeEach(async () => {
  pool = await startPool();
});
afterEach(() => pool.close());

const user = () => ({ UserPoolId: pool.poolId, Username: username });

describe('accounts', () => {
  it('are made with a temporary password and told to the person by one invitation', async () => {
    await pool.api.send(
      new AdminCreateUserCommand({
        ...user(),
        UserAttributes: [{ Name: 'email', Value: 'made.up@example.test' }],
        DesiredDeliveryMediums: ['EMAIL'],
      }),
    );

    const [invitation, ...more] = pool.cognito.invitations;
    expect(more).toEqual([]);
    expect(invitation).toMatchObject({ username: 'made.up', email: 'made.up@example.test' });
    const next = await signInBySrp(pool, invitation?.temporaryPassword ?? '');
    expect(next.ChallengeName).toBe('NEW_PASSWORD_REQUIRED');
    const found = await pool.api.send(new AdminGetUserCommand(user()));
    expect(found).toMatchObject({ Enabled: true, UserStatus: 'FORCE_CHANGE_PASSWORD' });
    expect(found.UserCreateDate?.getTime()).toBe(pool.clock.now());
  });

  it('are invited in the pool’s own words, and anew where nobody answered', async () => {
    await pool.close();
    const AdminCreateUserConfig = {
      AllowAdminCreateUserOnly: true,
      InviteMessageTemplate: { EmailSubject: 'Come in', EmailMessage: 'You are {username}: {####}!' },
    };
    pool = await startPool({ pool: { AdminCreateUserConfig } });
    const create = (given: object) =>
      pool.api.send(new AdminCreateUserCommand({ ...user(), DesiredDeliveryMediums: ['EMAIL'], ...given }));
    await create({ UserAttributes: [{ Name: 'email', Value: 'made.up@example.test' }] });
    await create({ MessageAction: 'RESEND' });

    const [first, second] = pool.cognito.invitations;
    expect(pool.cognito.invitations).toHaveLength(2);
    expect(second?.subject).toBe('Come in');
    expect(second?.message).toBe(`You are made.up: ${second?.temporaryPassword}!`);
    expect(second?.temporaryPassword).not.toBe(first?.temporaryPassword);
    await expect(signInBySrp(pool, first?.temporaryPassword ?? '')).rejects.toMatchObject({
      name: 'NotAuthorizedException',
    });
    expect(await signInBySrp(pool, second?.temporaryPassword ?? '')).toMatchObject({
      ChallengeName: 'NEW_PASSWORD_REQUIRED',
    });
  });

  it('are not told of by e-mail unless the caller asks for it', async () => {
    await pool.api.send(
      new AdminCreateUserCommand({
        ...user(),
        UserAttributes: [{ Name: 'email', Value: 'made.up@example.test' }],
      }),
    );

    expect(pool.cognito.invitations).toEqual([]);
  });

  it('cannot share a name, whatever its case [Access-C]', async () => {
    await createUser(pool);

    await expect(createUser(pool, 'MADE.UP')).rejects.toMatchObject({ name: 'UsernameExistsException' });
  });

  it.each([
    ['a missing email', [], 'email: The attribute is required'],
    [
      'an unknown attribute',
      [
        { Name: 'email', Value: 'a@example.test' },
        { Name: 'custom:badge', Value: '1' },
      ],
      'Type for attribute {custom:badge} could not be determined',
    ],
    [
      'a value that is too long',
      [
        { Name: 'email', Value: 'a@example.test' },
        { Name: 'custom:agency', Value: 'much-too-long' },
      ],
      'custom:agency: String must be no longer than 8 characters',
    ],
  ])('are refused for %s', async (_what, UserAttributes, message) => {
    await expect(
      pool.api.send(new AdminCreateUserCommand({ ...user(), UserAttributes })),
    ).rejects.toMatchObject({
      name: 'InvalidParameterException',
      message: `Attributes did not conform to the schema: ${message}`,
    });
  });

  it('keep an attribute that the pool does not let change', async () => {
    await createUser(pool);
    const update = (Name: string, Value: string) =>
      pool.api.send(new AdminUpdateUserAttributesCommand({ ...user(), UserAttributes: [{ Name, Value }] }));

    await update('email', 'other@example.test');

    await expect(update('custom:agency', 'other')).rejects.toMatchObject({
      name: 'InvalidParameterException',
    });
    const { UserAttributes } = await pool.api.send(new AdminGetUserCommand(user()));
    expect(UserAttributes).toContainEqual({ Name: 'email', Value: 'other@example.test' });
    expect(UserAttributes).toContainEqual({ Name: 'custom:agency', Value: 'madeup' });
  });

  it('get a lasting password from an administrator', async () => {
    await createUser(pool);

    await pool.api.send(
      new AdminSetUserPasswordCommand({ ...user(), Password: lastingPassword, Permanent: true }),
    );

    expect((await signInBySrp(pool, lastingPassword)).ChallengeName).toBe('MFA_SETUP');
  });

  it('are gone once deleted, with their tokens [Access-C]', async () => {
    const { tokens } = await enrol(pool);

    await pool.api.send(new AdminDeleteUserCommand(user()));

    await expect(pool.api.send(new AdminGetUserCommand(user()))).rejects.toMatchObject({
      name: 'UserNotFoundException',
    });
    const getUser = new GetUserCommand({ AccessToken: tokens.accessToken });
    await expect(pool.api.send(getUser)).rejects.toMatchObject({ name: 'UserNotFoundException' });
  });
});

describe('lists', () => {
  it('page through users and filter them', async () => {
    for (const name of ['ada', 'abe', 'zoe']) await createUser(pool, name);
    const list = (input: object) =>
      pool.api.send(new ListUsersCommand({ UserPoolId: pool.poolId, ...input }));

    const first = await list({ Limit: 2 });
    const second = await list({ Limit: 2, PaginationToken: first.PaginationToken });
    const filtered = await list({ Filter: 'username ^= "a"' });
    const byEmail = await list({ Filter: 'email = "zoe@example.test"' });

    expect(first.Users?.map((found) => found.Username)).toEqual(['ada', 'abe']);
    expect(second.Users?.map((found) => found.Username)).toEqual(['zoe']);
    expect(second.PaginationToken).toBeUndefined();
    expect(filtered.Users?.map((found) => found.Username)).toEqual(['ada', 'abe']);
    expect(byEmail.Users?.map((found) => found.Username)).toEqual(['zoe']);
    await expect(list({ Filter: 'custom:agency = "x"' })).rejects.toMatchObject({
      name: 'InvalidParameterException',
    });
  });

  it('show who is in which group', async () => {
    await createUser(pool);
    await pool.api.send(new AdminAddUserToGroupCommand({ ...user(), GroupName: 'officer' }));

    const groups = await pool.api.send(new ListGroupsCommand({ UserPoolId: pool.poolId }));
    const mine = await pool.api.send(new AdminListGroupsForUserCommand(user()));
    const members = await pool.api.send(
      new ListUsersInGroupCommand({ UserPoolId: pool.poolId, GroupName: 'officer' }),
    );

    expect(groups.Groups?.map((group) => group.GroupName)).toEqual(['officer', 'lieutenant']);
    expect(mine.Groups?.map((group) => group.GroupName)).toEqual(['officer']);
    expect(members.Users?.map((found) => found.Username)).toEqual(['made.up']);
    await pool.api.send(new AdminRemoveUserFromGroupCommand({ ...user(), GroupName: 'officer' }));
    expect((await pool.api.send(new AdminListGroupsForUserCommand(user()))).Groups).toEqual([]);
    const nowhere = new AdminAddUserToGroupCommand({ ...user(), GroupName: 'nobody' });
    await expect(pool.api.send(nowhere)).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  });
});

describe('permission', () => {
  it('is asked for on the pool for each administrative call and for none of the public ones', async () => {
    await enrol(pool);

    await pool.api.send(new AdminGetUserCommand(user()));

    expect(pool.authorizer.calls).toEqual([
      expect.objectContaining({ action: 'cognito-idp:AdminCreateUser', resource: pool.poolArn }),
      expect.objectContaining({ action: 'cognito-idp:AdminGetUser', resource: pool.poolArn }),
    ]);
  });

  it('is refused as AccessDeniedException before anything is made', async () => {
    pool.authorizer.refuse('cognito-idp:AdminCreateUser');

    await expect(createUser(pool)).rejects.toMatchObject({ name: 'AccessDeniedException' });

    expect((await pool.api.send(new ListUsersCommand({ UserPoolId: pool.poolId }))).Users).toEqual([]);
  });

  it('does not cover what is not modelled', async () => {
    const describe = new DescribeUserPoolCommand({ UserPoolId: pool.poolId });

    await expect(pool.api.send(describe)).rejects.toMatchObject({
      name: 'UnknownOperationException',
      message: 'the local cognito-idp does not model DescribeUserPool',
    });
  });
});
