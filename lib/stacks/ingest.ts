import { CfnOutput, Duration, Stack, type StackProps } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { EventSourceMapping } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import type { Configuration } from '../../core/contract/configuration';
import { env as detectPlatesEnv } from '../../lambdas/detect-plates/env';
import { env as indexPlatesEnv } from '../../lambdas/index-plates/env';
import { env as matchReadsEnv } from '../../lambdas/match-reads/env';
import { env as recordReadsEnv } from '../../lambdas/record-reads/env';
import { acknowledge, acknowledgeObjects } from '../acknowledge';
import { viaService } from '../constructs/customer-key';
import { FailedRecords } from '../constructs/failed-records';
import { FrameIntake } from '../constructs/frame-intake';
import type { LiveAlerts } from '../constructs/live-alerts';
import { PartnerIntake } from '../constructs/partner-intake';
import { grantPlateReading, plateReadingParts } from '../constructs/plate-reading';
import { ProductFunction } from '../constructs/product-function';
import { type ConsumerProps, ReadStream } from '../constructs/read-stream';
import { VideoStreams } from '../constructs/video-streams';
import { environmentOf } from '../environment';
import type { DataStack } from './data';

export interface IngestStackProps extends StackProps {
  readonly configuration: Configuration;
  readonly data: DataStack;
  readonly live: LiveAlerts;
}

/** From a camera to a stored read and a raised alert. */
export class IngestStack extends Stack {
  readonly cameraRole: Role;
  readonly cameraReads: ReadStream;
  readonly detectedReads: ReadStream;
  readonly partners: PartnerIntake;
  readonly intake: FrameIntake;
  readonly video: VideoStreams;
  readonly failures: FailedRecords;
  /** Which function reads which stream, for the alarms on what they could not process. */
  readonly mappings: { consumer: string; functionName: string; mapping: EventSourceMapping }[] = [];
  readonly detectPlates: ProductFunction;
  readonly recordReads: ProductFunction;
  readonly matchReads: ProductFunction;
  readonly indexPlates: ProductFunction;

  constructor(scope: Construct, id: string, props: IngestStackProps) {
    super(scope, id, props);
    const { data, configuration } = props;
    const transitKey = data.transitKey.key;
    this.cameraReads = new ReadStream(this, 'CameraReads', { key: transitKey });
    this.detectedReads = new ReadStream(this, 'DetectedReads', { key: transitKey });
    this.partners = new PartnerIntake(this, 'Partners', { key: transitKey });
    this.failures = new FailedRecords(this, 'Failures', {
      key: transitKey,
      accessLogs: data.accessLogs.bucket,
      keptDays: configuration.transit.failureDays,
    });
    this.intake = new FrameIntake(this, 'Intake', { key: transitKey, accessLogs: data.accessLogs.bucket });

    this.detectPlates = this.makeDetectPlates(data, configuration);
    this.recordReads = this.makeRecordReads(data, configuration);
    this.matchReads = this.makeMatchReads(data, configuration, props.live);
    this.indexPlates = this.makeIndexPlates(data, configuration);
    for (const [name, stream] of [
      ['Camera', this.cameraReads],
      ['Detected', this.detectedReads],
      ['Partner', this.partners.reads],
    ] as const) {
      this.feed('RecordReads', stream, `${name}Record`, {
        function: this.recordReads,
        batchSize: 100,
        failures: this.failures,
      });
      this.feed('MatchReads', stream, `${name}Match`, {
        function: this.matchReads,
        batchSize: 100,
        isFannedOut: stream !== this.partners.reads,
        failures: this.failures,
      });
      this.feed('IndexPlates', stream, `${name}Index`, {
        function: this.indexPlates,
        batchSize: 1000,
        batchingWindow: Duration.seconds(60),
        failures: this.failures,
      });
    }
    this.cameraRole = this.makeCameraRole();
    this.video = new VideoStreams(this, 'VideoStreams');
    this.video.grantStream(this.cameraRole);
    new CfnOutput(this, 'CameraReadsStream', { value: this.cameraReads.stream.streamName });
    new CfnOutput(this, 'PartnerReadsStream', { value: this.partners.reads.stream.streamName });
    new CfnOutput(this, 'FramesBucket', { value: this.intake.frames.bucket.bucketName });
    new CfnOutput(this, 'FailuresBucket', { value: this.failures.bucket.bucketName });
  }

  private feed(consumer: string, stream: ReadStream, id: string, props: ConsumerProps): void {
    this.mappings.push({
      consumer,
      functionName: props.function.function.functionName,
      mapping: stream.feed(id, props),
    });
  }

  private makeDetectPlates(data: DataStack, configuration: Configuration): ProductFunction {
    const made = new ProductFunction(this, 'DetectPlates', {
      name: 'detect-plates',
      description: 'Reads the plates in frames of fixed cameras',
      environment: environmentOf(detectPlatesEnv, {
        camerasTable: data.cameras.table.tableName,
        quarantineTable: data.quarantine.table.tableName,
        detectedReadsStream: this.detectedReads.stream.streamName,
      }),
      logsKey: data.logsKey.key,
      parts: { configuration, ...plateReadingParts(configuration) },
      memoryMiB: 1769,
      timeout: Duration.seconds(60),
    });
    this.intake.feed(made);
    this.intake.frames.grant(made, 'get', 'Frames are named by camera and time at run time.');
    this.intake.frames.grant(made, 'delete', 'Frames are named by camera and time at run time.');
    data.cameras.grant(made, ['BatchGetItem']);
    data.quarantine.grant(made, ['PutItem']);
    this.detectedReads.grantWrite(made);
    grantPlateReading(made, configuration);
    return made;
  }

  private makeRecordReads(data: DataStack, configuration: Configuration): ProductFunction {
    const made = new ProductFunction(this, 'RecordReads', {
      name: 'record-reads',
      description: 'Admits reads and stores them sealed under their capture day',
      environment: environmentOf(recordReadsEnv, {
        camerasTable: data.cameras.table.tableName,
        sharingTable: data.sharing.register.table.tableName,
        ...data.dayKeyNames,
        readsTable: data.reads.table.tableName,
        quarantineTable: data.quarantine.table.tableName,
        sitesTable: data.sites.table.tableName,
        imagesBucket: data.images.bucket.bucketName,
        detectedReadsStream: this.detectedReads.stream.streamName,
        partnerReadsStream: this.partners.reads.stream.streamName,
      }),
      logsKey: data.logsKey.key,
      parts: { configuration },
      memoryMiB: 1024,
      timeout: Duration.minutes(1),
      isKeyholder: true,
    });
    data.cameras.grant(made, ['BatchGetItem']);
    data.sharing.register.grant(made, ['GetItem']);
    data.grantDayKeys(made, 'create');
    data.reads.grant(made, ['PutItem']);
    data.quarantine.grant(made, ['PutItem']);
    // When each camera was last heard of.
    data.sites.grant(made, ['UpdateItem']);
    data.images.grant(made, 'put', 'Images are named by day and read at run time.');
    return made;
  }

  private makeMatchReads(data: DataStack, configuration: Configuration, live: LiveAlerts): ProductFunction {
    const made = new ProductFunction(this, 'MatchReads', {
      name: 'match-reads',
      description: 'Compares reads with the hot lists and raises alerts',
      environment: environmentOf(matchReadsEnv, {
        camerasTable: data.cameras.table.tableName,
        sharingTable: data.sharing.register.table.tableName,
        ...data.dayKeyNames,
        hotListTable: data.hotList.table.tableName,
        hotListsBucket: data.hotLists.bucket.bucketName,
        alertsTable: data.alerts.table.tableName,
        suppressionsTable: data.suppressions.table.tableName,
        auditEventsTable: data.auditEvents.table.tableName,
        deliverAlertsFunction: live.deliverAlerts.function.functionName,
        detectedReadsStream: this.detectedReads.stream.streamName,
        partnerReadsStream: this.partners.reads.stream.streamName,
      }),
      logsKey: data.logsKey.key,
      parts: { configuration },
      memoryMiB: 1024,
      timeout: Duration.minutes(1),
      isKeyholder: true,
    });
    data.cameras.grant(made, ['BatchGetItem']);
    data.sharing.register.grant(made, ['GetItem']);
    data.grantDayKeys(made, 'create');
    data.hotList.grant(made, ['GetItem', 'Query']);
    // S3 says that a file expired only to those who may list.
    data.hotLists.grantList(made);
    data.hotLists.grant(made, 'get', 'Files of outside lists are named by list and delivery at run time.');
    data.alerts.grant(made, ['GetItem', 'PutItem', 'UpdateItem']);
    data.suppressions.grant(made, ['Query']);
    live.grantAnnounce(made);
    data.auditEvents.grant(made, ['PutItem']);
    return made;
  }

  private makeIndexPlates(data: DataStack, configuration: Configuration): ProductFunction {
    const made = new ProductFunction(this, 'IndexPlates', {
      name: 'index-plates',
      description: 'Adds the plates of new reads to the partial-plate index of their day and network',
      environment: environmentOf(indexPlatesEnv, {
        camerasTable: data.cameras.table.tableName,
        sharingTable: data.sharing.register.table.tableName,
        ...data.dayKeyNames,
        plateIndexBucket: data.plateIndex.bucket.bucketName,
        detectedReadsStream: this.detectedReads.stream.streamName,
        partnerReadsStream: this.partners.reads.stream.streamName,
      }),
      logsKey: data.logsKey.key,
      parts: { configuration },
      timeout: Duration.minutes(1),
      isKeyholder: true,
    });
    data.cameras.grant(made, ['BatchGetItem']);
    data.sharing.register.grant(made, ['GetItem']);
    data.grantDayKeys(made, 'create');
    data.plateIndex.grant(made, 'put', 'Index segments are named by day and network at run time.');
    return made;
  }

  /** What a camera may do with its certificate: put envelopes and frames, read nothing. */
  private makeCameraRole(): Role {
    const role = new Role(this, 'CameraRole', {
      description: 'Assumed by enrolled cameras through the IoT credential provider',
      assumedBy: new ServicePrincipal('credentials.iot.amazonaws.com'),
    });
    role.addToPolicy(
      new PolicyStatement({
        actions: ['kinesis:PutRecords'],
        resources: [this.cameraReads.stream.streamArn],
      }),
    );
    role.addToPolicy(
      new PolicyStatement({
        actions: ['s3:PutObject'],
        // biome-ignore lint/suspicious/noTemplateCurlyInString: IAM puts the camera's name in.
        resources: [this.intake.frames.bucket.arnForObjects('${credentials-iot:ThingName}/*')],
      }),
    );
    for (const service of ['kinesis', 's3'] as const)
      role.addToPolicy(viaService(this.cameraReads.key, service, 'write'));
    acknowledge(role, {
      'NIST.800.53.R5-IAMNoInlinePolicy': 'The policy belongs to this one role; sharing it would widen it.',
    });
    acknowledgeObjects(
      role,
      this.intake.frames.bucket,
      'Each camera puts frames under its own name, and names them at run time.',
      '<credentials-iot:ThingName>/*',
    );
    new CfnOutput(this, 'CameraRoleArn', { value: role.roleArn });
    return role;
  }
}
