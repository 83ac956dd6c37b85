import { App, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import cdk from '../../cdk.json';
import { loadConfiguration } from '../../lib/config';
import { LiveAlerts } from '../../lib/constructs/live-alerts';
import { DataStack } from '../../lib/stacks/data';

const configuration = loadConfiguration('config/bloomington.json');
const app = new App({ context: cdk.context });
const env = { region: configuration.stage.region };
const data = new DataStack(app, 'Data', { env, configuration });
const stack = new Stack(app, 'Live', { env });
new LiveAlerts(stack, 'LiveAlerts', { data, configuration, consoleClients: 'made-up-client' });
const template = Template.fromStack(stack);

it('opens a connection only by an authorizer that is asked with the ticket [Access-G]', () => {
  template.hasResourceProperties('AWS::ApiGatewayV2::Route', {
    RouteKey: '$connect',
    AuthorizationType: 'CUSTOM',
    AuthorizerId: Match.anyValue(),
  });
  template.hasResourceProperties('AWS::ApiGatewayV2::Authorizer', {
    AuthorizerType: 'REQUEST',
    IdentitySource: ['route.request.querystring.ticket'],
  });
});

it('logs each connection without its query, where the ticket is', () => {
  const stages = template.findResources('AWS::ApiGatewayV2::Stage');
  const formats = Object.values(stages).map((each) => String(each.Properties.AccessLogSettings.Format));
  expect(formats).toHaveLength(1);
  expect(formats[0]).toContain('$context.authorizer.principalId');
  expect(formats[0]).not.toMatch(/querystring|queryString|path/);
});

it('lets deliver-alerts send to and close the sockets of this stage, and nothing more of the gateway', () => {
  const actions = Object.values(template.findResources('AWS::IAM::Policy'))
    .flatMap((each) => each.Properties.PolicyDocument.Statement)
    .filter((each) => JSON.stringify(each.Action).includes('execute-api'));
  expect(actions).toEqual([
    {
      Action: 'execute-api:ManageConnections',
      Effect: 'Allow',
      Resource: ['DELETE', 'POST'].map((method) => ({
        'Fn::Join': ['', expect.arrayContaining([`/live/${method}/@connections/*`])],
      })),
    },
  ]);
});

it('keeps neither tickets nor connections beyond their time', () => {
  template.resourceCountIs('AWS::DynamoDB::GlobalTable', 2);
  template.allResourcesProperties('AWS::DynamoDB::GlobalTable', {
    TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true },
  });
});
