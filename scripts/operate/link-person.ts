import {
  AdminLinkProviderForUserCommand,
  type CognitoIdentityProviderClient,
} from '@aws-sdk/client-cognito-identity-provider';

/**
 * Lets somebody who has an account sign in by the department's own identity provider as well: as the same user, so that
 * record, training and audit trail are one. `subject`: what the provider calls the person (`sub`, or SAML's NameID).
 * Before the first sign-in there: Cognito links no identity that made an account of its own.
 */
export async function linkPerson(
  cognito: CognitoIdentityProviderClient,
  link: {
    readonly userPoolId: string;
    readonly username: string;
    readonly provider: string;
    readonly subject: string;
  },
): Promise<void> {
  await cognito.send(
    new AdminLinkProviderForUserCommand({
      UserPoolId: link.userPoolId,
      DestinationUser: { ProviderName: 'Cognito', ProviderAttributeValue: link.username },
      SourceUser: {
        ProviderName: link.provider,
        ProviderAttributeName: 'Cognito_Subject',
        ProviderAttributeValue: link.subject,
      },
    }),
  );
}
