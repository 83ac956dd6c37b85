import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { PasswordPolicy } from './passwords';
import { cfnBoolean, cfnNumber, ignored } from './properties';

const noMail = 'no message but the invitation goes out';
const noSms = 'no factor or message goes by SMS';
const hosted = 'the hosted pages are not served locally';

const namesBoth = (message: string) => message.includes('{username}') && message.includes('{####}');
const inviteNeeds = 'must hold {username} and {####}';

const passwordPolicy = z.strictObject({
  MinimumLength: cfnNumber.optional(),
  RequireUppercase: cfnBoolean.optional(),
  RequireLowercase: cfnBoolean.optional(),
  RequireNumbers: cfnBoolean.optional(),
  RequireSymbols: cfnBoolean.optional(),
  PasswordHistorySize: cfnNumber.optional(),
  TemporaryPasswordValidityDays: cfnNumber.optional(),
});

const attribute = z.strictObject({
  Name: z.string(),
  AttributeDataType: z.enum(['String', 'Number', 'DateTime', 'Boolean']).optional(),
  Mutable: cfnBoolean.optional(),
  Required: cfnBoolean.optional(),
  DeveloperOnlyAttribute: z.literal(false).optional(),
  StringAttributeConstraints: z
    .strictObject({ MinLength: cfnNumber.optional(), MaxLength: cfnNumber.optional() })
    .optional(),
  NumberAttributeConstraints: z
    .strictObject({ MinValue: cfnNumber.optional(), MaxValue: cfnNumber.optional() })
    .optional(),
});

export const userPoolProperties = z
  .strictObject({
    UserPoolName: z.string().optional(),
    UserPoolTier: z.enum(['LITE', 'ESSENTIALS', 'PLUS']).optional(),
    Policies: z
      .strictObject({
        PasswordPolicy: passwordPolicy.optional(),
        SignInPolicy: z
          .strictObject({ AllowedFirstAuthFactors: z.tuple([z.literal('PASSWORD')]) })
          .optional(),
      })
      .optional(),
    MfaConfiguration: z.enum(['OFF', 'ON', 'OPTIONAL']).optional(),
    EnabledMfas: z.array(z.literal('SOFTWARE_TOKEN_MFA')).optional(),
    AdminCreateUserConfig: z
      .strictObject({
        AllowAdminCreateUserOnly: cfnBoolean.optional(),
        InviteMessageTemplate: z
          .strictObject({
            EmailSubject: z.string().optional(),
            EmailMessage: z.string().refine(namesBoth, inviteNeeds).optional(),
            SMSMessage: ignored(noSms),
          })
          .optional(),
      })
      .optional(),
    Schema: z.array(attribute).optional(),
    UsernameAttributes: z.array(z.enum(['email', 'phone_number'])).optional(),
    AliasAttributes: z.array(z.enum(['email', 'phone_number', 'preferred_username'])).optional(),
    UsernameConfiguration: z.strictObject({ CaseSensitive: cfnBoolean.optional() }).optional(),
    LambdaConfig: z
      .strictObject({
        PreTokenGenerationConfig: z
          .strictObject({ LambdaArn: z.string(), LambdaVersion: z.enum(['V2_0', 'V3_0']) })
          .optional(),
        PreTokenGeneration: ignored('always the same function as in PreTokenGenerationConfig'),
        PostAuthentication: z.string().optional(),
      })
      .optional(),
    AccountRecoverySetting: ignored('ForgotPassword is not modelled and answers UnknownOperationException'),
    AutoVerifiedAttributes: ignored('nobody signs up or changes an address by code'),
    DeletionProtection: ignored('a run never deletes its pool'),
    EmailConfiguration: ignored(noMail),
    EmailVerificationMessage: ignored(noMail),
    EmailVerificationSubject: ignored(noMail),
    SmsAuthenticationMessage: ignored(noSms),
    SmsConfiguration: ignored(noSms),
    SmsVerificationMessage: ignored(noSms),
    UserAttributeUpdateSettings: ignored('nobody changes an address by code'),
    UserPoolAddOns: ignored('risk scores need traffic that a local run has not'),
    UserPoolTags: ignored('tags grant nothing here'),
    VerificationMessageTemplate: ignored(noMail),
  })
  .superRefine((pool, context) => {
    if (pool.UserPoolTier !== 'LITE') return;
    const paid =
      pool.LambdaConfig?.PreTokenGenerationConfig ?? pool.Policies?.PasswordPolicy?.PasswordHistorySize;
    if (paid === undefined) return;
    context.addIssue({
      code: 'custom',
      path: ['UserPoolTier'],
      message: 'LITE has no V2 tokens, no history',
    });
  });

export type UserPoolProperties = z.output<typeof userPoolProperties>;

export const userPoolClientProperties = z.strictObject({
  UserPoolId: z.string(),
  ClientName: z.string().optional(),
  GenerateSecret: cfnBoolean.optional(),
  ExplicitAuthFlows: z.array(z.string()).optional(),
  PreventUserExistenceErrors: z.enum(['ENABLED', 'LEGACY']).optional(),
  AuthSessionValidity: cfnNumber.optional(),
  AccessTokenValidity: cfnNumber.optional(),
  IdTokenValidity: cfnNumber.optional(),
  RefreshTokenValidity: cfnNumber.optional(),
  TokenValidityUnits: z
    .strictObject({
      AccessToken: z.enum(['seconds', 'minutes', 'hours', 'days']).optional(),
      IdToken: z.enum(['seconds', 'minutes', 'hours', 'days']).optional(),
      RefreshToken: z.enum(['seconds', 'minutes', 'hours', 'days']).optional(),
    })
    .optional(),
  RefreshTokenRotation: z
    .strictObject({ Feature: z.enum(['ENABLED', 'DISABLED']), RetryGracePeriodSeconds: cfnNumber.optional() })
    .optional(),
  EnableTokenRevocation: cfnBoolean.optional(),
  ReadAttributes: z.array(z.string()).optional(),
  WriteAttributes: z.array(z.string()).optional(),
  SupportedIdentityProviders: z.array(z.string()).optional(),
  AllowedOAuthFlows: z.array(z.enum(['code', 'client_credentials'])).optional(),
  AllowedOAuthFlowsUserPoolClient: cfnBoolean.optional(),
  AllowedOAuthScopes: z.array(z.string()).optional(),
  CallbackURLs: ignored(hosted),
  DefaultRedirectURI: ignored(hosted),
  LogoutURLs: ignored(hosted),
});

/** Cognito's own policy where the template has none asks for everything; one that is given asks for what it says. */
export function passwordPolicyOf(pool: UserPoolProperties): PasswordPolicy {
  const given = pool.Policies?.PasswordPolicy;
  const unstated = given === undefined;
  return {
    minimumLength: given?.MinimumLength ?? 8,
    requireUppercase: given?.RequireUppercase ?? unstated,
    requireLowercase: given?.RequireLowercase ?? unstated,
    requireNumbers: given?.RequireNumbers ?? unstated,
    requireSymbols: given?.RequireSymbols ?? unstated,
    historySize: given?.PasswordHistorySize ?? 0,
    temporaryValidityDays: given?.TemporaryPasswordValidityDays ?? 7,
  };
}

export interface ClientSettings {
  readonly id: string;
  /** Of a confidential client; new in each run. */
  readonly secret: string | undefined;
  /** Of OAuth 2.0; none unless the template opens them to the client. */
  readonly grants: ReadonlySet<'code' | 'client_credentials'>;
  readonly grantScopes: readonly string[];
  readonly identityProviders: readonly string[];
  readonly flows: ReadonlySet<string>;
  readonly hidesUnknownUsers: boolean;
  readonly sessionMs: number;
  readonly accessTokenMs: number;
  readonly idTokenMs: number;
  readonly refreshTokenMs: number;
  /** How long a rotated refresh token still works; `undefined` without rotation. */
  readonly rotationGraceMs: number | undefined;
  readonly isRevocable: boolean;
  /** `undefined`: every attribute. */
  readonly readAttributes: ReadonlySet<string> | undefined;
}

/** Throws for a validity that Cognito would refuse. */
export function clientSettings(
  id: string,
  client: z.output<typeof userPoolClientProperties>,
): ClientSettings {
  const units = client.TokenValidityUnits;
  return {
    id,
    secret: client.GenerateSecret ? randomBytes(38).toString('base64url') : undefined,
    grants: new Set(client.AllowedOAuthFlowsUserPoolClient ? client.AllowedOAuthFlows : []),
    grantScopes: client.AllowedOAuthScopes ?? [],
    identityProviders: client.SupportedIdentityProviders ?? ['COGNITO'],
    flows: new Set(
      client.ExplicitAuthFlows ?? ['ALLOW_REFRESH_TOKEN_AUTH', 'ALLOW_USER_SRP_AUTH', 'ALLOW_CUSTOM_AUTH'],
    ),
    hidesUnknownUsers: client.PreventUserExistenceErrors === 'ENABLED',
    sessionMs: (client.AuthSessionValidity ?? 3) * 60_000,
    accessTokenMs: within(
      'AccessTokenValidity',
      client.AccessTokenValidity ?? 1,
      units?.AccessToken ?? 'hours',
      {
        minMs: 5 * unitMs.minutes,
        maxMs: unitMs.days,
      },
    ),
    idTokenMs: within('IdTokenValidity', client.IdTokenValidity ?? 1, units?.IdToken ?? 'hours', {
      minMs: 5 * unitMs.minutes,
      maxMs: unitMs.days,
    }),
    refreshTokenMs: within(
      'RefreshTokenValidity',
      client.RefreshTokenValidity ?? 30,
      units?.RefreshToken ?? 'days',
      { minMs: unitMs.hours, maxMs: 3650 * unitMs.days },
    ),
    rotationGraceMs:
      client.RefreshTokenRotation?.Feature === 'ENABLED'
        ? (client.RefreshTokenRotation.RetryGracePeriodSeconds ?? 0) * 1000
        : undefined,
    isRevocable: client.EnableTokenRevocation ?? true,
    readAttributes: client.ReadAttributes === undefined ? undefined : new Set(client.ReadAttributes),
  };
}

const unitMs = { seconds: 1000, minutes: 60_000, hours: 3_600_000, days: 86_400_000 } as const;

function within(
  name: string,
  value: number,
  unit: keyof typeof unitMs,
  { minMs, maxMs }: { readonly minMs: number; readonly maxMs: number },
): number {
  const ms = value * unitMs[unit];
  if (ms < minMs || ms > maxMs)
    throw new Error(`${name} of ${value} ${unit} is outside what Cognito accepts`);
  return ms;
}
