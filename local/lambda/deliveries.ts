import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { type IssueCredentials, type IssuedCredentials, lambdaPrincipal } from './function-spec';

export interface Delivery {
  /** Queue, topic, bucket or function. */
  readonly targetArn: string;
  /** Lambda acts with the function's own role, which therefore needs the permission. */
  readonly roleArn: string;
  /** Who takes on the role, if it is not Lambda. */
  readonly principal?: string;
  /** On whose behalf, where the trust policy may ask for it. */
  readonly sourceArn?: string;
  readonly body: string;
  /** Object key when the target is a bucket. */
  readonly objectKey: string;
  readonly attributes?: Readonly<Record<string, string>>;
}

/** Sends to a destination. Throws what the destination's service answers. */
export type Deliveries = (delivery: Delivery) => Promise<void>;

export interface SdkDeliveriesOptions {
  readonly region: string;
  readonly issueCredentials: IssueCredentials;
  /** As for functions: `AWS_ENDPOINT_URL_*` by service. */
  readonly environment: (credentials: IssuedCredentials) => Record<string, string>;
}

/**
 * Deliveries over the services' own HTTP interfaces, signed by the role, so that IAM, bucket and queue policies and
 * key policies all have their say.
 */
export function sdkDeliveries({ region, issueCredentials, environment }: SdkDeliveriesOptions): Deliveries {
  return async ({ targetArn, roleArn, body, objectKey, attributes, ...taker }) => {
    const { principal = lambdaPrincipal, sourceArn } = taker;
    const credentials = issueCredentials(roleArn, 'delivery', principal, sourceArn);
    const endpoints = environment(credentials);
    const config = (service: string) => {
      const endpoint = endpoints[`AWS_ENDPOINT_URL_${service}`];
      if (endpoint === undefined) throw new Error(`there is no local ${service} to deliver to ${targetArn}`);
      return { region, endpoint, credentials, maxAttempts: 2 };
    };
    const [, , service, , accountId, ...rest] = targetArn.split(':');
    const MessageAttributes = Object.fromEntries(
      Object.entries(attributes ?? {}).map(([name, text]) => [
        name,
        { DataType: 'String', StringValue: text },
      ]),
    );
    switch (service) {
      case 'sqs': {
        const client = new SQSClient(config('SQS'));
        // A client sends to its queue's URL, whatever its endpoint is.
        const QueueUrl = `${endpoints.AWS_ENDPOINT_URL_SQS}/${accountId}/${rest.join(':')}`;
        return done(
          client,
          client.send(new SendMessageCommand({ QueueUrl, MessageBody: body, MessageAttributes })),
        );
      }
      case 'sns': {
        const client = new SNSClient(config('SNS'));
        return done(
          client,
          client.send(new PublishCommand({ TopicArn: targetArn, Message: body, MessageAttributes })),
        );
      }
      case 's3': {
        const client = new S3Client({ ...config('S3'), forcePathStyle: true });
        const object = {
          Bucket: rest.join(':'),
          Key: objectKey,
          Body: body,
          ContentType: 'application/json',
        };
        return done(client, client.send(new PutObjectCommand(object)));
      }
      case 'lambda': {
        const client = new LambdaClient(config('LAMBDA'));
        const invocation = {
          FunctionName: targetArn,
          InvocationType: 'Event' as const,
          Payload: Buffer.from(body),
        };
        return done(client, client.send(new InvokeCommand(invocation)));
      }
      default:
        throw new Error(`the local system does not deliver to ${targetArn}`);
    }
  };
}

async function done(client: { destroy(): void }, sending: Promise<unknown>): Promise<void> {
  try {
    await sending;
  } finally {
    client.destroy();
  }
}
