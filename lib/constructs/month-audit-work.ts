import { CfnOutput, Duration, RemovalPolicy } from 'aws-cdk-lib';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { env as manageAuditsEnv } from '../../lambdas/manage-audits/env';
import { acknowledge, acknowledgeObjects } from '../acknowledge';
import { environmentOf } from '../environment';
import { declareStore, withoutPlates } from '../stores/declaration';
import { ApiFunction, type ApiSetting } from './api-function';
import { viaService } from './customer-key';
import { privateBucket } from './private-bucket';
import type { ProductFunction } from './product-function';

/**
 * Where the user audits of months and the packages of incidents lie, who is told of them, and how they are attested and
 * handed over [Acct-A] [Acct-D]. The Department's systems deliver their case and dispatch numbers into the bucket.
 */
export class MonthAuditWork extends Construct {
  readonly bucket: Bucket;
  /** The Chief, the administrator and the auditor subscribe. */
  readonly notices: Topic;
  readonly manageAudits: ProductFunction;

  constructor(
    scope: Construct,
    id: string,
    readonly setting: ApiSetting,
  ) {
    super(scope, id);
    const { data } = setting;
    this.bucket = this.makeBucket();
    this.notices = new Topic(this, 'Notices', { masterKey: data.storeKey.key, enforceSSL: true });
    declareStore(this.notices, withoutPlates('Months and counts of findings, handed on at once.'));
    this.manageAudits = this.makeManageAudits();
    new CfnOutput(this, 'Bucket', { value: this.bucket.bucketName });
    new CfnOutput(this, 'Topic', { value: this.notices.topicArn });
  }

  grantObjects(to: ProductFunction, use: 'get' | 'put', prefix: string): void {
    const objects = `${prefix}/*`;
    to.allow(use === 'get' ? 's3:GetObject' : 's3:PutObject', this.bucket.arnForObjects(objects));
    to.allowStatement(viaService(this.setting.data.storeKey.key, 's3', use === 'put' ? 'write' : 'read'));
    acknowledgeObjects(to.role, this.bucket, 'Audits are named by month and content at run time.', objects);
  }

  private makeBucket(): Bucket {
    const { data } = this.setting;
    const bucket = new Bucket(this, 'Files', {
      ...privateBucket({ key: data.storeKey.key, accessLogs: data.accessLogs.bucket, logsPrefix: 'Audits/' }),
      versioned: true,
      lifecycleRules: [{ id: 'tidy', abortIncompleteMultipartUploadAfter: Duration.days(1) }],
      removalPolicy: RemovalPolicy.RETAIN,
    });
    declareStore(bucket, {
      holds: 'audit',
      ends: {
        by: 'kept',
        rule: 'User audits and incident packages, for as long as the Department keeps its records.',
      },
    });
    acknowledge(bucket, {
      'NIST.800.53.R5-S3BucketReplicationEnabled':
        'Audits are made from the audit log, which holds the hash of each; a replica would add copies of user names.',
      'NIST.800.53.R5-S3BucketDefaultLockEnabled':
        'What an audit was is proved by its hash in the locked audit log; the list of numbers must stay replaceable.',
    });
    return bucket;
  }

  private makeManageAudits(): ProductFunction {
    const { data, configuration, consoleClients } = this.setting;
    const made = new ApiFunction(this, 'ManageAudits', {
      name: 'manage-audits',
      description: 'Shows and attests the audits of months, and hands incident packages over',
      environment: environmentOf(manageAuditsEnv, {
        ...data.apiNames(consoleClients),
        auditsTable: data.access.audits.table.tableName,
        auditsBucket: this.bucket.bucketName,
      }),
      data,
      configuration,
    });
    data.access.audits.grant(made, ['GetItem', 'Query', 'PutItem', 'UpdateItem']);
    data.access.findings.grant(made, ['GetItem']);
    data.people.grant(made, ['BatchGetItem']);
    for (const prefix of ['months', 'incidents']) this.grantObjects(made, 'get', prefix);
    return made;
  }
}
