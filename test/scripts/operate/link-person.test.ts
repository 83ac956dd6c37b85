import {
  AdminLinkProviderForUserCommand,
  CognitoIdentityProviderClient,
} from '@aws-sdk/client-cognito-identity-provider';
import { mockClient } from 'aws-sdk-client-mock';
import { linkPerson } from '../../../scripts/operate/link-person';

it('makes the provider’s identity another way in to the same account [Access-C]', async () => {
  const cognito = mockClient(CognitoIdentityProviderClient);
  cognito.on(AdminLinkProviderForUserCommand).resolves({});
  await linkPerson(new CognitoIdentityProviderClient({ region: 'us-east-2' }), {
    userPoolId: 'us-east-2_madeup',
    username: 'made-up.officer',
    provider: 'made-up-provider',
    subject: 'made-up-subject',
  });
  expect(cognito.commandCalls(AdminLinkProviderForUserCommand)[0]?.args[0].input).toEqual({
    UserPoolId: 'us-east-2_madeup',
    DestinationUser: { ProviderName: 'Cognito', ProviderAttributeValue: 'made-up.officer' },
    SourceUser: {
      ProviderName: 'made-up-provider',
      ProviderAttributeName: 'Cognito_Subject',
      ProviderAttributeValue: 'made-up-subject',
    },
  });
});
