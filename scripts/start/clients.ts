import { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { KinesisClient } from '@aws-sdk/client-kinesis';
import { KinesisVideoClient } from '@aws-sdk/client-kinesis-video';
import { KMSClient } from '@aws-sdk/client-kms';
import { S3Client } from '@aws-sdk/client-s3';
import type { LocalSystem } from '../../local/system';

export interface Clients {
  readonly cognito: CognitoIdentityProviderClient;
  readonly dynamodb: DynamoDBClient;
  readonly kinesis: KinesisClient;
  readonly kms: KMSClient;
  readonly video: KinesisVideoClient;
  readonly s3: S3Client;
}

type Credentials = ReturnType<LocalSystem['assumeRole']>;

/** Asked again before the credentials run out. */
export type CredentialSource = () => Promise<Credentials>;

/** SDK clients that work with these credentials against the local services. */
export function clientsFor(system: LocalSystem, credentials: Credentials | CredentialSource): Clients {
  const environment = system.endpointsFor(system.operator);
  const at = (service: string) => ({
    endpoint: environment[`AWS_ENDPOINT_URL_${service}`] ?? '',
    region: system.region,
    credentials,
  });
  return {
    cognito: new CognitoIdentityProviderClient(at('COGNITO_IDENTITY_PROVIDER')),
    dynamodb: new DynamoDBClient(at('DYNAMODB')),
    kinesis: new KinesisClient(at('KINESIS')),
    kms: new KMSClient(at('KMS')),
    video: new KinesisVideoClient(at('KINESIS_VIDEO')),
    s3: new S3Client(at('S3')),
  };
}

/** Throws with the name of an output that the templates do not have. */
export function output(system: LocalSystem, name: string): string {
  const value = system.outputs[name];
  if (value === undefined) throw new Error(`the templates have no output ${name}`);
  return value;
}
