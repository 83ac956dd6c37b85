import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { AttributeType } from 'aws-cdk-lib/aws-dynamodb';
import { AnyPrincipal, Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { type IKey, Key, KeySpec, KeyUsage } from 'aws-cdk-lib/aws-kms';
import { Bucket, type IBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { env as sealAuditLogEnv } from '../../lambdas/seal-audit-log/env';
import { acknowledge, acknowledgeObjects } from '../acknowledge';
import { environmentOf } from '../environment';
import { declareStore } from '../stores/declaration';
import { viaService } from './customer-key';
import { privateBucket } from './private-bucket';
import { ProductFunction } from './product-function';
import { StoreTable } from './store-table';
import type { Timetable } from './timetable';

export interface SealedLogProps {
  /** The log's name: origin of its checkpoints and name of its key. No space, no plus. */
  readonly origin: string;
  /** With an index `unsealed` on (`unsealed`, `at`), keys only. */
  readonly auditEvents: StoreTable;
  readonly key: IKey;
  readonly logsKey: IKey;
  readonly accessLogs: IBucket;
  readonly timetable: Timetable;
  /** `COMPLIANCE`: nobody, the root user included, can delete what is sealed before its time. */
  readonly lock: { readonly mode: 'COMPLIANCE' | 'GOVERNANCE'; readonly days: number };
}

const partialTilesKept = Duration.days(30);

/** The Merkle log over all audit events: its bucket, head, signing key and the function that seals each minute. */
export class SealedLog extends Construct {
  readonly bucket: Bucket;
  readonly head: StoreTable;
  readonly signingKey: Key;
  readonly sealAuditLog: ProductFunction;

  constructor(scope: Construct, id: string, props: SealedLogProps) {
    super(scope, id);
    this.bucket = this.makeBucket(props);
    this.head = new StoreTable(this, 'Head', {
      declaration: { holds: 'audit', ends: { by: 'kept', rule: 'The newest position of the log.' } },
      partitionKey: { name: 'log', type: AttributeType.STRING },
      key: props.key,
      recovery: { kind: 'continuous' },
    });
    this.signingKey = new Key(this, 'SigningKey', {
      description: 'Signs the checkpoints of the audit log',
      keySpec: KeySpec.ECC_NIST_EDWARDS25519,
      keyUsage: KeyUsage.SIGN_VERIFY,
      pendingWindow: Duration.days(30),
      removalPolicy: RemovalPolicy.RETAIN,
    });
    acknowledge(this.signingKey, {
      'AwsSolutions-KMS5': 'KMS cannot rotate signing keys; a new one is a new name in the checkpoints.',
      'NIST.800.53.R5-KMSBackingKeyRotationEnabled':
        'KMS cannot rotate signing keys; a new one is a new name in the checkpoints.',
    });
    this.sealAuditLog = this.makeFunction(props);
    props.timetable.run('SealAuditLog', this.sealAuditLog, 'rate(1 minute)');
  }

  private makeBucket({ key, accessLogs }: SealedLogProps): Bucket {
    const bucket = new Bucket(this, 'Log', {
      ...privateBucket({ key, accessLogs, logsPrefix: 'SealedLog/' }),
      versioned: true,
      objectLockEnabled: true,
      lifecycleRules: [
        { id: 'partial-tiles', tagFilters: { tile: 'partial' }, expiration: partialTilesKept },
        {
          id: 'old-pointers-and-partial-tiles',
          noncurrentVersionExpiration: partialTilesKept,
          abortIncompleteMultipartUploadAfter: Duration.days(1),
        },
        { id: 'delete-markers', expiredObjectDeleteMarker: true },
      ],
      removalPolicy: RemovalPolicy.RETAIN,
    });
    declareStore(bucket, {
      holds: 'audit',
      ends: { by: 'kept', rule: 'Locked by the configuration; commitments, not contents.' },
    });
    for (const [sid, condition] of [
      ['WrittenOnce', 's3:if-none-match'],
      ['Locked', 's3:object-lock-mode'],
    ] as const)
      bucket.addToResourcePolicy(
        new PolicyStatement({
          sid,
          effect: Effect.DENY,
          principals: [new AnyPrincipal()],
          actions: ['s3:PutObject'],
          notResources: [bucket.arnForObjects('checkpoint'), bucket.arnForObjects('tile/*.p/*')],
          conditions: { Null: { [condition]: 'true' } },
        }),
      );
    // Nobody deletes, not even what no lock can hold: the pointer. The lifecycle is not bound by this.
    bucket.addToResourcePolicy(
      new PolicyStatement({
        sid: 'NeverDeleted',
        effect: Effect.DENY,
        principals: [new AnyPrincipal()],
        actions: ['s3:DeleteObject', 's3:DeleteObjectVersion'],
        resources: [bucket.arnForObjects('*')],
      }),
    );
    acknowledge(bucket, {
      'NIST.800.53.R5-S3BucketReplicationEnabled':
        'The log is published and copied by those who check it; a replica under the same owner adds no witness.',
      'NIST.800.53.R5-S3BucketDefaultLockEnabled':
        'A default would lock pointers and partial tiles, which must go; the bucket policy refuses anything else without a lock.',
    });
    return bucket;
  }

  private makeFunction(props: SealedLogProps): ProductFunction {
    const made = new ProductFunction(this, 'SealAuditLog', {
      name: 'seal-audit-log',
      description: 'Seals audit events into the Merkle log and signs its checkpoints',
      environment: environmentOf(sealAuditLogEnv, {
        auditEventsTable: props.auditEvents.table.tableName,
        logHeadTable: this.head.table.tableName,
        logBucket: this.bucket.bucketName,
        logKeyId: this.signingKey.keyArn,
        logOrigin: props.origin,
        lockMode: props.lock.mode,
        lockDays: String(props.lock.days),
      }),
      logsKey: props.logsKey,
      timeout: Duration.seconds(55),
      deadLetters: props.timetable.missed,
    });
    props.auditEvents.grant(made, ['BatchGetItem', 'UpdateItem'], { index: 'unsealed' });
    this.head.grant(made, ['GetItem', 'UpdateItem']);
    made.allow(['kms:Sign', 'kms:GetPublicKey'], this.signingKey.keyArn);
    made.allow('s3:GetObject', this.bucket.arnForObjects('*'));
    made.allow(
      ['s3:PutObject', 's3:PutObjectRetention', 's3:PutObjectTagging'],
      this.bucket.arnForObjects('*'),
    );
    made.allow('s3:ListBucket', this.bucket.bucketArn);
    made.allowStatement(viaService(props.key, 's3', 'write'));
    acknowledgeObjects(
      made.role,
      this.bucket,
      'Tiles and checkpoints are named by their place at run time; the bucket holds nothing but the log.',
    );
    props.timetable.grantMissed(made);
    return made;
  }
}
