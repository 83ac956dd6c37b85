import { StoreError } from '../../../adapters/stores/store-error';
import type { PersonRecord } from '../../../core/people/record';
import { makeHandler } from '../../../lambdas/enrich-token/handler';
import { madeRecord } from '../../core/people/made-record';

const handlerFor = (record: PersonRecord | undefined, mfaValue?: string) =>
  makeHandler({ people: { find: async () => record }, ...(mfaValue === undefined ? {} : { mfaValue }) });

it('adds the API scope for a person with access, says what he or she is, and changes nothing else', async () => {
  const event = eventFor({});
  expect(await handlerFor(madeRecord())(event)).toEqual({
    ...event,
    response: {
      claimsAndScopeOverrideDetails: {
        accessTokenGeneration: {
          claimsToAddOrOverride: {
            role: 'officer',
            division: 'patrol',
            sworn: true,
            agency: 'bloomington-pd',
          },
          scopesToAdd: ['platekeeper/api'],
        },
      },
    },
  });
});

it('says what the record says at that moment, whatever the group is called', async () => {
  const enriched = await handlerFor(madeRecord({ role: 'lieutenant', division: 'ciau', sworn: false }))(
    eventFor({ groups: ['officer'] }),
  );
  expect(enriched).toMatchObject({
    response: {
      claimsAndScopeOverrideDetails: {
        accessTokenGeneration: {
          claimsToAddOrOverride: { role: 'lieutenant', division: 'ciau', sworn: false },
        },
      },
    },
  });
});

it.each([[['cleaners']], [[]], [undefined]])(
  'gives no scope to a user of the groups %j [Access-C]',
  async (groups) => {
    const event = eventFor({ groups });
    expect(await handlerFor(madeRecord())(event)).toBe(event);
  },
);

it.each([
  ['somebody without a record [Access-C]', undefined],
  ['a suspended person [Acct-C]', madeRecord({ suspended: true })],
  ['a person whose access has ended [Access-C]', madeRecord({ disabled: true })],
  ['the personnel system, which has no account [Access-C]', madeRecord({ role: 'personnel-feed' })],
])('gives neither scope nor claims to %s', async (_who, record) => {
  const event = eventFor({});
  expect(await handlerFor(record)(event)).toBe(event);
});

describe('of a sign-in by the department’s identity provider', () => {
  const mfa = 'urn:made-up:mfa';
  it.each([
    ['the value itself', mfa],
    ['a list of it alone', `[${mfa}]`],
    ['a list that has it', `["pwd","${mfa}"]`],
    ['a list as SAML sends it', `[urn:made-up:password, ${mfa}]`],
  ])('takes %s as proof of a second factor', async (_what, claim) => {
    const event = eventFor({ attributes: { ...linked, 'custom:mfa': claim } });
    expect(await handlerFor(madeRecord(), mfa)(event)).not.toBe(event);
  });

  it.each([
    ['no claim', undefined],
    ['another value', 'pwd'],
    ['an empty list', '[]'],
    ['a longer word that begins like it', `${mfa}-not`],
    ['a list without it', '["pwd","otp-later"]'],
  ])('gives no scope for %s [Access-C]', async (_what, claim) => {
    const event = eventFor({ attributes: { ...linked, 'custom:mfa': claim } });
    expect(await handlerFor(madeRecord(), mfa)(event)).toBe(event);
  });

  it('gives no scope to an account that exists at the provider alone without that claim', async () => {
    const event = eventFor({ attributes: { 'cognito:user_status': 'EXTERNAL_PROVIDER' } });
    expect(await handlerFor(madeRecord(), mfa)(event)).toBe(event);
  });

  it('gives no scope when no provider is configured any more', async () => {
    const event = eventFor({ attributes: { ...linked, 'custom:mfa': mfa } });
    expect(await handlerFor(madeRecord())(event)).toBe(event);
  });

  it('asks no claim of an account that the provider does not know', async () => {
    const event = eventFor({});
    expect(await handlerFor(madeRecord(), mfa)(event)).not.toBe(event);
  });
});

it.each([
  ['no trigger', {}],
  ['of another version', { ...eventFor({}), version: '3' }],
  ['about nobody', { ...eventFor({}), userName: undefined }],
])('gives no token for an event that is %s', async (_what, event) => {
  await expect(handlerFor(madeRecord())(event)).rejects.toThrow();
});

it('gives no token while the records cannot be read', async () => {
  const find = () => Promise.reject(new StoreError('unavailable', 'people'));
  await expect(makeHandler({ people: { find } })(eventFor({}))).rejects.toThrow(StoreError);
});

const linked = { identities: '[{"providerName":"made-up"}]', 'cognito:user_status': 'CONFIRMED' };

function eventFor(facts: {
  readonly groups?: readonly string[] | undefined;
  readonly attributes?: Readonly<Record<string, string | undefined>>;
}) {
  const groups = 'groups' in facts ? facts.groups : ['officer'];
  return {
    version: '2',
    triggerSource: 'TokenGeneration_Authentication',
    userName: 'made-up.officer',
    request: {
      userAttributes: { sub: 'made-up', ...facts.attributes },
      scopes: ['aws.cognito.signin.user.admin'],
      groupConfiguration: { groupsToOverride: groups, iamRolesToOverride: [] },
    },
    response: {},
  };
}
