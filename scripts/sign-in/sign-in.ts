import {
  AssociateSoftwareTokenCommand,
  type AuthenticationResultType,
  type ChallengeNameType,
  type CognitoIdentityProviderClient,
  InitiateAuthCommand,
  RespondToAuthChallengeCommand,
  VerifySoftwareTokenCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { createSrpSession, signSrpSession, wrapAuthChallenge, wrapInitiateAuth } from 'cognito-srp-helper';

export interface SignInProps {
  readonly cognito: CognitoIdentityProviderClient;
  readonly userPoolId: string;
  readonly clientId: string;
  readonly username: string;
  readonly password: string;
  /** Asked for when the password is a temporary one. */
  readonly newPassword: () => Promise<string>;
  /** Keeps the new secret in an authenticator. */
  readonly keepSecret: (base32Secret: string) => Promise<void>;
  /** The six digits that the authenticator shows now. */
  readonly code: () => Promise<string>;
}

export interface Tokens {
  readonly accessToken: string;
  readonly refreshToken: string;
}

interface Challenge {
  readonly ChallengeName?: ChallengeNameType | undefined;
  readonly Session?: string | undefined;
  readonly AuthenticationResult?: AuthenticationResultType | undefined;
}

/** More challenges than Cognito can ask for in one sign-in. */
const challengesMax = 6;

/**
 * Signs in as an officer does: SRP (the password never leaves this process), a new password at the first sign-in, an
 * authenticator app as second factor. Throws Cognito's own exception for a refusal.
 */
export async function signIn(props: SignInProps): Promise<Tokens> {
  let challenge = await provePassword(props);
  for (let asked = 0; asked < challengesMax; asked++) {
    const result = challenge.AuthenticationResult;
    if (result?.AccessToken && result.RefreshToken)
      return { accessToken: result.AccessToken, refreshToken: result.RefreshToken };
    challenge = await answer(props, challenge);
  }
  throw new Error('the sign-in did not end; the user pool asks for something this client does not know');
}

async function provePassword(props: SignInProps): Promise<Challenge> {
  const { cognito, clientId, username } = props;
  const session = createSrpSession(username, props.password, props.userPoolId, false);
  const start = {
    ClientId: clientId,
    AuthFlow: 'USER_SRP_AUTH' as const,
    AuthParameters: { USERNAME: username },
  };
  const started = await cognito.send(new InitiateAuthCommand(wrapInitiateAuth(session, start)));
  if (started.ChallengeName !== 'PASSWORD_VERIFIER') return started;
  const signed = signSrpSession(session, {
    ChallengeName: started.ChallengeName,
    ChallengeParameters: started.ChallengeParameters ?? {},
  });
  const proof = {
    ClientId: clientId,
    ChallengeName: 'PASSWORD_VERIFIER' as const,
    ChallengeResponses: { USERNAME: started.ChallengeParameters?.USER_ID_FOR_SRP ?? username },
    ...(started.Session ? { Session: started.Session } : {}),
  };
  return cognito.send(new RespondToAuthChallengeCommand(wrapAuthChallenge(signed, proof)));
}

async function answer(props: SignInProps, challenge: Challenge): Promise<Challenge> {
  switch (challenge.ChallengeName) {
    case 'NEW_PASSWORD_REQUIRED':
      return respond(props, challenge, { NEW_PASSWORD: await props.newPassword() });
    case 'SOFTWARE_TOKEN_MFA':
      return respond(props, challenge, { SOFTWARE_TOKEN_MFA_CODE: await props.code() });
    case 'MFA_SETUP':
      return setUpAuthenticator(props, challenge);
    default:
      throw new Error(`this client does not know the challenge ${challenge.ChallengeName ?? '(none)'}`);
  }
}

async function setUpAuthenticator(props: SignInProps, challenge: Challenge): Promise<Challenge> {
  const { cognito } = props;
  const associated = await cognito.send(new AssociateSoftwareTokenCommand({ Session: challenge.Session }));
  await props.keepSecret(associated.SecretCode ?? '');
  const verified = await cognito.send(
    new VerifySoftwareTokenCommand({ Session: associated.Session, UserCode: await props.code() }),
  );
  return respond(props, { ChallengeName: 'MFA_SETUP', Session: verified.Session }, {});
}

function respond(
  { cognito, clientId, username }: SignInProps,
  challenge: Challenge,
  responses: Record<string, string>,
): Promise<Challenge> {
  return cognito.send(
    new RespondToAuthChallengeCommand({
      ClientId: clientId,
      ChallengeName: challenge.ChallengeName,
      Session: challenge.Session,
      ChallengeResponses: { USERNAME: username, ...responses },
    }),
  );
}
