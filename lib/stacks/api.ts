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
import { type OperationId, operationList } from '../../core/contract/operations';
import { apiScope } from '../../core/contract/scopes';
import { env as correctReportEnv } from '../../lambdas/correct-report/env';
import { env as listQuarantineEnv } from '../../lambdas/list-quarantine/env';
import { acknowledge } from '../acknowledge';
import { AlertWork } from '../constructs/alert-work';
import { ApiFirewall } from '../constructs/api-firewall';
import { ApiFunction, type ApiSetting } from '../constructs/api-function';
import { CameraRegistration } from '../constructs/camera-registration';
import { Evidence } from '../constructs/evidence';
import { HotListWork } from '../constructs/hot-list-work';
import { LogWork } from '../constructs/log-work';
import { MonthAuditWork } from '../constructs/month-audit-work';
import { OutsideLists } from '../constructs/outside-lists';
import { PeopleAccess } from '../constructs/people-access';
import { addProblemResponses } from '../constructs/problem-responses';
import type { ProductFunction } from '../constructs/product-function';
import { addRequestModel } from '../constructs/request-model';
import { Searching } from '../constructs/searching';
import { SharingWork } from '../constructs/sharing-work';
import { environmentOf } from '../environment';
import { declareStore, withoutPlates } from '../stores/declaration';
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
  readonly searching: Searching;
  readonly hotListWork: HotListWork;
  readonly alertWork: AlertWork;
  readonly outsideLists: OutsideLists;
  readonly evidence: Evidence;
  readonly people: PeopleAccess;
  readonly logWork: LogWork;
  readonly audits: MonthAuditWork;
  readonly listQuarantine: ProductFunction;
  readonly correctReport: ProductFunction;
  readonly registration: CameraRegistration;
  readonly sharing: SharingWork;

  constructor(scope: Construct, id: string, props: ApiStackProps) {
    super(scope, id, props);
    const { data, configuration } = props;
    const { consoleClients } = props.identity;
    const setting = { data, configuration, consoleClients };
    this.searching = new Searching(this, 'Searching', setting);
    this.hotListWork = new HotListWork(this, 'HotListWork', setting);
    this.alertWork = new AlertWork(this, 'AlertWork', { ...setting, live: props.live.alerts });
    this.outsideLists = new OutsideLists(this, 'OutsideLists', setting);
    this.evidence = new Evidence(this, 'Evidence', setting);
    this.people = new PeopleAccess(this, 'People', {
      ...setting,
      userPool: props.identity.userPool,
      live: props.live.alerts,
    });
    this.logWork = new LogWork(this, 'AuditWork', setting);
    this.sharing = new SharingWork(this, 'Sharing', { ...setting, notices: props.live.alerts.notices });
    this.audits = new MonthAuditWork(this, 'Audits', setting);
    this.listQuarantine = this.makeListQuarantine(setting);
    this.correctReport = this.makeCorrectReport(setting);
    this.registration = new CameraRegistration(this, 'Cameras', {
      ...setting,
      cameraRole: props.ingest.cameraRole,
      partnerRole: props.ingest.partners.role,
      video: props.ingest.video,
      framesBucket: props.ingest.intake.frames.bucket,
    });
    this.api = this.makeApi(props);
    this.addOperations(props);
    new ApiFirewall(this, 'Firewall', { stageArn: this.api.deploymentStage.stageArn });
    new CfnOutput(this, 'ApiUrl', { value: this.api.url });
    new CfnOutput(this, 'EvidenceBucket', { value: this.evidence.archive.bucketName });
    new CfnOutput(this, 'EvidenceDropBucket', { value: this.evidence.drop.bucket.bucketName });
    new CfnOutput(this, 'EvidenceKeyId', { value: this.evidence.signingKey.keyId });
    new CfnOutput(this, 'HotListUploadsBucket', { value: this.outsideLists.uploads.bucket.bucketName });
  }

  private makeApi(props: ApiStackProps): RestApi {
    const accessLogs = new LogGroup(this, 'AccessLogs', {
      encryptionKey: props.data.logsKey.key,
      retention: RetentionDays.ONE_YEAR,
    });
    declareStore(
      accessLogs,
      withoutPlates('Who called which operation when, for a year; never a path or a body.'),
    );
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
      'search-reads': this.searching.searchReads,
      'continue-search': this.searching.searchReads,
      'show-search': this.searching.searchReads,
      'fetch-image': this.searching.fetchImage,
      'request-hot-list-entry': this.hotListWork.manageHotList,
      'approve-hot-list-entry': this.hotListWork.manageHotList,
      'extend-hot-list-entry': this.hotListWork.manageHotList,
      'take-over-hot-list-entry': this.hotListWork.manageHotList,
      'remove-hot-list-entry': this.hotListWork.manageHotList,
      'list-hot-list-entries': this.hotListWork.manageHotList,
      'preview-hot-list-entry': this.hotListWork.manageHotList,
      'list-outside-lists': this.outsideLists.manageOutsideLists,
      'decide-held-list': this.outsideLists.manageOutsideLists,
      'list-alerts': this.alertWork.listAlerts,
      'issue-ticket': live.alerts.issueTicket,
      'acknowledge-alert': this.alertWork.verifyAlert,
      'verify-alert': this.alertWork.verifyAlert,
      'record-disposition': this.alertWork.verifyAlert,
      'notify-neighbour': this.alertWork.verifyAlert,
      'list-quarantine': this.listQuarantine,
      'propose-site': this.registration.manageSites,
      'decide-site': this.registration.manageSites,
      'record-installation': this.registration.manageSites,
      'list-sites': this.registration.manageSites,
      'enrol-camera': this.registration.enrolCamera,
      'retire-camera': this.registration.enrolCamera,
      'list-silent-cameras': this.registration.listCameras,
      'list-cameras': this.registration.listCameras,
      'enrol-person': this.people.managePeople,
      'assign-person': this.people.managePeople,
      'designate-person': this.people.managePeople,
      'disable-person': this.people.managePeople,
      'suspend-person': this.people.managePeople,
      'reinstate-person': this.people.managePeople,
      'record-training': this.people.managePeople,
      'list-people': this.people.managePeople,
      'show-own-standing': this.people.manageDuty,
      'set-duty': this.people.manageDuty,
      'import-personnel': this.people.importPersonnel,
      'register-device': this.people.manageDevices,
      'retire-device': this.people.manageDevices,
      'list-devices': this.people.manageDevices,
      'list-findings': this.people.manageFindings,
      'decide-finding': this.people.manageFindings,
      'take-evidence': this.evidence.takeEvidence,
      'list-evidence': this.evidence.manageEvidence,
      'show-evidence': this.evidence.manageEvidence,
      'request-release': this.evidence.manageReleases,
      'decide-release': this.evidence.manageReleases,
      'list-releases': this.evidence.manageReleases,
      'order-redaction': this.logWork.redactEvent,
      'decide-redaction': this.logWork.redactEvent,
      'list-redactions': this.logWork.redactEvent,
      'draw-leaves': this.logWork.drawLeaves,
      'propose-agency': this.sharing.manageSharing,
      'confirm-agency': this.sharing.manageSharing,
      'propose-agreement': this.sharing.manageSharing,
      'approve-agreement': this.sharing.manageSharing,
      'propose-exigent-grant': this.sharing.manageSharing,
      'approve-exigent-grant': this.sharing.manageSharing,
      'revoke-sharing': this.sharing.manageSharing,
      'list-sharing': this.sharing.manageSharing,
      'receive-external-request': this.sharing.manageExternalRequests,
      'answer-external-request': this.sharing.manageExternalRequests,
      'decline-external-request': this.sharing.manageExternalRequests,
      'list-external-requests': this.sharing.manageExternalRequests,
      'propose-report-correction': this.correctReport,
      'approve-report-correction': this.correctReport,
      'list-month-audits': this.audits.manageAudits,
      'show-month-audit': this.audits.manageAudits,
      'attest-month-audit': this.audits.manageAudits,
      'request-incident-package': this.audits.manageAudits,
      'list-incident-packages': this.audits.manageAudits,
      'show-incident-package': this.audits.manageAudits,
    };
    for (const operation of operationList) {
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
            authorizationScopes: [...(operation.scopes ?? [apiScope])],
            requestValidator: validator,
            ...(model ? { requestModels: { 'application/json': model } } : {}),
          },
        );
    }
  }

  private makeCorrectReport({ data, configuration, consoleClients }: ApiSetting): ProductFunction {
    const made = new ApiFunction(this, 'CorrectReport', {
      name: 'correct-report',
      description: 'Takes in what a month of reports is to be corrected for, and the approval of the Chief',
      environment: environmentOf(correctReportEnv, data.apiNames(consoleClients)),
      data,
      configuration,
    });
    data.auditEvents.grant(made, ['GetItem']);
    return made;
  }

  private makeListQuarantine({ data, configuration, consoleClients }: ApiSetting): ProductFunction {
    const made = new ApiFunction(this, 'ListQuarantine', {
      name: 'list-quarantine',
      description: 'Reads that were refused, by reason and camera, for the administrator and the auditor',
      environment: environmentOf(listQuarantineEnv, {
        ...data.apiNames(consoleClients),
        quarantineTable: data.quarantine.table.tableName,
      }),
      data,
      configuration,
    });
    data.quarantine.grant(made, ['Query']);
    return made;
  }
}
