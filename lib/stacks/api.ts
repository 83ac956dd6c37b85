import { CfnOutput, Duration, Stack, type StackProps } from 'aws-cdk-lib';
import {
  AccessLogFormat,
  AuthorizationType,
  CfnStage,
  CognitoUserPoolsAuthorizer,
  EndpointType,
  LambdaIntegration,
  LogGroupLogDestination,
  MethodLoggingLevel,
  RequestValidator,
  RestApi,
} from 'aws-cdk-lib/aws-apigateway';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import type { Configuration } from '../../core/contract/configuration';
import { gatewayModel } from '../../core/contract/gateway-model';
import { type OperationId, operations } from '../../core/contract/operations';
import { env as fetchImageEnv } from '../../lambdas/fetch-image/env';
import { env as listAlertsEnv } from '../../lambdas/list-alerts/env';
import { env as listQuarantineEnv } from '../../lambdas/list-quarantine/env';
import { env as manageHotListEnv } from '../../lambdas/manage-hot-list/env';
import { env as searchReadsEnv } from '../../lambdas/search-reads/env';
import { acknowledge } from '../acknowledge';
import { AlertVerification } from '../constructs/alert-verification';
import { ApiFirewall } from '../constructs/api-firewall';
import { ApiFunction } from '../constructs/api-function';
import { CameraRegistration } from '../constructs/camera-registration';
import { addProblemResponses } from '../constructs/problem-responses';
import type { ProductFunction } from '../constructs/product-function';
import { addRequestModel } from '../constructs/request-model';
import { environmentOf } from '../environment';
import type { DataStack } from './data';
import type { IdentityStack } from './identity';
import type { IngestStack } from './ingest';
import type { LiveStack } from './live';

export interface ApiStackProps extends StackProps {
  readonly configuration: Configuration;
  readonly data: DataStack;
  readonly identity: IdentityStack;
  readonly ingest: IngestStack;
  readonly live: LiveStack;
}

/** The REST API: every method asks for an access token with the API scope; the handlers decide by policy. */
export class ApiStack extends Stack {
  readonly api: RestApi;
  readonly searchReads: ProductFunction;
  readonly fetchImage: ProductFunction;
  readonly manageHotList: ProductFunction;
  readonly listAlerts: ProductFunction;
  readonly listQuarantine: ProductFunction;
  readonly registration: CameraRegistration;
  readonly verifyAlert: ProductFunction;

  constructor(scope: Construct, id: string, props: ApiStackProps) {
    super(scope, id, props);
    const { data, configuration } = props;
    this.searchReads = this.makeSearchReads(data, configuration);
    this.fetchImage = this.makeFetchImage(data, configuration);
    this.manageHotList = this.makeManageHotList(data, configuration);
    this.listAlerts = this.makeListAlerts(data, configuration);
    this.listQuarantine = this.makeListQuarantine(data, configuration);
    this.registration = new CameraRegistration(this, 'Cameras', {
      configuration,
      people: data.people,
      auditEvents: data.auditEvents,
      cameras: data.cameras,
      sites: data.sites,
      logsKey: data.logsKey.key,
      cameraRole: props.ingest.cameraRole,
      video: props.ingest.video,
      framesBucket: props.ingest.intake.frames.bucket,
    });
    this.verifyAlert = new AlertVerification(this, 'AlertVerification', { data, configuration }).verifyAlert;
    this.api = this.makeApi(props);
    this.addOperations(props);
    new ApiFirewall(this, 'Firewall', { stageArn: this.api.deploymentStage.stageArn });
    new CfnOutput(this, 'ApiUrl', { value: this.api.url });
  }

  private makeApi(props: ApiStackProps): RestApi {
    const accessLogs = new LogGroup(this, 'AccessLogs', {
      encryptionKey: props.data.logsKey.key,
      retention: RetentionDays.ONE_YEAR,
    });
    const api = new RestApi(this, 'Api', {
      description: 'Platekeeper',
      endpointConfiguration: { types: [EndpointType.REGIONAL] },
      cloudWatchRole: false,
      deployOptions: {
        stageName: 'live',
        accessLogDestination: new LogGroupLogDestination(accessLogs),
        // The resource path, never the path: an image link's token would be in it.
        accessLogFormat: AccessLogFormat.custom(
          JSON.stringify({
            requestId: '$context.requestId',
            at: '$context.requestTimeEpoch',
            method: '$context.httpMethod',
            resource: '$context.resourcePath',
            status: '$context.status',
            username: '$context.authorizer.claims.username',
            address: '$context.identity.sourceIp',
            refusal: '$context.error.responseType',
            latencyMs: '$context.responseLatency',
          }),
        ),
        loggingLevel: MethodLoggingLevel.OFF,
        dataTraceEnabled: false,
        metricsEnabled: true,
        throttlingRateLimit: 50,
        throttlingBurstLimit: 100,
      },
      binaryMediaTypes: ['image/jpeg'],
    });
    const stage = api.deploymentStage.node.defaultChild;
    if (stage instanceof CfnStage)
      acknowledge(stage, {
        'NIST.800.53.R5-APIGWCacheEnabledAndEncrypted':
          'Answers are never cached: each one is decided and audited on its own [Access-E].',
        'NIST.800.53.R5-APIGWExecutionLoggingEnabled':
          'Execution logs hold request bodies, that is plates; access logs and audit events record each call instead.',
        'NIST.800.53.R5-APIGWSSLEnabled':
          'The backends are Lambda functions called by IAM, not servers behind TLS.',
        'AwsSolutions-APIG6':
          'Execution logs hold request bodies, that is plates; access logs and audit events record each call instead.',
      });
    addProblemResponses(api);
    return api;
  }

  private addOperations({ identity, live }: ApiStackProps): void {
    const authorizer = new CognitoUserPoolsAuthorizer(this, 'Authorizer', {
      cognitoUserPools: [identity.userPool],
      resultsCacheTtl: Duration.seconds(0),
    });
    const validator = new RequestValidator(this, 'Validator', {
      restApi: this.api,
      validateRequestBody: true,
      validateRequestParameters: true,
    });
    const functions: Readonly<Record<OperationId, ProductFunction>> = {
      'search-reads': this.searchReads,
      'fetch-image': this.fetchImage,
      'request-hot-list-entry': this.manageHotList,
      'approve-hot-list-entry': this.manageHotList,
      'remove-hot-list-entry': this.manageHotList,
      'list-hot-list-entries': this.manageHotList,
      'list-alerts': this.listAlerts,
      'list-quarantine': this.listQuarantine,
      'propose-site': this.registration.manageSites,
      'decide-site': this.registration.manageSites,
      'record-installation': this.registration.manageSites,
      'list-sites': this.registration.manageSites,
      'enrol-camera': this.registration.enrolCamera,
      'retire-camera': this.registration.enrolCamera,
      'list-silent-cameras': this.registration.listSilentCameras,
      'issue-ticket': live.alerts.issueTicket,
      'verify-alert': this.verifyAlert,
      'record-disposition': this.verifyAlert,
    };
    for (const operation of Object.values(operations)) {
      const schema = gatewayModel(operation);
      const model = schema === undefined ? undefined : addRequestModel(this.api, operation.id, schema);
      this.api.root
        .resourceForPath(operation.path)
        .addMethod(
          operation.method,
          new LambdaIntegration(functions[operation.id].function, { proxy: true, allowTestInvoke: false }),
          {
            operationName: operation.id,
            authorizer,
            authorizationType: AuthorizationType.COGNITO,
            authorizationScopes: [identity.apiScope],
            requestValidator: validator,
            ...(model ? { requestModels: { 'application/json': model } } : {}),
          },
        );
    }
  }

  private makeSearchReads(data: DataStack, configuration: Configuration): ProductFunction {
    const made = new ApiFunction(this, 'SearchReads', {
      name: 'search-reads',
      description: 'Answers searches that policy permits, after recording them',
      environment: environmentOf(searchReadsEnv, {
        ...data.apiNames,
        ...data.dayKeyNames,
        usageTable: data.usage.table.tableName,
        readsTable: data.reads.table.tableName,
        imageLinksTable: data.imageLinks.table.tableName,
        plateIndexBucket: data.plateIndex.bucket.bucketName,
      }),
      data,
      configuration,
      opensDays: true,
      memoryMiB: 1769,
    });
    data.usage.grant(made, ['UpdateItem']);
    data.reads.grant(made, ['Query']);
    data.imageLinks.grant(made, ['PutItem']);
    data.plateIndex.grant(made, 'get', 'Index segments are named by day and network at run time.');
    data.plateIndex.grantList(made);
    return made;
  }

  private makeFetchImage(data: DataStack, configuration: Configuration): ProductFunction {
    const made = new ApiFunction(this, 'FetchImage', {
      name: 'fetch-image',
      description: 'Answers one image for a link that works once',
      environment: environmentOf(fetchImageEnv, {
        ...data.apiNames,
        ...data.dayKeyNames,
        imageLinksTable: data.imageLinks.table.tableName,
        imagesBucket: data.images.bucket.bucketName,
      }),
      data,
      configuration,
      opensDays: true,
    });
    data.imageLinks.grant(made, ['GetItem', 'DeleteItem']);
    data.images.grant(made, 'get', 'Images are named by day and read at run time.');
    // S3 says that an object is not there only to those who may list.
    data.images.grantList(made);
    return made;
  }

  private makeManageHotList(data: DataStack, configuration: Configuration): ProductFunction {
    const made = new ApiFunction(this, 'ManageHotList', {
      name: 'manage-hot-list',
      description: 'Requests, approvals and removals of custom hot-list entries',
      environment: environmentOf(manageHotListEnv, {
        ...data.apiNames,
        hotListTable: data.hotList.table.tableName,
      }),
      data,
      configuration,
    });
    data.hotList.grant(made, ['GetItem', 'Query', 'PutItem', 'UpdateItem']);
    return made;
  }

  private makeListAlerts(data: DataStack, configuration: Configuration): ProductFunction {
    const made = new ApiFunction(this, 'ListAlerts', {
      name: 'list-alerts',
      description: 'Alerts for people on duty, within their networks',
      environment: environmentOf(listAlertsEnv, {
        ...data.apiNames,
        ...data.dayKeyNames,
        alertsTable: data.alerts.table.tableName,
        imageLinksTable: data.imageLinks.table.tableName,
      }),
      data,
      configuration,
      opensDays: true,
    });
    data.alerts.grant(made, [], { index: 'by-day' });
    data.imageLinks.grant(made, ['PutItem']);
    return made;
  }

  private makeListQuarantine(data: DataStack, configuration: Configuration): ProductFunction {
    const made = new ApiFunction(this, 'ListQuarantine', {
      name: 'list-quarantine',
      description: 'Reads that were refused, by reason and camera, for the administrator and the auditor',
      environment: environmentOf(listQuarantineEnv, {
        ...data.apiNames,
        quarantineTable: data.quarantine.table.tableName,
      }),
      data,
      configuration,
    });
    data.quarantine.grant(made, ['Query']);
    return made;
  }
}
