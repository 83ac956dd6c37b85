import { ApiGateway } from './api-gateway/api-gateway';
import { apiGatewayModels } from './api-gateway/models';
import { webSocketModels } from './api-gateway-websocket/models';
import { WebSocketGateway } from './api-gateway-websocket/websocket-gateway';
import type { Listening } from './aws/http';
import type { Clock } from './clock';
import { Cognito } from './cognito/cognito';
import { cognitoModels } from './cognito/models';
import { DynamoDb } from './dynamodb/dynamodb';
import { dynamoDbModels } from './dynamodb/models';
import { EventSources } from './event-sources/event-sources';
import { eventSourceModels } from './event-sources/models';
import { Iam } from './iam/iam';
import { iamModels } from './iam/models';
import { Iot } from './iot/iot';
import { iotModels } from './iot/models';
import { Kinesis } from './kinesis/kinesis';
import { kinesisModels } from './kinesis/models';
import { KinesisVideo } from './kinesis-video/kinesis-video';
import { kinesisVideoModels } from './kinesis-video/models';
import { Kms } from './kms/kms';
import { kmsModels } from './kms/models';
import { sdkDeliveries } from './lambda/deliveries';
import { lambdaModels } from './lambda/models';
import { listenLambdaApi } from './lambda/rest-api';
import { LambdaRuntime } from './lambda/runtime';
import { LogSink } from './logs/log-sink';
import { logsModels } from './logs/models';
import { Rekognition } from './rekognition/rekognition';
import { s3Models } from './s3/models';
import { S3 } from './s3/s3';
import { schedulerModels } from './scheduler/models';
import { Scheduler } from './scheduler/scheduler';
import { snsModels } from './sns/models';
import { Sns } from './sns/sns';
import { sqsModels } from './sqs/models';
import { Sqs } from './sqs/sqs';
import { type ClientCredentials, endpointEnvironment } from './system-endpoints';
import type { ResourceModel } from './template/resource-model';

export interface ServicesOptions {
  readonly clock: Clock;
  readonly region: string;
  readonly partition: string;
  readonly accountId: string;
  /** Folder of an asset by its S3 key. */
  readonly assetFolder: (key: string) => string;
}

export type Services = ReturnType<typeof createServices>;

export interface RunningServices {
  readonly services: Services;
  readonly models: readonly ResourceModel[];
  readonly endpointsFor: (credentials: ClientCredentials) => Record<string, string>;
  /** Where REST APIs are served: `<url>/<api id>/<stage>/…`. */
  readonly gatewayUrl: string;
  /** Where WebSocket APIs are served, by `http:`: `<url>/<api id>/<stage>`. */
  readonly socketsUrl: string;
  /** Where the domains of user pools are served: `<url>/<prefix>`. */
  readonly domainsUrl: string;
  close(): Promise<void>;
}

/** Makes every service and opens its port. Nothing is in them yet: the template says what. */
export async function startServices(options: ServicesOptions): Promise<RunningServices> {
  const urls: Record<string, string> = {};
  const endpointsFor = (credentials: ClientCredentials) =>
    endpointEnvironment(credentials, { urls, region: options.region });
  const services = createServices(options, endpointsFor);
  const open: Listening[] = [];
  const close = async () => {
    await services.eventSources.stop();
    services.runtime.stop();
    for (const listening of open.splice(0).reverse()) await listening.close();
  };
  try {
    const gateway = await services.apiGateway.listen();
    open.push(gateway);
    const sockets = await services.sockets.listen();
    open.push(sockets);
    for (const [name, start] of Object.entries(listeners(options, services))) {
      const listening = await start();
      open.push(listening);
      urls[name] = listening.url;
    }
    return {
      services,
      models: modelsOf(services, options),
      endpointsFor,
      gatewayUrl: gateway.url,
      socketsUrl: sockets.url,
      domainsUrl: `${urls.COGNITO_IDENTITY_PROVIDER}/domains`,
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

function createServices(
  { clock, region, partition, accountId }: ServicesOptions,
  endpointsFor: (credentials: ClientCredentials) => Record<string, string>,
) {
  const iam = new Iam({ clock, region, accountId, partition });
  const setResourcePolicy = (arn: string, document: unknown) => iam.setResourcePolicy(arn, document);
  const common = { clock, region, partition, accountId, authorize: iam.authorize, credentials: iam };
  const logs = new LogSink();
  const issueCredentials = (roleArn: string, session: string, service: string) =>
    iam.issueCredentials(roleArn, session, service);
  const deliveries = sdkDeliveries({ region, issueCredentials, environment: endpointsFor });
  const runtime = new LambdaRuntime({
    clock,
    region,
    accountId,
    logs,
    deliveries,
    environment: endpointsFor,
    iam: {
      issueCredentials,
      setResourcePolicy,
      authorize: iam.authorize,
      allowsService: (...args) => iam.allowsService(...args),
    },
  });
  const kms = new Kms({ ...common, setResourcePolicy });
  const kinesis = new Kinesis(common);
  const sqs = new Sqs({ ...common, iam });
  const sns = new Sns({
    ...common,
    iam,
    sendToQueue: (arn, body, sender) => sqs.send(arn, body, sender),
    invoke: runtime.invoke,
  });
  const s3 = new S3({
    ...common,
    setResourcePolicy,
    useKey: kms.use,
    deliver: {
      toQueue: (arn, body, source) => void sqs.send(arn, body, source),
      toFunction: (functionArn, payload, source) => runtime.invokeAsync({ functionArn, payload, ...source }),
    },
  });
  const scheduler = new Scheduler({
    clock,
    functions: runtime,
    deliveries,
    iam: {
      authorize: iam.authorize,
      issueCredentials: (roleArn, session, service, sourceArn) =>
        iam.issueCredentials(roleArn, session, service, sourceArn),
    },
  });
  const iot = new Iot({
    ...common,
    issueSession: ({ roleArn, sessionName, servicePrincipal, sourceArn, ...facts }) =>
      iam.issueCredentials(roleArn, sessionName, servicePrincipal, sourceArn, facts),
  });
  const cognito = new Cognito({ ...common, invoke: runtime.invoke });
  return {
    iam,
    kms,
    kinesis,
    sqs,
    sns,
    s3,
    logs,
    runtime,
    cognito,
    iot,
    dynamodb: new DynamoDb(common),
    rekognition: new Rekognition(common),
    kinesisVideo: new KinesisVideo({ ...common, partition, storeImage: (image) => s3.putObject(image) }),
    apiGateway: new ApiGateway({
      clock,
      region,
      accountId,
      partition,
      invoke: runtime.invoke,
      tokenIssuer: (poolArn) => cognito.tokenIssuer(poolArn),
      accessLog: ({ destinationArn, atMs, line }) =>
        logs.write({ group: logGroupOf(destinationArn), stream: 'access', atMs, line }),
    }),
    sockets: new WebSocketGateway({
      ...common,
      invoke: runtime.invoke,
      accessLog: ({ destinationArn, atMs, line }) =>
        logs.write({ group: logGroupOf(destinationArn), stream: 'access', atMs, line }),
    }),
    scheduler,
    eventSources: new EventSources({
      clock,
      region,
      functions: runtime,
      kinesis,
      sqs,
      iam: { authorize: iam.authorize, issueCredentials },
      deliveries,
    }),
  };
}

/** By the name in `AWS_ENDPOINT_URL_<name>`; the APIs' own port stands apart. */
function listeners({ clock }: ServicesOptions, services: Services): Record<string, () => Promise<Listening>> {
  const { iam, runtime } = services;
  return {
    DYNAMODB: () => services.dynamodb.listen(),
    KINESIS: () => services.kinesis.listen(),
    KINESIS_VIDEO: () => services.kinesisVideo.listen(),
    S3: () => services.s3.listen(),
    KMS: () => services.kms.listen(),
    SQS: () => services.sqs.listen(),
    SNS: () => services.sns.listen(),
    IOT: () => services.iot.listen(),
    REKOGNITION: () => services.rekognition.listen(),
    COGNITO_IDENTITY_PROVIDER: () => services.cognito.listen(),
    APIGATEWAYMANAGEMENTAPI: () => services.sockets.listenManagement(),
    LAMBDA: () => listenLambdaApi({ runtime, credentials: iam, authorize: iam.authorize, clock }),
  };
}

function modelsOf(services: Services, { assetFolder }: ServicesOptions): ResourceModel[] {
  return [
    ...iamModels(services.iam),
    ...kmsModels(services.kms),
    ...dynamoDbModels(services.dynamodb),
    ...kinesisModels(services.kinesis),
    ...kinesisVideoModels(services.kinesisVideo),
    ...sqsModels(services.sqs),
    ...snsModels(services.sns),
    ...s3Models(services.s3),
    ...cognitoModels(services.cognito),
    ...iotModels(services.iot),
    ...logsModels(services.logs),
    ...lambdaModels({ runtime: services.runtime, assetFolder }),
    ...eventSourceModels(services.eventSources),
    ...schedulerModels(services.scheduler),
    ...apiGatewayModels(services.apiGateway),
    ...webSocketModels(services.sockets),
  ];
}

/** `arn:aws:logs:<region>:<account>:log-group:<name>`, with or without `:*`. */
const logGroupOf = (arn: string) => arn.split(':')[6] ?? arn;
