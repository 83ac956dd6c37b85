import { mkdirSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { App, CfnOutput, Duration, Stack } from 'aws-cdk-lib';
import { LambdaIntegration, RestApi } from 'aws-cdk-lib/aws-apigateway';
import { AttributeType, TableEncryptionV2, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { Stream, StreamEncryption } from 'aws-cdk-lib/aws-kinesis';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Code, Function as LambdaFunction, Runtime, StartingPosition } from 'aws-cdk-lib/aws-lambda';
import { KinesisEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { Schedule, ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import { LambdaInvoke } from 'aws-cdk-lib/aws-scheduler-targets';
import { buildSync } from 'esbuild';

export interface SmallApp {
  /** Leaves out the grant that lets the consumer write to the table. */
  readonly withoutWriteGrant?: boolean;
}

/**
 * Synthesises a small app of two stacks and gives its folder: a stream and a table under a customer's key, a consumer
 * that writes what it reads, an hourly function that writes as well, and an API that answers from the table.
 */
export function synthesiseSmallApp({ withoutWriteGrant = false }: SmallApp = {}): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'small-app-'));
  const app = new App({ outdir: path.join(folder, 'cdk.out') });
  const data = new Stack(app, 'Data', { env: { region: 'us-east-2' } });
  const key = new Key(data, 'Key');
  const table = new TableV2(data, 'Table', {
    partitionKey: { name: 'id', type: AttributeType.STRING },
    timeToLiveAttribute: 'expiresAt',
    encryption: TableEncryptionV2.customerManagedKey(key),
  });
  const stream = new Stream(data, 'Stream', { encryption: StreamEncryption.KMS, encryptionKey: key });

  const compute = new Stack(app, 'Compute', { env: { region: 'us-east-2' } });
  const code = Code.fromAsset(bundle(path.join(folder, 'code')));
  const newFunction = (id: string) =>
    new LambdaFunction(compute, id, {
      code,
      handler: `index.${id.toLowerCase()}`,
      runtime: Runtime.NODEJS_22_X,
      timeout: Duration.seconds(20),
      environment: { TABLE: table.tableName },
    });
  const consume = newFunction('Consume');
  if (withoutWriteGrant) table.grantReadData(consume);
  else table.grantReadWriteData(consume);
  consume.addEventSource(
    new KinesisEventSource(stream, { startingPosition: StartingPosition.TRIM_HORIZON, retryAttempts: 0 }),
  );
  const tick = newFunction('Tick');
  table.grantWriteData(tick);
  new Schedule(compute, 'Hourly', {
    schedule: ScheduleExpression.rate(Duration.hours(1)),
    target: new LambdaInvoke(tick),
  });
  const answer = newFunction('Answer');
  table.grantReadData(answer);
  const api = new RestApi(compute, 'Api', { cloudWatchRole: false });
  api.root.addResource('items').addResource('{id}').addMethod('GET', new LambdaIntegration(answer));

  new CfnOutput(data, 'StreamName', { value: stream.streamName, exportName: 'stream' });
  new CfnOutput(data, 'TableName', { value: table.tableName });
  new CfnOutput(compute, 'ConsumerRole', { value: consume.role?.roleArn ?? '' });
  app.synth();
  return path.join(folder, 'cdk.out');
}

function bundle(outdir: string): string {
  mkdirSync(outdir, { recursive: true });
  buildSync({
    entryPoints: [path.join(__dirname, 'small-app-functions.ts')],
    outfile: path.join(outdir, 'index.js'),
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
  });
  return outdir;
}
