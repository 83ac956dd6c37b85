/** One Lambda function as the local runtime runs it. */
export interface FunctionSpec {
  readonly name: string;
  readonly arn: string;
  readonly roleArn: string;
  /** Folder with the code. */
  readonly taskRoot: string;
  readonly handler: string;
  readonly memoryMb: number;
  readonly timeoutSeconds: number;
  readonly variables: Readonly<Record<string, string>>;
  /** Beyond it a call is throttled; absent: the account's pool, which is never exhausted locally. */
  readonly reservedConcurrency: number | undefined;
  readonly logGroup: string;
  readonly logFormat: 'Text' | 'JSON';
  /** Folders of layers, each with `nodejs/node_modules`. */
  readonly layerFolders: readonly string[];
  /** Queue or topic for failed asynchronous invocations. */
  readonly deadLetterArn: string | undefined;
}

/** Credentials of one environment, as the child uses them. */
export interface IssuedCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
  /** Virtual time; an environment whose credentials are over is replaced at its next use. */
  readonly expiresAtMs?: number;
}

/** Who takes on the roles of functions; each role's trust policy must name it. */
export const lambdaPrincipal = 'lambda.amazonaws.com';

/**
 * Temporary credentials of a role. Throws when there is no such role, or when its trust policy does not let
 * `servicePrincipal` take it on (on behalf of `sourceArn`, where the service names one).
 */
export type IssueCredentials = (
  roleArn: string,
  sessionName: string,
  servicePrincipal: string,
  sourceArn?: string,
) => IssuedCredentials;

/**
 * A child's whole environment: Lambda's own variables, the function's, and where AWS is. Nothing of this process but
 * `PATH`, so that a function cannot lean on what it would not have in the cloud.
 */
export function childEnvironment(
  spec: FunctionSpec,
  { aws, region, logStream }: { aws: Readonly<Record<string, string>>; region: string; logStream: string },
): Record<string, string> {
  return {
    ...spec.variables,
    ...aws,
    PATH: process.env.PATH ?? '/usr/bin:/bin',
    TZ: ':UTC',
    LANG: 'en_US.UTF-8',
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs20.x',
    AWS_LAMBDA_FUNCTION_NAME: spec.name,
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(spec.memoryMb),
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    AWS_LAMBDA_LOG_GROUP_NAME: spec.logGroup,
    AWS_LAMBDA_LOG_STREAM_NAME: logStream,
    AWS_LAMBDA_LOG_FORMAT: spec.logFormat,
    AWS_XRAY_CONTEXT_MISSING: 'LOG_ERROR',
    // In the cloud the runtime is a newer Node; here the warning would be in every function's log.
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
    LAMBDA_TASK_ROOT: spec.taskRoot,
    LAMBDA_RUNTIME_DIR: '/var/runtime',
    _HANDLER: spec.handler,
    NODE_PATH: spec.layerFolders.map((folder) => `${folder}/nodejs/node_modules`).join(':'),
  };
}
