import { AwsError } from '../../../local/aws/errors';
import type { Delivery } from '../../../local/lambda/deliveries';
import { lambdaModels } from '../../../local/lambda/models';
import { LambdaRuntime, type LambdaRuntimeOptions } from '../../../local/lambda/runtime';
import { LogSink } from '../../../local/logs/log-sink';
import type { Resource, ResourceModel } from '../../../local/template/resource-model';
import { accountId, fixedClock, recordingAuthorizer, region, testCredentials } from '../support';

export const roleArn = `arn:aws:iam::${accountId}:role/test-role`;
export const functionArn = (name: string) => `arn:aws:lambda:${region}:${accountId}:function:${name}`;

/** A runtime with an IAM that grants the test role everything not refused, and a record of deliveries. */
export function testRuntime(overrides: Partial<LambdaRuntimeOptions> = {}) {
  const clock = fixedClock();
  const iam = recordingAuthorizer();
  const logs = new LogSink();
  const policies = new Map<string, unknown>();
  const delivered: Delivery[] = [];
  const runtime = new LambdaRuntime({
    clock,
    logs,
    region,
    accountId,
    iam: {
      authorize: iam.authorize,
      issueCredentials: (arn) => {
        if (arn !== roleArn) throw new AwsError('NoSuchEntity', `The role ${arn} cannot be found.`, 404);
        return testCredentials.keys;
      },
      setResourcePolicy: (arn, document) => void policies.set(arn, document),
      allowsService: (arn) => policies.has(arn),
    },
    environment: ({ accessKeyId, secretAccessKey }) => ({
      AWS_ACCESS_KEY_ID: accessKeyId,
      AWS_SECRET_ACCESS_KEY: secretAccessKey,
      AWS_ENDPOINT_URL: 'http://127.0.0.1:9',
    }),
    deliveries: async (delivery) => void delivered.push(delivery),
    asyncRetryDelaysMs: [1, 1],
    ...overrides,
  });
  const models = lambdaModels({ runtime, assetFolder: (key) => `/assets/${key}` });
  const provision = (type: string, logicalId: string, properties: Record<string, unknown>) =>
    provisionWith(models, type, logicalId, properties);
  /** A function from inline code, with the role of the tests. */
  const define = (name: string, code: string, properties: Record<string, unknown> = {}) => {
    provision('AWS::Lambda::Function', name, {
      Code: { ZipFile: code },
      FunctionName: name,
      Handler: 'index.handler',
      Role: roleArn,
      Runtime: 'nodejs24.x',
      ...properties,
    });
    return functionArn(name);
  };
  return { runtime, clock, iam, logs, policies, delivered, provision, define };
}

/** Makes one resource through its model, as the template reader does. */
export function provisionWith(
  models: readonly ResourceModel[],
  type: string,
  logicalId: string,
  properties: Record<string, unknown>,
): Resource {
  const model = models.find((candidate) => candidate.type === type);
  if (model === undefined) throw new Error(`no model of ${type}`);
  const identity = {
    stackName: 'Test',
    logicalId,
    type,
    region,
    accountId,
    partition: 'aws',
    defaultName: `Test-${logicalId}`,
    property: (name: string) => properties[name],
  };
  const resource = {
    ...identity,
    physicalId: model.ref(identity),
    properties,
    attribute: (name: string) => model.attributes[name]?.(identity) ?? '',
  };
  model.provision?.(resource);
  return resource;
}
