import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { AttributeType, ProjectionType } from 'aws-cdk-lib/aws-dynamodb';
import { AnyPrincipal, ArnPrincipal, Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Key, KeySpec, KeyUsage } from 'aws-cdk-lib/aws-kms';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { env as manageEvidenceEnv } from '../../lambdas/manage-evidence/env';
import { env as manageReleasesEnv } from '../../lambdas/manage-releases/env';
import { env as takeEvidenceEnv } from '../../lambdas/take-evidence/env';
import { acknowledge, acknowledgeObjects } from '../acknowledge';
import { environmentOf } from '../environment';
import { declareStore, type StoreDeclaration } from '../stores/declaration';
import { ApiFunction, type ApiSetting } from './api-function';
import { CustomerKey, viaService } from './customer-key';
import { privateBucket } from './private-bucket';
import type { ProductFunction } from './product-function';
import { StoreBucket } from './store-bucket';
import { StoreTable } from './store-table';

/**
 * Single reads kept for a case, and their releases [Storage-B] [Access-F]: under a key of their own, signed by a key of
 * their own, in a bucket into which one function writes, once each, under lock.
 */
export class Evidence extends Construct {
  readonly key: CustomerKey;
  readonly signingKey: Key;
  readonly archive: Bucket;
  readonly drop: StoreBucket;
  readonly records: StoreTable;
  readonly takeEvidence: ProductFunction;
  readonly manageEvidence: ProductFunction;
  readonly manageReleases: ProductFunction;

  constructor(scope: Construct, id: string, setting: ApiSetting) {
    super(scope, id);
    const { handOverDays } = setting.configuration.evidence;
    this.key = new CustomerKey(this, 'StoreKey', { description: 'Evidence at rest' });
    this.signingKey = this.makeSigningKey();
    this.archive = this.makeArchive(setting);
    this.drop = new StoreBucket(this, 'Drop', {
      declaration: { holds: 'evidence', ends: { by: 'age', hours: handOverDays * 24 } },
      key: this.key.key,
      accessLogs: setting.data.accessLogs.bucket,
      expiresAfterDays: handOverDays,
      noCopiesBecause: 'Waits here to be fetched by the evidence system; the archive holds the original.',
    });
    this.records = new StoreTable(this, 'Records', {
      declaration: evidence('Who took, opened and released what; no plate. Kept with the evidence it names.'),
      partitionKey: { name: 'pk', type: AttributeType.STRING },
      sortKey: { name: 'sk', type: AttributeType.STRING },
      indexes: [
        {
          indexName: 'by-kind',
          partitionKey: { name: 'kind', type: AttributeType.STRING },
          sortKey: { name: 'at', type: AttributeType.STRING },
          projectionType: ProjectionType.ALL,
        },
      ],
      // Of the counts of a day only; records have none.
      expiresAt: 'expiresAt',
      key: this.key.key,
      recovery: { kind: 'continuous' },
    });
    this.takeEvidence = this.makeTakeEvidence(setting);
    this.manageEvidence = this.makeManageEvidence(setting);
    this.manageReleases = this.makeManageReleases(setting);
    this.protectArchive();
    this.openDrop(setting);
  }

  private makeSigningKey(): Key {
    const key = new Key(this, 'SigningKey', {
      description: 'Signs the manifests of evidence',
      keySpec: KeySpec.ECC_NIST_P256,
      keyUsage: KeyUsage.SIGN_VERIFY,
      pendingWindow: Duration.days(30),
      removalPolicy: RemovalPolicy.RETAIN,
    });
    const because = 'KMS cannot rotate signing keys; each manifest says by its hash which key signed it.';
    acknowledge(key, {
      'AwsSolutions-KMS5': because,
      'NIST.800.53.R5-KMSBackingKeyRotationEnabled': because,
    });
    return key;
  }

  private makeArchive({ data, configuration }: ApiSetting): Bucket {
    const { retentionDays } = configuration.evidence;
    const bucket = new Bucket(this, 'Archive', {
      ...privateBucket({ key: this.key.key, accessLogs: data.accessLogs.bucket, logsPrefix: 'Evidence/' }),
      versioned: true,
      objectLockEnabled: true,
      lifecycleRules: [
        {
          id: 'retention-schedule',
          expiration: Duration.days(retentionDays + 1),
          noncurrentVersionExpiration: Duration.days(1),
          abortIncompleteMultipartUploadAfter: Duration.days(1),
        },
        { id: 'delete-markers', expiredObjectDeleteMarker: true },
      ],
      removalPolicy: RemovalPolicy.RETAIN,
    });
    declareStore(
      bucket,
      evidence(`Locked for the Department's retention schedule, ${retentionDays} days, then deleted.`),
    );
    acknowledge(bucket, {
      'NIST.800.53.R5-S3BucketReplicationEnabled':
        'The evidence system holds the second copy; a replica here would be one more place to release from.',
      'NIST.800.53.R5-S3BucketDefaultLockEnabled':
        'Each package is locked by the function that writes it; the bucket policy refuses one without a lock.',
    });
    return bucket;
  }

  /** Whatever an identity policy says: one function writes, once each and locked, and nobody deletes. */
  private protectArchive(): void {
    const objects = this.archive.arnForObjects('*');
    const deny = (sid: string, actions: string[], conditions?: Record<string, Record<string, string>>) =>
      this.archive.addToResourcePolicy(
        new PolicyStatement({
          sid,
          effect: Effect.DENY,
          principals: [new AnyPrincipal()],
          actions,
          resources: [objects],
          ...(conditions ? { conditions } : {}),
        }),
      );
    deny('WrittenByOneFunction', ['s3:PutObject'], {
      ArnNotEquals: { 'aws:PrincipalArn': this.takeEvidence.role.roleArn },
    });
    deny('WrittenOnce', ['s3:PutObject'], { Null: { 's3:if-none-match': 'true' } });
    deny('Locked', ['s3:PutObject'], { Null: { 's3:object-lock-mode': 'true' } });
    // The lifecycle is not bound by this.
    deny('NeverDeleted', ['s3:DeleteObject', 's3:DeleteObjectVersion']);
  }

  /** The evidence system's role fetches what was handed over, and opens nothing else. */
  private openDrop({ configuration }: ApiSetting): void {
    const { systemRoleArn } = configuration.evidence;
    if (systemRoleArn === undefined) return;
    const principals = [new ArnPrincipal(systemRoleArn)];
    const { bucket } = this.drop;
    const allow = (action: string, resource: string) =>
      bucket.addToResourcePolicy(
        new PolicyStatement({ principals, actions: [action], resources: [resource] }),
      );
    allow('s3:GetObject', bucket.arnForObjects('*'));
    allow('s3:ListBucket', bucket.bucketArn);
    this.key.key.addToResourcePolicy(
      new PolicyStatement({
        principals,
        actions: ['kms:Decrypt'],
        resources: ['*'],
        conditions: viaService(this.key.key, 's3', 'read').conditions,
      }),
    );
  }

  private makeTakeEvidence({ data, configuration, consoleClients }: ApiSetting): ProductFunction {
    const made = new ApiFunction(this, 'TakeEvidence', {
      name: 'take-evidence',
      description: 'Keeps one read that its caller was shown as evidence of a case',
      environment: environmentOf(takeEvidenceEnv, {
        ...data.apiNames(consoleClients),
        ...data.dayKeyNames,
        readsTable: data.reads.table.tableName,
        imagesBucket: data.images.bucket.bucketName,
        evidenceTable: this.records.table.tableName,
        evidenceBucket: this.archive.bucketName,
        evidenceDropBucket: this.drop.bucket.bucketName,
        evidenceKeyId: this.signingKey.keyArn,
      }),
      data,
      configuration,
      opensDays: true,
    });
    // Reads the log to see that its caller was shown the read.
    data.auditEvents.grant(made, ['Query']);
    data.reads.grant(made, [], { index: 'by-place' });
    data.images.grant(made, 'get', 'Images are named by day and read at run time.');
    this.records.grant(made, ['GetItem', 'Query', 'PutItem', 'UpdateItem']);
    made.allow(['kms:Sign', 'kms:GetPublicKey'], this.signingKey.keyArn);
    made.allow(
      ['s3:GetObject', 's3:PutObject', 's3:PutObjectRetention'],
      this.archive.arnForObjects('packages/*'),
    );
    // Without it a missing package is answered as a refusal.
    made.allow('s3:ListBucket', this.archive.bucketArn);
    made.allowStatement(viaService(this.key.key, 's3', 'write'));
    acknowledgeObjects(
      made.role,
      this.archive,
      'Packages are named by the evidence at run time.',
      'packages/*',
    );
    this.drop.grant(made, 'put', 'Files are named by the evidence at run time.');
    return made;
  }

  private makeManageEvidence({ data, configuration, consoleClients }: ApiSetting): ProductFunction {
    const made = new ApiFunction(this, 'ManageEvidence', {
      name: 'manage-evidence',
      description:
        'Lists evidence for the records officer and opens single pieces, each on its chain of custody',
      environment: environmentOf(manageEvidenceEnv, {
        ...data.apiNames(consoleClients),
        evidenceTable: this.records.table.tableName,
        evidenceBucket: this.archive.bucketName,
      }),
      data,
      configuration,
    });
    this.records.grant(made, ['GetItem', 'Query', 'PutItem'], { index: 'by-kind' });
    made.allow('s3:GetObject', this.archive.arnForObjects('packages/*'));
    made.allow('s3:ListBucket', this.archive.bucketArn);
    made.allowStatement(viaService(this.key.key, 's3', 'read'));
    acknowledgeObjects(
      made.role,
      this.archive,
      'Packages are named by the evidence at run time.',
      'packages/*',
    );
    return made;
  }

  private makeManageReleases({ data, configuration, consoleClients }: ApiSetting): ProductFunction {
    const made = new ApiFunction(this, 'ManageReleases', {
      name: 'manage-releases',
      description:
        'Releases of evidence outside law enforcement: asked for by one person, decided by another',
      environment: environmentOf(manageReleasesEnv, {
        ...data.apiNames(consoleClients),
        evidenceTable: this.records.table.tableName,
      }),
      data,
      configuration,
    });
    this.records.grant(made, ['GetItem', 'Query', 'PutItem'], { index: 'by-kind' });
    return made;
  }
}

function evidence(rule: string): StoreDeclaration {
  return { holds: 'evidence', ends: { by: 'kept', rule } };
}
