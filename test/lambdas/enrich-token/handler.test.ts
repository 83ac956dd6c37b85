import { makeHandler } from '../../../lambdas/enrich-token/handler';

const handler = makeHandler();

it('adds the API scope for a user in a role’s group, and changes nothing else', async () => {
  const event = eventFor(['officer']);
  expect(await handler(event)).toEqual({
    ...event,
    response: {
      claimsAndScopeOverrideDetails: { accessTokenGeneration: { scopesToAdd: ['platekeeper/api'] } },
    },
  });
});

it.each([[['cleaners']], [[]], [undefined]])(
  'gives no scope to a user of the groups %j [Access-C]',
  async (groups) => {
    const event = eventFor(groups);
    expect(await handler(event)).toBe(event);
  },
);

it('gives no token for an event that it does not understand', async () => {
  await expect(handler({ version: '9' })).rejects.toThrow();
});

function eventFor(groups: readonly string[] | undefined) {
  return {
    version: '2',
    triggerSource: 'TokenGeneration_Authentication',
    userName: 'made-up.officer',
    request: {
      userAttributes: { sub: 'made-up' },
      scopes: ['aws.cognito.signin.user.admin'],
      groupConfiguration: { groupsToOverride: groups, iamRolesToOverride: [] },
    },
    response: {},
  };
}
