import { Aws, Duration } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { Configuration } from '../../core/contract/configuration';
import { env } from '../../lambdas/publish-sharing/env';
import { acknowledge } from '../acknowledge';
import { environmentOf } from '../environment';
import type { DataStack } from '../stacks/data';
import { ProductFunction } from './product-function';
import type { Timetable } from './timetable';

export interface SharingPublicationProps {
  readonly data: DataStack;
  readonly configuration: Configuration;
  readonly timetable: Timetable;
  readonly portalBucketName: string;
}

/** Puts the list of agencies, as it stands now, on the portal [Storage-E] [Acct-A]. */
export class SharingPublication extends Construct {
  constructor(scope: Construct, id: string, props: SharingPublicationProps) {
    super(scope, id);
    const { data, configuration, timetable, portalBucketName } = props;
    const made = new ProductFunction(this, 'PublishSharing', {
      name: 'publish-sharing',
      description: 'Writes the public list of agencies and what is shared with each',
      environment: environmentOf(env, {
        sharingTable: data.sharing.register.table.tableName,
        portalBucket: portalBucketName,
      }),
      logsKey: data.logsKey.key,
      parts: { configuration },
      timeout: Duration.minutes(1),
      deadLetters: timetable.missed,
    });
    data.sharing.register.grant(made, ['GetItem']);
    const objects = `:s3:::${portalBucketName}/sharing/*`;
    made.allow('s3:PutObject', `arn:${Aws.PARTITION}${objects}`);
    acknowledge(made.role, {
      [`AwsSolutions-IAM5[Resource::arn:<AWS::Partition>${objects}]`]:
        'The public list of agencies, under one folder of the portal.',
    });
    timetable.grantMissed(made);
    timetable.run('PublishSharing', made, 'rate(15 minutes)');
  }
}
