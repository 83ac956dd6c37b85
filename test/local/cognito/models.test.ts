import fc from 'fast-check';
import { Cognito } from '../../../local/cognito/cognito';
import { afterFailure, isLocked, noFailures } from '../../../local/cognito/lockout';
import { cognitoModels } from '../../../local/cognito/models';
import { makeVerifier, openExchange, provesPassword } from '../../../local/cognito/srp';
import { accountId, fixedClock, region, testCredentials } from '../support';
import { provisioner } from './resource';

const provision = provisioner(
  cognitoModels(
    new Cognito({
      clock: fixedClock(),
      authorize: () => undefined,
      credentials: testCredentials.source,
      invoke: async ({ payload }) => ({ kind: 'ok', payload }),
      region,
      accountId,
    }),
  ),
);

describe('the template', () => {
  it('gives the pool, its clients and its groups the ids that other resources refer to', async () => {
    const pool = await provision('AWS::Cognito::UserPool', 'Pool', {});
    const properties = { UserPoolId: pool.physicalId, GroupName: 'officer' };

    expect(pool.physicalId).toMatch(/^us-east-2_[a-z0-9]{9}$/);
    expect(pool.attribute('Arn')).toBe(
      `arn:aws:cognito-idp:us-east-2:000000000000:userpool/${pool.physicalId}`,
    );
    expect(pool.attribute('ProviderName')).toBe(`cognito-idp.us-east-2.amazonaws.com/${pool.physicalId}`);
    expect((await provision('AWS::Cognito::UserPoolGroup', 'G', properties)).physicalId).toBe('officer');
    const client = { UserPoolId: pool.physicalId };
    expect((await provision('AWS::Cognito::UserPoolClient', 'C', client)).physicalId).toMatch(
      /^[a-z0-9]{26}$/,
    );
    const server = { UserPoolId: pool.physicalId, Identifier: 'platekeeper', Name: 'platekeeper' };
    const made = await provision('AWS::Cognito::UserPoolResourceServer', 'R', server);
    expect(made.physicalId).toBe('platekeeper');
  });

  it.each([
    ['WebAuthnRelyingPartyID', { WebAuthnRelyingPartyID: 'x' }, 'WebAuthnRelyingPartyID'],
    ['a nested setting', { LambdaConfig: { PreSignUp: 'arn' } }, 'LambdaConfig.PreSignUp'],
    ['SMS as a factor', { EnabledMfas: ['SMS_MFA'] }, 'EnabledMfas'],
    [
      'an invitation that leaves the password out',
      { AdminCreateUserConfig: { InviteMessageTemplate: { EmailMessage: 'Hello {username}' } } },
      'EmailMessage: must hold {username} and {####}',
    ],
    ['V2 tokens on the LITE tier', { UserPoolTier: 'LITE', LambdaConfig: v2() }, 'UserPoolTier'],
  ])('is refused for %s, by name', async (_what, properties, named) => {
    await expect(provision('AWS::Cognito::UserPool', 'Pool', properties)).rejects.toThrow(
      new RegExp(`^AWS::Cognito::UserPool Pool: the local system does not model .*${named}`),
    );
  });

  it('is refused for a token validity that Cognito would refuse', async () => {
    const pool = await provision('AWS::Cognito::UserPool', 'Pool', {});
    const client = {
      UserPoolId: pool.physicalId,
      AccessTokenValidity: 1,
      TokenValidityUnits: { AccessToken: 'minutes' },
    };

    await expect(provision('AWS::Cognito::UserPoolClient', 'C', client)).rejects.toThrow(
      'AccessTokenValidity of 1 minutes is outside what Cognito accepts',
    );
  });
});

describe('an app client', () => {
  const scope = 'made-up/feed';
  const machine = {
    GenerateSecret: true,
    AllowedOAuthFlowsUserPoolClient: true,
    AllowedOAuthFlows: ['client_credentials'],
    AllowedOAuthScopes: [scope],
  };

  it.each([
    [
      'a scope that no resource server has',
      { AllowedOAuthScopes: ['made-up/other'] },
      'no scope made-up/other',
    ],
    ['a machine’s grant without a secret', { GenerateSecret: false }, 'needs a secret'],
    [
      'a machine’s grant beside one of people',
      { AllowedOAuthFlows: ['client_credentials', 'code'] },
      'no other',
    ],
    ['a machine’s grant of users’ scopes', { AllowedOAuthScopes: ['openid'] }, 'resource servers alone'],
    ['a provider that the pool has not', { SupportedIdentityProviders: ['made-up'] }, 'provider made-up'],
  ])('is refused for %s', async (_what, changed, words) => {
    const client = { ...(await poolWithScope()), ...machine, ...changed };

    await expect(provision('AWS::Cognito::UserPoolClient', 'C', client)).rejects.toThrow(words);
  });

  it('may use an identity provider that the pool has, and its mapped attribute', async () => {
    const inPool = await poolWithScope();
    const provider = {
      ...inPool,
      ProviderName: 'made-up',
      ProviderType: 'OIDC',
      ProviderDetails: { client_id: 'x' },
      AttributeMapping: { 'custom:mfa': 'amr' },
    };

    await provision('AWS::Cognito::UserPoolIdentityProvider', 'I', provider);

    const client = { ...inPool, SupportedIdentityProviders: ['made-up'] };
    expect((await provision('AWS::Cognito::UserPoolClient', 'C', client)).physicalId).toHaveLength(26);
    const mapped = { ...provider, AttributeMapping: { 'custom:fixed': 'amr' } };
    await expect(provision('AWS::Cognito::UserPoolIdentityProvider', 'I', mapped)).rejects.toThrow(
      'custom:fixed: Attribute cannot be updated',
    );
  });

  async function poolWithScope() {
    const Schema = [
      { Name: 'mfa', AttributeDataType: 'String', Mutable: true },
      { Name: 'fixed', AttributeDataType: 'String', Mutable: false },
    ];
    const { physicalId: UserPoolId } = await provision('AWS::Cognito::UserPool', 'Pool', { Schema });
    const Scopes = [{ ScopeName: 'feed', ScopeDescription: 'made up' }];
    const server = { UserPoolId, Identifier: 'made-up', Name: 'made-up', Scopes };
    await provision('AWS::Cognito::UserPoolResourceServer', 'R', server);
    return { UserPoolId };
  }
});

it.each(['aws-made-up', 'Made-Up', 'made.up'])('makes no domain %s', async (Domain) => {
  const { physicalId: UserPoolId } = await provision('AWS::Cognito::UserPool', 'Pool', {});

  await expect(provision('AWS::Cognito::UserPoolDomain', 'D', { UserPoolId, Domain })).rejects.toThrow(
    'AWS::Cognito::UserPoolDomain D: the local system does not model Domain',
  );
});

describe('the lockout', () => {
  it.each([
    [4, 0],
    [5, 1000],
    [6, 2000],
    [10, 32_000],
    [20, 900_000],
  ])('after %i failures in a row lasts %i ms', (failures, lockMs) => {
    let lockout = noFailures;
    for (let count = 0; count < failures; count++) lockout = afterFailure(lockout, 0);

    expect(isLocked(lockout, Math.max(lockMs - 1, 0))).toBe(lockMs > 0);
    expect(isLocked(lockout, lockMs)).toBe(false);
  });

  it('never lasts longer than fifteen minutes', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(2_000_000), { maxLength: 60 }), (gaps) => {
        let nowMs = 0;
        let lockout = noFailures;
        for (const gap of gaps) {
          nowMs += gap;
          lockout = afterFailure(lockout, nowMs);
        }
        return !isLocked(lockout, nowMs + 900_000);
      }),
    );
  });

  it('is forgotten after fifteen minutes of peace', () => {
    let lockout = noFailures;
    for (let count = 0; count < 9; count++) lockout = afterFailure(lockout, 0);

    lockout = afterFailure(lockout, 16_000 + 900_000);

    expect(lockout.failures).toBe(1);
  });
});

it('takes no signature as proof of a password that was not made with it', () => {
  const verifier = makeVerifier({ poolName: 'x', username: 'made.up' }, 'Some-Password-1');
  const exchange = openExchange(verifier, 'abcdef');
  if (exchange === undefined) throw new Error('the public value is fine');
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 0, maxLength: 40 }), (bytes) => {
      const signature = Buffer.from(bytes).toString('base64');
      return !provesPassword(exchange, { poolName: 'x', username: 'made.up', timestamp: 't', signature });
    }),
    { numRuns: 10 },
  );
});

function v2() {
  return { PreTokenGenerationConfig: { LambdaArn: 'arn', LambdaVersion: 'V2_0' } };
}
