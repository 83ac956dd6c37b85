import { App, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { AttributeType } from 'aws-cdk-lib/aws-dynamodb';
import cdk from '../../cdk.json';
import { loadConfiguration } from '../../lib/config';
import { Reporting } from '../../lib/constructs/reporting';
import { StoreTable } from '../../lib/constructs/store-table';
import { Timetable } from '../../lib/constructs/timetable';
import { DataStack } from '../../lib/stacks/data';
import { withoutPlates } from '../../lib/stores/declaration';

const configuration = loadConfiguration('config/bloomington.json');
const app = new App({ context: cdk.context });
const env = { region: configuration.stage.region };
const data = new DataStack(app, 'Data', { env, configuration });

function stackOf(id: string, portal: { portalBucketName?: string }): Stack {
  const stack = new Stack(app, id, { env });
  const key = data.storeKey.key;
  const head = new StoreTable(stack, 'Head', {
    partitionKey: { name: 'log', type: AttributeType.STRING },
    key,
    declaration: withoutPlates('A test.'),
    recovery: { kind: 'continuous' },
  });
  const timetable = new Timetable(stack, 'Timetable', { key });
  const log = { head, origin: 'made-up.example/log' };
  new Reporting(stack, 'Reporting', { configuration, data, timetable, log, ...portal });
  return stack;
}

const [plainStack, namedStack] = [
  stackOf('Plain', {}),
  stackOf('Named', { portalBucketName: 'made-up-portal' }),
];
const plain = Template.fromStack(plainStack);

it('sums at 02:10 UTC and reports by the department’s clock', () => {
  plain.hasResourceProperties('AWS::Scheduler::Schedule', {
    ScheduleExpression: 'cron(10 2 * * ? *)',
    ScheduleExpressionTimezone: 'UTC',
  });
  plain.hasResourceProperties('AWS::Scheduler::Schedule', {
    ScheduleExpression: 'cron(0 6 1 * ? *)',
    ScheduleExpressionTimezone: 'America/Chicago',
  });
});

it('keeps reports for good, under the customer key, with every version', () => {
  plain.hasResource('AWS::S3::Bucket', {
    DeletionPolicy: 'Retain',
    Properties: {
      VersioningConfiguration: { Status: 'Enabled' },
      BucketEncryption: {
        ServerSideEncryptionConfiguration: [
          Match.objectLike({ ServerSideEncryptionByDefault: Match.objectLike({ SSEAlgorithm: 'aws:kms' }) }),
        ],
      },
    },
  });
});

it('lets the counting function query reads by place alone: no plate can be looked up, nothing changed', () => {
  const statements = Object.values(plain.findResources('AWS::IAM::Policy'))
    .flatMap((each) => each.Properties.PolicyDocument.Statement)
    .filter((each) => JSON.stringify(each.Resource).includes('Reads'));
  expect(statements).toHaveLength(1);
  expect(statements[0].Action).toBe('dynamodb:Query');
  expect(JSON.stringify(statements[0].Resource)).toContain('/index/by-place');
});

it('may write to the portal where its bucket is named, under one folder', () => {
  expect(JSON.stringify(plain.toJSON())).not.toContain('PORTAL_BUCKET');
  const named = JSON.stringify(Template.fromStack(namedStack).toJSON());
  expect(named).toContain('"PORTAL_BUCKET":"made-up-portal"');
  expect(named).toContain(':s3:::made-up-portal/reports/*');
});
