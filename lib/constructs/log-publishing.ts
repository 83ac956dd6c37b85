import { Aws, Duration } from 'aws-cdk-lib';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import type { Configuration } from '../../core/contract/configuration';
import { optionalEnv, env as publishCheckpointEnv } from '../../lambdas/publish-checkpoint/env';
import { acknowledge, acknowledgeObjects } from '../acknowledge';
import { environmentOf } from '../environment';
import type { DataStack } from '../stacks/data';
import { viaService } from './customer-key';
import { ProductFunction } from './product-function';
import type { SealedLog } from './sealed-log';
import type { Timetable } from './timetable';

export interface LogPublishingProps {
  readonly configuration: Configuration;
  readonly data: DataStack;
  readonly log: SealedLog;
  readonly reports: IBucket;
  readonly timetable: Timetable;
}

/** Publishes one checkpoint of the audit log for each day, cosigned by the witnesses of the configuration. */
export class LogPublishing extends Construct {
  readonly publishCheckpoint: ProductFunction;

  constructor(scope: Construct, id: string, props: LogPublishingProps) {
    super(scope, id);
    const { configuration, data, log, reports, timetable } = props;
    const { portalBucket } = configuration;
    const made = new ProductFunction(this, 'PublishCheckpoint', {
      name: 'publish-checkpoint',
      description: 'Publishes the checkpoint of the day with its proof, its cosignatures and the draws',
      environment: {
        ...environmentOf(publishCheckpointEnv, {
          auditEventsTable: data.auditEvents.table.tableName,
          logBucket: log.bucket.bucketName,
          logKeyId: log.signingKey.keyArn,
          reportsBucket: reports.bucketName,
        }),
        ...(portalBucket === undefined ? {} : environmentOf(optionalEnv, { portalBucket })),
      },
      logsKey: data.logsKey.key,
      parts: { configuration },
      timeout: Duration.minutes(2),
      deadLetters: timetable.missed,
    });
    data.auditEvents.grant(made, ['GetItem', 'PutItem', 'Query']);
    made.allow('kms:GetPublicKey', log.signingKey.keyArn);
    made.allow('s3:GetObject', log.bucket.arnForObjects('*'));
    made.allow('s3:ListBucket', log.bucket.bucketArn);
    made.allow('s3:PutObject', reports.arnForObjects('public/log/*'));
    made.allowStatement(viaService(data.storeKey.key, 's3', 'write'));
    acknowledgeObjects(
      made.role,
      log.bucket,
      'Tiles are named by their place at run time; the bucket holds nothing but the log.',
    );
    acknowledgeObjects(
      made.role,
      reports,
      'Days and draws are named at run time, under one folder of the public files.',
      'public/log/*',
    );
    if (portalBucket !== undefined) {
      const objects = `:s3:::${portalBucket}/log/*`;
      made.allow('s3:PutObject', `arn:${Aws.PARTITION}${objects}`);
      acknowledge(made.role, {
        [`AwsSolutions-IAM5[Resource::arn:<AWS::Partition>${objects}]`]:
          'Days and draws are named at run time, under one folder of the portal.',
      });
    }
    timetable.grantMissed(made);
    // Twice, so that a run that failed is made up for; the first one of a day decides.
    timetable.run('PublishCheckpoint', made, 'cron(10 0,12 * * ? *)');
    this.publishCheckpoint = made;
  }
}
