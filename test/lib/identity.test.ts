import { App } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import cdk from '../../cdk.json';
import { roles } from '../../core/access/roles';
import type { Configuration } from '../../core/contract/configuration';
import { DataStack } from '../../lib/stacks/data';
import { IdentityStack } from '../../lib/stacks/identity';
import { madeConfiguration } from '../core/contract/made-configuration';

jest.setTimeout(60_000);

const pool = 'AWS::Cognito::UserPool';
const client = 'AWS::Cognito::UserPoolClient';
const configuration = madeConfiguration();
let template: Template;
beforeAll(() => {
  template = templateOf(configuration);
});

describe('the user pool', () => {
  it('takes nobody who was not invited, and asks everybody for an authenticator app [Access-C]', () => {
    template.hasResourceProperties(pool, {
      AdminCreateUserConfig: { AllowAdminCreateUserOnly: true },
      MfaConfiguration: 'ON',
      EnabledMfas: ['SOFTWARE_TOKEN_MFA'],
      UsernameConfiguration: { CaseSensitive: false },
      UsernameAttributes: Match.absent(),
      AliasAttributes: Match.absent(),
      AccountRecoverySetting: { RecoveryMechanisms: [{ Name: 'admin_only', Priority: 1 }] },
    });
  });

  it('takes long passwords, none of the last ten, and temporary ones for a day', () => {
    template.hasResourceProperties(pool, {
      Policies: {
        PasswordPolicy: {
          MinimumLength: 14,
          RequireLowercase: true,
          RequireNumbers: true,
          RequireSymbols: true,
          RequireUppercase: true,
          PasswordHistorySize: 10,
          TemporaryPasswordValidityDays: 1,
        },
      },
    });
  });

  it('stops stolen passwords and risky sign-ins', () => {
    template.hasResourceProperties(pool, {
      UserPoolTier: 'PLUS',
      UserPoolAddOns: { AdvancedSecurityMode: 'ENFORCED' },
    });
    template.hasResourceProperties('AWS::Cognito::UserPoolRiskConfigurationAttachment', {
      ClientId: 'ALL',
      CompromisedCredentialsRiskConfiguration: { Actions: { EventAction: 'BLOCK' } },
      AccountTakeoverRiskConfiguration: { Actions: { HighAction: { EventAction: 'BLOCK' } } },
    });
  });

  it('invites with the name and the temporary password, and nothing else that is anybody’s own', () => {
    const [found] = Object.values(template.findResources(pool));
    const message = String(found?.Properties.AdminCreateUserConfig.InviteMessageTemplate.EmailMessage);
    expect(message.match(/\{[^}]*\}/g)).toEqual(['{username}', '{####}']);
    expect(message).not.toMatch(/https?:/);
  });

  it('has a group for each role of people, and none for the personnel system', () => {
    const groups = Object.values(template.findResources('AWS::Cognito::UserPoolGroup'));
    const names = groups.map(({ Properties }) => String(Properties.GroupName));
    expect(names.sort()).toEqual(roles.filter((role) => role !== 'personnel-feed').sort());
  });

  it('has every sign-in recorded and every token of people looked at, and asks about no machine’s', () => {
    template.hasResourceProperties(pool, {
      LambdaConfig: {
        PreTokenGenerationConfig: { LambdaVersion: 'V2_0', LambdaArn: Match.anyValue() },
        PostAuthentication: Match.anyValue(),
      },
    });
  });

  it('is kept when the stack goes', () => {
    template.hasResource(pool, { DeletionPolicy: 'Retain', Properties: { DeletionProtection: 'ACTIVE' } });
  });
});

describe('the clients of people', () => {
  it.each(['Console', 'Mobile'])('sign in by SRP and never show a password: %s', (name) => {
    expect(clientNamed(template, name)).toMatchObject({
      ExplicitAuthFlows: ['ALLOW_USER_SRP_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
      GenerateSecret: false,
      PreventUserExistenceErrors: 'ENABLED',
      SupportedIdentityProviders: ['COGNITO'],
    });
    expect(clientNamed(template, name)).not.toHaveProperty('AllowedOAuthFlows');
  });

  it.each(['Console', 'Mobile'])(
    'hold for fifteen minutes and for a shift at most, and can be revoked: %s',
    (name) => {
      expect(clientNamed(template, name)).toMatchObject({
        AccessTokenValidity: 15,
        IdTokenValidity: 15,
        RefreshTokenValidity: 720,
        TokenValidityUnits: { AccessToken: 'minutes', IdToken: 'minutes', RefreshToken: 'minutes' },
        EnableTokenRevocation: true,
      });
    },
  );

  it('let nobody write anything about himself that something is decided by', () => {
    for (const name of ['Console', 'Mobile', 'PersonnelFeed'])
      expect(clientNamed(template, name)).toMatchObject({ WriteAttributes: ['locale'] });
  });

  it('are the only ones beside the personnel system’s', () => {
    template.resourceCountIs(client, 3);
    template.resourceCountIs('AWS::Cognito::UserPoolIdentityProvider', 0);
  });
});

it('gives the personnel system the feed’s scope and no way to sign a person in [Access-C]', () => {
  const feed = clientNamed(template, 'PersonnelFeed');
  expect(feed).toMatchObject({
    GenerateSecret: true,
    ExplicitAuthFlows: ['ALLOW_REFRESH_TOKEN_AUTH'],
    AllowedOAuthFlowsUserPoolClient: true,
    AllowedOAuthFlows: ['client_credentials'],
  });
  expect(feed.AllowedOAuthScopes).toEqual([
    { 'Fn::Join': ['', [{ Ref: expect.stringMatching(/^UsersApiServer/) }, '/personnel']] },
  ]);
  template.hasResourceProperties('AWS::Cognito::UserPoolResourceServer', {
    Identifier: 'platekeeper',
    Scopes: [Match.objectLike({ ScopeName: 'api' }), Match.objectLike({ ScopeName: 'personnel' })],
  });
});

it('lets the functions read one record at a time and change nobody', () => {
  const policies = Object.entries(template.findResources('AWS::IAM::Policy'));
  const actions = (name: string) =>
    policies
      .filter(([id]) => id.startsWith(name))
      .flatMap(([, { Properties }]) => Properties.PolicyDocument.Statement as { Action: string | string[] }[])
      .flatMap(({ Action }) => Action)
      .filter((action) => action.startsWith('dynamodb:'))
      .sort();
  expect(actions('EnrichToken')).toEqual(['dynamodb:GetItem']);
  expect(actions('RecordSignIn')).toEqual(['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem']);
});

describe('with the department’s own identity provider', () => {
  const shared = {
    name: 'made-up-provider',
    mfaClaim: 'amr',
    mfaValue: 'mfa',
    callbackUrls: ['https://console.example.test/signed-in'],
  };
  const oidc = {
    ...shared,
    kind: 'oidc',
    issuer: 'https://sign-in.example.test',
    clientId: 'made-up',
    clientSecretName: 'made-up-secret',
  } as const;
  const saml = { ...shared, kind: 'saml', metadataUrl: 'https://sign-in.example.test/metadata' } as const;

  it.each([
    ['OIDC', oidc, { oidc_issuer: 'https://sign-in.example.test', client_id: 'made-up' }],
    ['SAML', saml, { MetadataURL: 'https://sign-in.example.test/metadata' }],
  ])('takes its claim about the second factor anew at each sign-in (%s)', (kind, federation, details) => {
    const federated = templateOf({ ...configuration, federation });
    federated.hasResourceProperties('AWS::Cognito::UserPoolIdentityProvider', {
      ProviderName: 'made-up-provider',
      ProviderType: kind,
      ProviderDetails: Match.objectLike(details),
      AttributeMapping: { 'custom:mfa': 'amr' },
    });
    federated.hasResourceProperties(pool, {
      Schema: [Match.objectLike({ Name: 'mfa', Mutable: true })],
    });
  });

  it('signs in by code with PKCE, without the users’ own operations, through a client of its own', () => {
    const federated = templateOf({ ...configuration, federation: oidc });
    expect(clientNamed(federated, 'Federated')).toMatchObject({
      AllowedOAuthFlows: ['code'],
      AllowedOAuthScopes: ['openid'],
      CallbackURLs: ['https://console.example.test/signed-in'],
      ExplicitAuthFlows: ['ALLOW_REFRESH_TOKEN_AUTH'],
      GenerateSecret: false,
      SupportedIdentityProviders: ['made-up-provider'],
      WriteAttributes: ['custom:mfa'],
      AccessTokenValidity: 15,
      RefreshTokenValidity: 720,
    });
    expect(clientNamed(federated, 'Console')).toMatchObject({ WriteAttributes: ['locale'] });
  });

  it('keeps its secret out of the template', () => {
    const federated = templateOf({ ...configuration, federation: oidc });
    federated.hasResourceProperties('AWS::Cognito::UserPoolIdentityProvider', {
      ProviderDetails: Match.objectLike({
        client_secret: '{{resolve:secretsmanager:made-up-secret:SecretString:::}}',
      }),
    });
  });
});

it('tells where to fetch tokens, by a FIPS endpoint where the deployment asks for it', () => {
  const url = (made: Template) => JSON.stringify(made.findOutputs('SignInUrl').SignInUrl?.Value);
  expect(url(template)).toContain('.auth.us-east-2.amazoncognito.com');
  const fips = { ...configuration, stage: { ...configuration.stage, fips: true } };
  expect(url(templateOf(fips))).toContain('.auth-fips.us-east-2.amazoncognito.com');
});

function templateOf(made: Configuration): Template {
  const common = { env: { region: made.stage.region }, configuration: made };
  const app = new App({ context: cdk.context });
  const data = new DataStack(app, 'Data', common);
  return Template.fromStack(new IdentityStack(app, 'Identity', { ...common, data }));
}

function clientNamed(made: Template, name: string): Record<string, unknown> {
  const found = Object.entries(made.findResources(client)).filter(([id]) =>
    new RegExp(`^Users${name}[0-9A-F]{8}$`).test(id),
  );
  expect(found).toHaveLength(1);
  return (found[0]?.[1].Properties ?? {}) as Record<string, unknown>;
}
