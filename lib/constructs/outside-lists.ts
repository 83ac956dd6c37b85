import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { EventSourceMapping } from 'aws-cdk-lib/aws-lambda';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { Configuration } from '../../core/contract/configuration';
import { env as importHotListEnv } from '../../lambdas/import-hot-list/env';
import { env as manageOutsideListsEnv } from '../../lambdas/manage-outside-lists/env';
import { acknowledge } from '../acknowledge';
import { environmentOf } from '../environment';
import type { DataStack } from '../stacks/data';
import { declareStore } from '../stores/declaration';
import { ApiFunction } from './api-function';
import { viaService } from './customer-key';
import { announceObjects } from './object-announcements';
import { ProductFunction } from './product-function';
import { StoreBucket } from './store-bucket';

export interface OutsideListsProps {
  readonly data: DataStack;
  readonly configuration: Configuration;
  readonly consoleClients: string;
}

/** A file waits so long for its import, or, held, for somebody who looks at it. */
const uploadDays = 3;

/** Hot lists that others keep: where their files arrive, and how they take effect [Policy-G]. */
export class OutsideLists extends Construct {
  readonly uploads: StoreBucket;
  /** Files that could not be imported after three tries; names only. */
  readonly refused: Queue;
  readonly importHotList: ProductFunction;
  readonly manageOutsideLists: ProductFunction;

  constructor(scope: Construct, id: string, props: OutsideListsProps) {
    super(scope, id);
    const { data } = props;
    this.uploads = new StoreBucket(this, 'Uploads', {
      key: data.transitKey.key,
      accessLogs: data.accessLogs.bucket,
      declaration: { holds: 'hot-list', ends: { by: 'age', hours: uploadDays * 24 } },
      expiresAfterDays: uploadDays,
      noCopiesBecause: 'The source keeps its list; copies of a file here are of no use.',
      isRetained: false,
    });
    this.refused = this.makeQueue(props, 'Refused');
    acknowledge(this.refused, { 'AwsSolutions-SQS3': 'This is the queue that refused files end in.' });
    const arrivals = this.makeQueue(props, 'Arrivals', this.refused);
    announceObjects(this.uploads.bucket, arrivals, data.transitKey.key, '*outsidelistsuploads*');
    this.importHotList = this.makeImport(props, arrivals);
    this.manageOutsideLists = this.makeManage(props);
  }

  private makeQueue({ data }: OutsideListsProps, id: string, failed?: Queue): Queue {
    const queue = new Queue(this, id, {
      encryption: QueueEncryption.KMS,
      encryptionMasterKey: data.transitKey.key,
      enforceSSL: true,
      retentionPeriod: Duration.days(uploadDays),
      visibilityTimeout: Duration.minutes(90),
      ...(failed === undefined ? {} : { deadLetterQueue: { queue: failed, maxReceiveCount: 3 } }),
      removalPolicy: RemovalPolicy.DESTROY,
    });
    declareStore(queue, {
      holds: 'no-plate-data',
      ends: { by: 'kept', rule: 'Names of files for three days.' },
    });
    return queue;
  }

  private makeImport({ data, configuration }: OutsideListsProps, arrivals: Queue): ProductFunction {
    const made = new ProductFunction(this, 'ImportHotList', {
      name: 'import-hot-list',
      description: 'Takes deliveries of outside hot lists in, each whole or not at all',
      environment: environmentOf(importHotListEnv, {
        hotListTable: data.hotList.table.tableName,
        hotListsBucket: data.hotLists.bucket.bucketName,
        uploadsBucket: this.uploads.bucket.bucketName,
        auditEventsTable: data.auditEvents.table.tableName,
      }),
      logsKey: data.logsKey.key,
      parts: { configuration },
      // A million rows, read and packed at once.
      memoryMiB: 3008,
      timeout: Duration.minutes(15),
      deadLetters: this.refused,
    });
    const reason = 'Files are named by list and delivery at run time.';
    this.uploads.grant(made, 'get', reason);
    data.hotLists.grant(made, 'get', reason);
    data.hotLists.grant(made, 'put', reason);
    data.hotLists.grantList(made);
    data.hotList.grant(made, ['GetItem', 'PutItem', 'UpdateItem']);
    data.auditEvents.grant(made, ['PutItem']);
    made.allow(['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'], arrivals.queueArn);
    made.allow('sqs:SendMessage', this.refused.queueArn);
    made.allowStatement(viaService(data.transitKey.key, 'sqs', 'write'));
    const mapping = new EventSourceMapping(this, 'Import', {
      target: made.function,
      eventSourceArn: arrivals.queueArn,
      batchSize: 1,
      reportBatchItemFailures: true,
      maxConcurrency: 2,
    });
    mapping.node.addDependency(made.role);
    return made;
  }

  private makeManage({ data, configuration, consoleClients }: OutsideListsProps): ProductFunction {
    const made = new ApiFunction(this, 'ManageOutsideLists', {
      name: 'manage-outside-lists',
      description: 'Shows how outside hot lists stand, and decides on deliveries that were held',
      environment: environmentOf(manageOutsideListsEnv, {
        ...data.apiNames(consoleClients),
        hotListTable: data.hotList.table.tableName,
        importHotListFunction: this.importHotList.function.functionName,
      }),
      data,
      configuration,
    });
    data.hotList.grant(made, ['GetItem', 'PutItem']);
    made.allow('lambda:InvokeFunction', this.importHotList.function.functionArn);
    return made;
  }
}
