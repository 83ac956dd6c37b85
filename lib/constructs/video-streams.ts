import { Aws } from 'aws-cdk-lib';
import { type IRole, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { acknowledge } from '../acknowledge';
import { reportedArn } from '../reported-arn';
import { CustomerKey } from './customer-key';
import type { ProductFunction } from './product-function';

/** Kinesis Video counts whole hours; a transit store keeps no more than a day [Storage-A]. */
export const videoRetentionHours = 24;

/**
 * Video of fixed cameras on its way: a stream each, named like its camera and made when the camera is enrolled, kept
 * for at most a day under a key of its own, which never wraps the key of a day.
 */
export class VideoStreams extends Construct {
  readonly key: IKey;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.key = new CustomerKey(this, 'VideoKey', {
      description: 'Encrypts video of fixed cameras in transit, for at most a day',
    }).key;
  }

  /** A camera puts video on its own stream only; images of it are stored with the camera's own rights. */
  grantStream(role: IRole): void {
    const own = streamArn('$' + '{credentials-iot:ThingName}');
    this.grant(role, ['kinesisvideo:GetDataEndpoint', 'kinesisvideo:PutMedia'], own);
    role.addToPrincipalPolicy(this.keyUse(['kms:Decrypt', 'kms:GenerateDataKey']));
    acknowledge(role, {
      [`AwsSolutions-IAM5[Resource::${reportedArn(own)}]`]:
        'One stream, of the camera whose certificate was shown; its ARN ends with the time of its creation.',
    });
  }

  /** Whoever enrols cameras makes their streams and has images taken out of the video. */
  grantEnrolment(to: ProductFunction): void {
    const any = streamArn('*');
    this.grant(
      to.role,
      [
        'kinesisvideo:CreateStream',
        'kinesisvideo:DescribeStream',
        'kinesisvideo:UpdateImageGenerationConfiguration',
      ],
      any,
    );
    to.allow('kms:DescribeKey', this.key.keyArn);
    acknowledge(to.role, {
      [`AwsSolutions-IAM5[Resource::${reportedArn(any)}]`]:
        'Cameras are enrolled while the system runs, so their streams are named then.',
    });
  }

  private grant(role: IRole, actions: readonly string[], resource: string): void {
    role.addToPrincipalPolicy(new PolicyStatement({ actions: [...actions], resources: [resource] }));
  }

  private keyUse(actions: readonly string[]): PolicyStatement {
    return new PolicyStatement({
      actions: [...actions],
      resources: [this.key.keyArn],
      conditions: { StringEquals: { 'kms:ViaService': `kinesisvideo.${Aws.REGION}.amazonaws.com` } },
    });
  }
}

const streamArn = (name: string) =>
  `arn:${Aws.PARTITION}:kinesisvideo:${Aws.REGION}:${Aws.ACCOUNT_ID}:stream/${name}/*`;
