import { AwsError } from '../aws/errors';
import type { Challenge } from './challenges';
import { afterFailure, isLocked, noFailures } from './lockout';
import { isPassword } from './passwords';
import type { Pool } from './pool';
import {
  type AppClient,
  type Fields,
  field,
  type Metadata,
  nextStep,
  requireClient,
  requireEnabled,
  type SignInDeps,
} from './sign-in-steps';
import { openExchange, provesPassword } from './srp';
import type { User } from './user';

/** First step of SRP: the server's public value and the salt, also for a name that nobody has. */
export function startSrp(deps: SignInDeps, { pool, client }: AppClient, fields: Fields): object {
  const given = field(fields, 'USERNAME');
  const user = pool.find(given);
  if (user === undefined && !client.hidesUnknownUsers) {
    throw new AwsError('UserNotFoundException', 'User does not exist.');
  }
  const verifier = user?.password.stored.verifier ?? pool.simulatedVerifier(given);
  const exchange = openExchange(verifier, field(fields, 'SRP_A'));
  if (exchange === undefined) throw new AwsError('InvalidParameterException', 'SRP_A is not acceptable');
  const username = user?.username ?? given;
  const challenge: Challenge = { name: 'PASSWORD_VERIFIER', pool, client, user, username, exchange };
  deps.challenges.add(challenge, deps.clock.now(), exchange.secretBlock);
  return {
    ChallengeName: 'PASSWORD_VERIFIER',
    ChallengeParameters: {
      SALT: verifier.salt.toString(16),
      SECRET_BLOCK: exchange.secretBlock,
      SRP_B: exchange.serverPublic.toString(16),
      USERNAME: username,
      USER_ID_FOR_SRP: username,
    },
  };
}

/** Second step of SRP: the client proves that it knows the password. */
export function verifySrp(deps: SignInDeps, app: AppClient, fields: Fields, metadata: Metadata) {
  const secretBlock = field(fields, 'PASSWORD_CLAIM_SECRET_BLOCK');
  const challenge = deps.challenges.require(secretBlock, 'PASSWORD_VERIFIER', deps.clock.now());
  deps.challenges.close(secretBlock);
  requireClient(challenge.client, app);
  const timestamp = field(fields, 'TIMESTAMP');
  if (!/^[A-Z][a-z]{2} [A-Z][a-z]{2} \d{1,2} \d{2}:\d{2}:\d{2} UTC \d{4}$/.test(timestamp)) {
    throw new AwsError(
      'InvalidParameterException',
      'TIMESTAMP format should be EEE MMM d HH:mm:ss z yyyy in english.',
    );
  }
  const { pool, client, user, username, exchange } = challenge;
  if (user === undefined || pool.find(field(fields, 'USERNAME')) !== user) throw wrongPassword();
  const signature = field(fields, 'PASSWORD_CLAIM_SIGNATURE');
  const isRight = () =>
    provesPassword(exchange, { poolName: pool.shortName, username, timestamp, signature });
  requirePassword(deps, pool, user, isRight);
  return nextStep(deps, { pool, client, user, source: 'TokenGeneration_Authentication' }, metadata);
}

/** The plain password, for app clients that allow it. */
export function signInByPassword(
  deps: SignInDeps,
  { pool, client }: AppClient,
  fields: Fields,
  metadata: Metadata,
) {
  const password = field(fields, 'PASSWORD');
  const user = pool.find(field(fields, 'USERNAME'));
  if (user === undefined) {
    if (client.hidesUnknownUsers) throw wrongPassword();
    throw new AwsError('UserNotFoundException', 'User does not exist.');
  }
  requirePassword(deps, pool, user, () => isPassword(user.password.stored, password));
  return nextStep(deps, { pool, client, user, source: 'TokenGeneration_Authentication' }, metadata);
}

/** The one place where a password is judged: lock first, then the proof, then what only its owner may learn. */
function requirePassword(deps: SignInDeps, pool: Pool, user: User, isRight: () => boolean): void {
  const nowMs = deps.clock.now();
  if (isLocked(user.lockout, nowMs)) {
    throw new AwsError('NotAuthorizedException', 'Password attempts exceeded');
  }
  if (!isRight()) {
    user.lockout = afterFailure(user.lockout, nowMs);
    throw wrongPassword();
  }
  requireEnabled(user);
  const temporaryUntilMs = user.password.setAtMs + pool.policy.temporaryValidityDays * 86_400_000;
  if (user.status === 'FORCE_CHANGE_PASSWORD' && nowMs >= temporaryUntilMs) {
    throw new AwsError(
      'NotAuthorizedException',
      'Temporary password has expired and must be reset by an administrator.',
    );
  }
  user.lockout = noFailures;
}

const wrongPassword = () => new AwsError('NotAuthorizedException', 'Incorrect username or password.');
