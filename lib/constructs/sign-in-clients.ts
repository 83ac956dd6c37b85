import { Duration } from 'aws-cdk-lib';
import {
  ClientAttributes,
  OAuthScope,
  ResourceServerScope,
  type UserPool,
  type UserPoolClient,
  UserPoolClientIdentityProvider,
  type UserPoolResourceServer,
} from 'aws-cdk-lib/aws-cognito';
import { Construct } from 'constructs';
import type { Configuration } from '../../core/contract/configuration';
import { apiScope, personnelScope } from '../../core/contract/scopes';

export interface SignInClientsProps {
  readonly userPool: UserPool;
  readonly tokens: Configuration['tokens'];
}

/**
 * What people and the personnel system sign in with. Users may write nothing about themselves that anything is decided
 * by: a client that could write `custom:mfa` could claim a second factor that nobody used.
 */
export class SignInClients extends Construct {
  readonly console: UserPoolClient;
  /** Department phones: its tokens open nothing without the phone's proof [Access-G]. */
  readonly mobile: UserPoolClient;
  /** The personnel system's machine identity: its tokens open the feed and nothing else. */
  readonly personnelFeed: UserPoolClient;

  constructor(scope: Construct, id: string, props: SignInClientsProps) {
    super(scope, id);
    const { userPool } = props;
    const api = scopeOf(apiScope, 'Use of the Platekeeper API');
    const personnel = scopeOf(personnelScope, 'The personnel feed and nothing else');
    const server = userPool.addResourceServer('ApiServer', {
      identifier: 'platekeeper',
      scopes: [api, personnel],
    });
    this.console = passwordClient('Console', props);
    this.mobile = passwordClient('Mobile', props);
    this.personnelFeed = machineClient(props, server, personnel);
  }
}

/** Of people's tokens of every client. */
export function tokenLives(tokens: Configuration['tokens']) {
  return {
    accessTokenValidity: Duration.minutes(tokens.accessMinutes),
    idTokenValidity: Duration.minutes(tokens.accessMinutes),
    refreshTokenValidity: Duration.hours(tokens.refreshHours),
    enableTokenRevocation: true,
  } as const;
}

/** Password by SRP, then the authenticator: no hosted page, no password in the clear. */
function passwordClient(name: string, { userPool, tokens }: SignInClientsProps): UserPoolClient {
  return userPool.addClient(name, {
    ...tokenLives(tokens),
    authFlows: { userSrp: true },
    disableOAuth: true,
    generateSecret: false,
    supportedIdentityProviders: [UserPoolClientIdentityProvider.COGNITO],
    writeAttributes: new ClientAttributes().withStandardAttributes({ locale: true }),
    authSessionValidity: Duration.minutes(3),
    preventUserExistenceErrors: true,
  });
}

/** No flow by which a person could sign in: naming `user` as off leaves the refresh flow, which has nothing to begin from. */
function machineClient(
  { userPool, tokens }: SignInClientsProps,
  server: UserPoolResourceServer,
  personnel: ResourceServerScope,
): UserPoolClient {
  return userPool.addClient('PersonnelFeed', {
    ...tokenLives(tokens),
    authFlows: { user: false },
    generateSecret: true,
    oAuth: {
      flows: { clientCredentials: true },
      scopes: [OAuthScope.resourceServer(server, personnel)],
    },
    supportedIdentityProviders: [UserPoolClientIdentityProvider.COGNITO],
    writeAttributes: new ClientAttributes().withStandardAttributes({ locale: true }),
    preventUserExistenceErrors: true,
  });
}

/** A scope by its whole name, `<server>/<scope>`. */
function scopeOf(fullName: string, scopeDescription: string): ResourceServerScope {
  const [, scopeName = ''] = fullName.split('/');
  return new ResourceServerScope({ scopeName, scopeDescription });
}
