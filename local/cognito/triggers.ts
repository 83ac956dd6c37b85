import { z } from 'zod';
import { AwsError } from '../aws/errors';
import type { InvokeFunction } from '../lambda/invoke';
import type { Pool } from './pool';
import { attributesOf, type User } from './user';

export type TokenSource =
  | 'TokenGeneration_Authentication'
  | 'TokenGeneration_NewPasswordChallenge'
  | 'TokenGeneration_RefreshTokens';

export interface TriggerContext {
  readonly pool: Pool;
  readonly clientId: string;
  readonly user: User;
  readonly region: string;
  readonly clientMetadata: Readonly<Record<string, string>> | undefined;
}

const claimValue = z.unknown();
const names = z.array(z.string()).nullish();
const override = z
  .object({
    idTokenGeneration: z
      .object({ claimsToAddOrOverride: z.record(z.string(), claimValue).nullish(), claimsToSuppress: names })
      .nullish(),
    accessTokenGeneration: z
      .object({
        claimsToAddOrOverride: z.record(z.string(), claimValue).nullish(),
        claimsToSuppress: names,
        scopesToAdd: names,
        scopesToSuppress: names,
      })
      .nullish(),
    groupOverrideDetails: z.object({ groupsToOverride: names }).nullish(),
  })
  .nullish();
const preTokenResponse = z.object({ response: z.object({ claimsAndScopeOverrideDetails: override }) });

export type TokenOverride = NonNullable<z.output<typeof override>>;

/** Asks the pool's pre-token-generation function (event V2_0 or V3_0) what to change; `{}` where there is none. */
export async function preTokenGeneration(
  invoke: InvokeFunction,
  context: TriggerContext,
  { source, scopes }: { readonly source: TokenSource; readonly scopes: readonly string[] },
): Promise<TokenOverride> {
  const trigger = context.pool.properties.LambdaConfig?.PreTokenGenerationConfig;
  if (trigger === undefined) return {};
  const payload = await call(invoke, context, trigger.LambdaArn, 'PreTokenGeneration', {
    version: trigger.LambdaVersion === 'V3_0' ? '3' : '2',
    triggerSource: source,
    request: {
      userAttributes: triggerAttributes(context.user),
      groupConfiguration: {
        groupsToOverride: context.pool.groupsOf(context.user).map((group) => group.name),
        iamRolesToOverride: [],
        preferredRole: null,
      },
      scopes,
      ...(context.clientMetadata === undefined ? {} : { clientMetadata: context.clientMetadata }),
    },
    response: { claimsAndScopeOverrideDetails: null },
  });
  const parsed = preTokenResponse.safeParse(payload);
  if (!parsed.success) throw unreadable('PreTokenGeneration');
  return parsed.data.response.claimsAndScopeOverrideDetails ?? {};
}

/** Tells the pool's post-authentication function that someone signed in; its failure refuses the sign-in. */
export async function postAuthentication(invoke: InvokeFunction, context: TriggerContext): Promise<void> {
  const functionArn = context.pool.properties.LambdaConfig?.PostAuthentication;
  if (functionArn === undefined) return;
  await call(invoke, context, functionArn, 'PostAuthentication', {
    version: '1',
    triggerSource: 'PostAuthentication_Authentication',
    request: {
      userAttributes: triggerAttributes(context.user),
      newDeviceUsed: false,
      ...(context.clientMetadata === undefined ? {} : { clientMetadata: context.clientMetadata }),
    },
    response: {},
  });
}

async function call(
  invoke: InvokeFunction,
  { pool, clientId, user, region }: TriggerContext,
  functionArn: string,
  trigger: string,
  event: Readonly<Record<string, unknown>>,
): Promise<unknown> {
  const result = await invoke({
    functionArn,
    principal: 'cognito-idp.amazonaws.com',
    sourceArn: pool.identity.arn,
    payload: {
      region,
      userPoolId: pool.identity.id,
      userName: user.username,
      callerContext: { awsSdkVersion: 'aws-sdk-unknown-unknown', clientId },
      ...event,
    },
  }).catch((error: unknown) => {
    if (!(error instanceof AwsError)) throw error;
    throw new AwsError('UnexpectedLambdaException', `${trigger} invocation failed: ${error.message}`);
  });
  if (result.kind === 'ok') return result.payload;
  throw new AwsError('UserLambdaValidationException', `${trigger} failed with error ${result.errorMessage}.`);
}

function triggerAttributes(user: User): Record<string, string> {
  return { ...attributesOf(user), 'cognito:user_status': user.status };
}

function unreadable(trigger: string): AwsError {
  return new AwsError('InvalidLambdaResponseException', `Unrecognizable lambda output of ${trigger}`);
}
