import {
  AdminAddUserToGroupCommand,
  AdminCreateUserCommand,
  type CognitoIdentityProviderClient,
} from '@aws-sdk/client-cognito-identity-provider';
import { type DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import type { Person } from '../../core/people/person';

export interface PeoplePlaces {
  readonly userPoolId: string;
  readonly peopleTable: string;
}

/**
 * Gives one person an account and an access record [Access-C, Training]. The record comes first: an account without
 * one can sign in and do nothing. Cognito asks for a new password and a second factor at the first sign-in.
 */
export async function enrolPerson(
  clients: { readonly cognito: CognitoIdentityProviderClient; readonly dynamodb: DynamoDBClient },
  places: PeoplePlaces,
  person: Person,
  temporaryPassword: string,
): Promise<void> {
  await clients.dynamodb.send(
    new PutItemCommand({
      TableName: places.peopleTable,
      Item: {
        username: { S: person.username },
        role: { S: person.role },
        agency: { S: person.agency },
        division: { S: person.division },
        sworn: { BOOL: person.sworn },
        suspended: { BOOL: person.suspended },
        trainedUntilMs: { N: String(person.trainedUntilMs) },
        onDuty: { BOOL: person.onDuty },
      },
    }),
  );
  await clients.cognito.send(
    new AdminCreateUserCommand({
      UserPoolId: places.userPoolId,
      Username: person.username,
      TemporaryPassword: temporaryPassword,
      MessageAction: 'SUPPRESS',
    }),
  );
  await clients.cognito.send(
    new AdminAddUserToGroupCommand({
      UserPoolId: places.userPoolId,
      Username: person.username,
      GroupName: person.role,
    }),
  );
}
