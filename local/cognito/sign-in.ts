import { AwsError } from '../aws/errors';
import type { SignIn } from './challenges';
import { signInByPassword, startSrp, verifySrp } from './password-sign-in';
import {
  type AppClient,
  completeSignIn,
  type Fields,
  field,
  type Metadata,
  nextStep,
  refresh,
  requireClient,
  requireEnabled,
  type SignInDeps,
} from './sign-in-steps';
import { matchingStep } from './totp';

/** Wrong authenticator codes that one session takes before it ends. */
const codeFailuresMax = 5;

const noSecretHash = 'the local cognito signs nobody in by a confidential client';

/** Begins a sign-in or renews one, by the flows that the app client allows. */
export function initiateAuth(
  deps: SignInDeps,
  { pool, client }: AppClient,
  { flow, fields, metadata }: { readonly flow: string; readonly fields: Fields; readonly metadata: Metadata },
): Promise<object> | object {
  if (client.secret !== undefined) {
    const message = `Client ${client.id} is configured with secret but SECRET_HASH was not received`;
    throw new AwsError('NotAuthorizedException', fields.SECRET_HASH === undefined ? message : noSecretHash);
  }
  const permission = `ALLOW_${flow === 'REFRESH_TOKEN' ? 'REFRESH_TOKEN_AUTH' : flow}`;
  if (!client.flows.has(permission)) {
    throw new AwsError('InvalidParameterException', `${flow} flow not enabled for this client`);
  }
  switch (flow) {
    case 'USER_SRP_AUTH':
      return startSrp(deps, { pool, client }, fields);
    case 'USER_PASSWORD_AUTH':
      return signInByPassword(deps, { pool, client }, fields, metadata);
    case 'REFRESH_TOKEN':
    case 'REFRESH_TOKEN_AUTH':
      return refresh(deps, client, { token: field(fields, 'REFRESH_TOKEN'), metadata });
    default:
      throw new AwsError('InvalidParameterException', `the local cognito does not model the flow ${flow}`);
  }
}

/** Answers one challenge of a sign-in that has begun; the next challenge or the tokens come back. */
export function respondToChallenge(
  deps: SignInDeps,
  app: AppClient,
  answer: {
    readonly challengeName: string;
    readonly session: string | undefined;
    readonly fields: Fields;
    readonly metadata: Metadata;
  },
): Promise<object> | object {
  const { session, fields, metadata } = answer;
  switch (answer.challengeName) {
    case 'PASSWORD_VERIFIER':
      return verifySrp(deps, app, fields, metadata);
    case 'NEW_PASSWORD_REQUIRED':
      return takeNewPassword(deps, app, { session, fields, metadata });
    case 'SOFTWARE_TOKEN_MFA':
      return takeCode(deps, app, { session, fields, metadata });
    case 'MFA_SETUP':
      return finishMfaSetup(deps, app, { session, fields, metadata });
    default:
      throw new AwsError(
        'InvalidParameterException',
        `the local cognito does not model the challenge ${answer.challengeName}`,
      );
  }
}

interface SessionAnswer {
  readonly session: string | undefined;
  readonly fields: Fields;
  readonly metadata: Metadata;
}

function takeNewPassword(deps: SignInDeps, app: AppClient, { session, fields, metadata }: SessionAnswer) {
  const challenge = deps.challenges.require(session, 'NEW_PASSWORD_REQUIRED', deps.clock.now());
  requireSameUser(challenge, app, fields);
  const { pool, user } = challenge;
  for (const [name, value] of givenAttributes(fields)) {
    pool.attributeSchema.requireChangeable(name, value);
    user.attributes.set(name, value);
  }
  pool.setPassword(user, field(fields, 'NEW_PASSWORD'), deps.clock.now(), { isTemporary: false });
  deps.challenges.close(session);
  const { client } = challenge;
  return nextStep(deps, { pool, client, user, source: 'TokenGeneration_NewPasswordChallenge' }, metadata);
}

function takeCode(deps: SignInDeps, app: AppClient, { session, fields, metadata }: SessionAnswer) {
  const challenge = deps.challenges.require(session, 'SOFTWARE_TOKEN_MFA', deps.clock.now());
  requireSameUser(challenge, app, fields);
  const { user } = challenge;
  const totp = user.totp;
  if (totp === undefined) throw new AwsError('SoftwareTokenMFANotFoundException', 'No software token.');
  const step = matchingStep(totp.secret, field(fields, 'SOFTWARE_TOKEN_MFA_CODE'), deps.clock.now());
  if (step === undefined) {
    challenge.failures += 1;
    if (challenge.failures >= codeFailuresMax) deps.challenges.close(session);
    throw new AwsError('CodeMismatchException', 'Invalid code received for user');
  }
  if (step <= totp.spentStep) {
    throw new AwsError('ExpiredCodeException', 'Your software token has already been used once.');
  }
  user.totp = { secret: totp.secret, spentStep: step };
  deps.challenges.close(session);
  return completeSignIn(deps, challenge, metadata);
}

function finishMfaSetup(deps: SignInDeps, app: AppClient, { session, fields, metadata }: SessionAnswer) {
  const challenge = deps.challenges.require(session, 'MFA_SETUP', deps.clock.now());
  requireSameUser(challenge, app, fields);
  if (!challenge.isVerified) {
    throw new AwsError('NotAuthorizedException', 'The authenticator has not been verified.');
  }
  deps.challenges.close(session);
  return completeSignIn(deps, challenge, metadata);
}

/** A person disabled or deleted between two steps gets no further. */
function requireSameUser(challenge: SignIn, app: AppClient, fields: Fields): void {
  requireClient(challenge.client, app);
  if (challenge.pool.find(field(fields, 'USERNAME')) !== challenge.user) {
    throw new AwsError('NotAuthorizedException', 'Invalid session for the user.');
  }
  requireEnabled(challenge.user);
}

function givenAttributes(fields: Fields): [string, string][] {
  return Object.entries(fields).flatMap(([key, value]): [string, string][] =>
    key.startsWith('userAttributes.') ? [[key.slice('userAttributes.'.length), value]] : [],
  );
}
