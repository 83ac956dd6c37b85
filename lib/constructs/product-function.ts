import { Duration } from 'aws-cdk-lib';
import { Effect, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import {
  Architecture,
  Code,
  Function as LambdaFunction,
  LoggingFormat,
  Runtime,
} from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { acknowledge } from '../acknowledge';
import { type BundleParts, bundleFunction } from '../bundling/bundle-function';
import { declareStore, withoutPlates } from '../stores/declaration';
import { keyholderRolePath } from './customer-key';

export interface ProductFunctionProps {
  /** Folder under `lambdas/`. */
  readonly name: string;
  readonly description: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly logsKey: IKey;
  /** What lies beside the bundle: configuration, policy, reader weights. */
  readonly parts?: BundleParts;
  readonly memoryMiB?: number;
  readonly timeout?: Duration;
  /** Puts the role under the path that the day wrapping key trusts. */
  readonly isKeyholder?: boolean;
  /** Where events of asynchronous callers go after their last try. */
  readonly deadLetters?: IQueue;
}

/**
 * One function with a role of its own that starts with nothing but its own log group. No managed policy, no VPC
 * (docs/adr/0005-no-vpc.md), no tracing of payloads.
 */
export class ProductFunction extends Construct {
  readonly function: LambdaFunction;
  readonly role: Role;

  constructor(scope: Construct, id: string, props: ProductFunctionProps) {
    super(scope, id);
    const logGroup = new LogGroup(this, 'Logs', {
      encryptionKey: props.logsKey,
      retention: RetentionDays.THREE_MONTHS,
    });
    declareStore(logGroup, withoutPlates('Ids and outcomes for three months.'));
    this.role = new Role(this, 'Role', {
      description: props.description,
      assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
      ...(props.isKeyholder ? { path: keyholderRolePath } : {}),
    });
    this.role.addToPrincipalPolicy(
      new PolicyStatement({
        effect: Effect.ALLOW,
        actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
        resources: [logGroup.logGroupArn],
      }),
    );
    this.function = new LambdaFunction(this, 'Function', {
      description: props.description,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.X86_64,
      handler: 'index.handler',
      code: Code.fromAsset(bundleFunction(props.name, props.parts ?? {})),
      role: this.role,
      environment: { ...props.environment, POWERTOOLS_SERVICE_NAME: props.name },
      memorySize: props.memoryMiB ?? 512,
      timeout: props.timeout ?? Duration.seconds(25),
      logGroup,
      loggingFormat: LoggingFormat.JSON,
      ...(props.deadLetters ? { deadLetterQueue: props.deadLetters } : {}),
    });
    this.acknowledgeRules(props);
  }

  /** One action on the named resources; a wildcard resource needs its reason where this is called. */
  allow(actions: string | readonly string[], ...resources: string[]): void {
    this.role.addToPrincipalPolicy(
      new PolicyStatement({ actions: typeof actions === 'string' ? [actions] : [...actions], resources }),
    );
  }

  allowStatement(statement: PolicyStatement): void {
    this.role.addToPrincipalPolicy(statement);
  }

  private acknowledgeRules(props: ProductFunctionProps): void {
    acknowledge(this.function, {
      'NIST.800.53.R5-LambdaInsideVPC':
        'The function reaches AWS service endpoints only, by IAM and TLS; no database or host sits in a VPC (ADR 0005).',
      'NIST.800.53.R5-LambdaConcurrency':
        'Unreserved on purpose: a reservation would let one stream starve searches; the gateway and the streams bound the load.',
      ...(props.deadLetters
        ? {}
        : {
            'NIST.800.53.R5-LambdaDLQ':
              'Invoked synchronously or by an event source mapping, which keeps what failed; a function queue would stay empty.',
          }),
    });
    acknowledge(this.role, {
      'NIST.800.53.R5-IAMNoInlinePolicy':
        'The policy belongs to this one role and lives and dies with its function; sharing it would widen it.',
    });
  }
}
