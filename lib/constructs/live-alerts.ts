import { Duration, Stack } from 'aws-cdk-lib';
import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import {
  type CfnApi,
  CfnRoute,
  LogGroupLogDestination,
  WebSocketApi,
  WebSocketStage,
} from 'aws-cdk-lib/aws-apigatewayv2';
import { WebSocketLambdaAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import {
  WebSocketLambdaIntegration,
  WebSocketMockIntegration,
} from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { AttributeType } from 'aws-cdk-lib/aws-dynamodb';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { ticketParameter } from '../../core/contract/live-alerts';
import { env as admitConnectionEnv } from '../../lambdas/admit-connection/env';
import { env as deliverAlertsEnv } from '../../lambdas/deliver-alerts/env';
import { env as issueTicketEnv } from '../../lambdas/issue-ticket/env';
import { acknowledge } from '../acknowledge';
import { environmentOf } from '../environment';
import type { DataStack } from '../stacks/data';
import { declareStore, withoutPlates } from '../stores/declaration';
import { ApiFunction, type ApiSetting } from './api-function';
import { viaService } from './customer-key';
import { ProductFunction } from './product-function';
import { StoreTable } from './store-table';

export type LiveAlertsProps = ApiSetting;

/** An alert that could not be sent for this long is old news: it is listed by the API all the same. */
const undeliveredAfter = Duration.minutes(10);

/**
 * Live alerts: a WebSocket API that opens for a ticket, the sockets that are open, and the function that sends alerts
 * to those of users on duty [Access-G]. What is lost here is never lost to the user: GET /v1/alerts lists it.
 */
export class LiveAlerts extends Construct {
  /** Behind POST /v1/tickets of the REST API. */
  readonly issueTicket: ProductFunction;
  readonly admitConnection: ProductFunction;
  /** To be run each minute too, so that the sockets of those who may have no alerts any more are closed. */
  readonly deliverAlerts: ProductFunction;
  /** Announcements that failed to the end; ids only. */
  readonly undelivered: Queue;
  /** That an alert waits, by e-mail, text message or push: subscribe here. Never says of which vehicle. */
  readonly notices: Topic;
  readonly stage: WebSocketStage;
  private readonly tickets: StoreTable;
  private readonly connections: StoreTable;

  constructor(scope: Construct, id: string, props: LiveAlertsProps) {
    super(scope, id);
    this.tickets = this.makeTable(props, 'Tickets', ['ticketId'], 'Tickets live 30 seconds and work once');
    this.connections = this.makeTable(
      props,
      'Connections',
      ['shelf', 'connectionId'],
      'Connections live two hours',
    );
    this.undelivered = this.makeUndelivered(props.data);
    this.notices = new Topic(this, 'Notices', { masterKey: props.data.storeKey.key, enforceSSL: true });
    declareStore(
      this.notices,
      withoutPlates('Ids of alerts, of agencies and of agreements, handed on at once.'),
    );
    this.issueTicket = this.makeIssueTicket(props);
    this.admitConnection = this.makeAdmitConnection(props);
    this.stage = this.makeStage(props.data);
    this.deliverAlerts = this.makeDeliverAlerts(props);
  }

  /** Lets a function announce alerts that it raised. */
  grantAnnounce(to: ProductFunction): void {
    to.allow('lambda:InvokeFunction', this.deliverAlerts.function.functionArn);
  }

  private makeTable(
    { data }: LiveAlertsProps,
    id: string,
    [partition, sort]: readonly [string, string?],
    because: string,
  ): StoreTable {
    return new StoreTable(this, id, {
      declaration: withoutPlates(`${because}.`),
      partitionKey: { name: partition, type: AttributeType.STRING },
      ...(sort === undefined ? {} : { sortKey: { name: sort, type: AttributeType.STRING } }),
      expiresAt: 'expiresAt',
      key: data.storeKey.key,
      recovery: { kind: 'none', because: `${because}; an old copy is of no use.` },
      isRetained: false,
    });
  }

  private makeUndelivered(data: DataStack): Queue {
    const queue = new Queue(this, 'Undelivered', {
      encryption: QueueEncryption.KMS,
      encryptionMasterKey: data.storeKey.key,
      enforceSSL: true,
      retentionPeriod: Duration.days(4),
    });
    declareStore(queue, withoutPlates('Ids of alerts for four days.'));
    acknowledge(queue, { 'AwsSolutions-SQS3': 'This is the queue that failed announcements end in.' });
    return queue;
  }

  private makeIssueTicket({ data, configuration, consoleClients }: LiveAlertsProps): ProductFunction {
    const made = new ApiFunction(this, 'IssueTicket', {
      name: 'issue-ticket',
      description: 'Gives users on duty a ticket for one live connection',
      environment: environmentOf(issueTicketEnv, {
        ...data.apiNames(consoleClients),
        ticketsTable: this.tickets.table.tableName,
      }),
      data,
      configuration,
    });
    this.tickets.grant(made, ['PutItem']);
    return made;
  }

  private makeAdmitConnection({ data, configuration, consoleClients }: LiveAlertsProps): ProductFunction {
    const made = new ApiFunction(this, 'AdmitConnection', {
      name: 'admit-connection',
      description: 'Opens live connections for tickets and keeps the list of them',
      environment: environmentOf(admitConnectionEnv, {
        ...data.apiNames(consoleClients),
        ticketsTable: this.tickets.table.tableName,
        connectionsTable: this.connections.table.tableName,
      }),
      data,
      configuration,
    });
    data.access.sessions.grant(made, ['GetItem']);
    this.tickets.grant(made, ['DeleteItem']);
    this.connections.grant(made, ['PutItem', 'DeleteItem']);
    return made;
  }

  private makeDeliverAlerts({ data, configuration }: LiveAlertsProps): ProductFunction {
    const made = new ProductFunction(this, 'DeliverAlerts', {
      name: 'deliver-alerts',
      description: 'Sends alerts to the live connections of users on duty, and closes those of others',
      environment: environmentOf(deliverAlertsEnv, {
        ...data.personNames,
        ...data.dayKeyNames,
        auditEventsTable: data.auditEvents.table.tableName,
        sessionsTable: data.access.sessions.table.tableName,
        devicesTable: data.access.devices.table.tableName,
        noticesTopic: this.notices.topicArn,
        alertsTable: data.alerts.table.tableName,
        imageLinksTable: data.imageLinks.table.tableName,
        connectionsTable: this.connections.table.tableName,
        socketsEndpoint: this.stage.callbackUrl,
      }),
      logsKey: data.logsKey.key,
      parts: { configuration, policy: true },
      memoryMiB: 1024,
      isKeyholder: true,
      deadLetters: this.undelivered,
    });
    made.function.configureAsyncInvoke({ maxEventAge: undeliveredAfter, retryAttempts: 2 });
    data.grantPeople(made);
    data.access.sessions.grant(made, ['GetItem']);
    data.access.devices.grant(made, ['GetItem']);
    made.allow('sns:Publish', this.notices.topicArn);
    made.allowStatement(viaService(data.storeKey.key, 'sns', 'write'));
    data.auditEvents.grant(made, ['PutItem']);
    data.dayKeys.grant(made, ['GetItem']);
    data.dayWrappingKey.grantDays(made.role, 'open');
    data.alerts.grant(made, ['GetItem', 'UpdateItem'], { index: 'by-day' });
    data.imageLinks.grant(made, ['PutItem']);
    this.connections.grant(made, ['Query', 'DeleteItem']);
    made.allow('sqs:SendMessage', this.undelivered.queueArn);
    made.allowStatement(viaService(data.storeKey.key, 'sqs', 'write'));
    this.allowSockets(made);
    return made;
  }

  private allowSockets(made: ProductFunction): void {
    const { apiId } = this.stage.api;
    const paths = ['POST', 'DELETE'].map(
      (method) => `${apiId}/${this.stage.stageName}/${method}/@connections/*`,
    );
    const stack = Stack.of(this);
    made.allow(
      'execute-api:ManageConnections',
      ...paths.map((path) => stack.formatArn({ service: 'execute-api', resource: path })),
    );
    const reason = 'Connections get their ids when they are opened; one stage of one API, two methods.';
    const api = stack.getLogicalId(this.stage.api.node.defaultChild as CfnApi);
    acknowledge(
      made.role,
      Object.fromEntries(
        paths.map((path) => [
          `AwsSolutions-IAM5[Resource::arn:${stack.partition}:execute-api:${stack.region}:<AWS::AccountId>:${path.replace(apiId, `<${api}>`)}]`,
          reason,
        ]),
      ),
    );
  }

  private makeStage(data: DataStack): WebSocketStage {
    const api = new WebSocketApi(this, 'Api', {
      description: 'Platekeeper live alerts',
      routeSelectionExpression: '$request.body.action',
      connectRouteOptions: {
        integration: new WebSocketLambdaIntegration('Connect', this.admitConnection.function),
        authorizer: new WebSocketLambdaAuthorizer('Ticket', this.admitConnection.function, {
          identitySource: [`route.request.querystring.${ticketParameter}`],
        }),
      },
      disconnectRouteOptions: {
        integration: new WebSocketLambdaIntegration('Disconnect', this.admitConnection.function),
      },
      // Clients say nothing but that they are still there.
      defaultRouteOptions: {
        integration: new WebSocketMockIntegration('KeepAlive', {
          requestTemplates: { '200': '{"statusCode":200}' },
          templateSelectionExpression: '200',
        }),
      },
    });
    for (const route of api.node.findAll().filter((each) => each instanceof CfnRoute))
      acknowledge(route, {
        'AwsSolutions-APIG4':
          'Only the connect route of a WebSocket API can have an authorizer; no other route is reached without it.',
      });
    return new WebSocketStage(this, 'Stage', {
      webSocketApi: api,
      stageName: 'live',
      autoDeploy: true,
      throttle: { rateLimit: 50, burstLimit: 100 },
      detailedMetricsEnabled: true,
      accessLogSettings: {
        destination: new LogGroupLogDestination(this.makeAccessLogs(data)),
        // Never the query: a ticket is in it.
        format: AccessLogFormat.custom(
          JSON.stringify({
            requestId: '$context.requestId',
            at: '$context.requestTimeEpoch',
            event: '$context.eventType',
            route: '$context.routeKey',
            status: '$context.status',
            username: '$context.authorizer.principalId',
            address: '$context.identity.sourceIp',
          }),
        ),
      },
    });
  }

  private makeAccessLogs(data: DataStack): LogGroup {
    const logs = new LogGroup(this, 'AccessLogs', {
      encryptionKey: data.logsKey.key,
      retention: RetentionDays.ONE_YEAR,
    });
    declareStore(logs, withoutPlates('Who opened a connection when, for a year.'));
    return logs;
  }
}
