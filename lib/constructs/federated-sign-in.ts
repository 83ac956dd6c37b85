import { SecretValue } from 'aws-cdk-lib';
import {
  CfnUserPoolIdentityProvider,
  ClientAttributes,
  OAuthScope,
  type UserPool,
  type UserPoolClient,
  UserPoolClientIdentityProvider,
} from 'aws-cdk-lib/aws-cognito';
import { Construct } from 'constructs';
import type { Configuration } from '../../core/contract/configuration';
import { tokenLives } from './sign-in-clients';

export type Federation = NonNullable<Configuration['federation']>;

/** The attribute that the provider's claim about the second factor lands in. */
export const mfaAttribute = 'mfa';

export interface FederatedSignInProps {
  readonly userPool: UserPool;
  readonly tokens: Configuration['tokens'];
  readonly federation: Federation;
}

/**
 * Sign-in by the department's own identity provider. The pool's second factor is not asked for then, so the provider's
 * is: `enrich-token` opens nothing to whoever did not use one. A client of its own, because it must be able to write the
 * attribute that says so, which no client with the users' own operations may.
 */
export class FederatedSignIn extends Construct {
  readonly client: UserPoolClient;

  constructor(scope: Construct, id: string, { userPool, tokens, federation }: FederatedSignInProps) {
    super(scope, id);
    const provider = new CfnUserPoolIdentityProvider(this, 'Provider', {
      userPoolId: userPool.userPoolId,
      providerName: federation.name,
      providerType: federation.kind === 'oidc' ? 'OIDC' : 'SAML',
      providerDetails: detailsOf(federation),
      attributeMapping: { [`custom:${mfaAttribute}`]: federation.mfaClaim },
    });
    this.client = userPool.addClient('Federated', {
      ...tokenLives(tokens),
      authFlows: { user: false },
      generateSecret: false,
      // Without a secret Cognito takes the code with PKCE.
      oAuth: {
        flows: { authorizationCodeGrant: true },
        scopes: [OAuthScope.OPENID],
        callbackUrls: federation.callbackUrls,
        logoutUrls: federation.callbackUrls,
      },
      supportedIdentityProviders: [UserPoolClientIdentityProvider.custom(federation.name)],
      writeAttributes: new ClientAttributes().withCustomAttributes(mfaAttribute),
      preventUserExistenceErrors: true,
    });
    this.client.node.addDependency(provider);
  }
}

function detailsOf(federation: Federation): Record<string, string> {
  switch (federation.kind) {
    case 'oidc':
      return {
        client_id: federation.clientId,
        // A dynamic reference: CloudFormation reads the secret, and no template holds it.
        client_secret: SecretValue.secretsManager(federation.clientSecretName).unsafeUnwrap(),
        oidc_issuer: federation.issuer,
        authorize_scopes: 'openid',
        attributes_request_method: 'GET',
      };
    case 'saml':
      return { MetadataURL: federation.metadataUrl };
    default:
      return federation satisfies never;
  }
}
