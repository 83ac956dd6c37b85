import { createHash, randomUUID } from 'node:crypto';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { z } from 'zod';
import type { Authorize, Caller, CredentialSource } from '../aws/caller';
import { AwsError } from '../aws/errors';
import { type Listening, listen, readBody, stampDate } from '../aws/http';
import { asAwsError } from '../aws/json-protocol';
import { authenticate } from '../aws/sigv4';
import type { Clock } from '../clock';
import type { InvocationResult } from './invoke';
import type { LambdaRuntime } from './runtime';

export interface LambdaApiOptions {
  readonly runtime: LambdaRuntime;
  readonly credentials: CredentialSource;
  readonly authorize: Authorize;
  readonly clock: Clock;
}

interface Request {
  readonly functionName: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
  readonly caller: Caller;
}

interface Reply {
  readonly statusCode: number;
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Lambda's own limit is 6 MB of payload; the body of a refused larger one is read to say so. */
const bodyBytesMax = 8 * 1024 * 1024;

/** Serves `Invoke`, `GetFunctionConfiguration` and `UpdateFunctionConfiguration` of Lambda's REST API. */
export function listenLambdaApi(options: LambdaApiOptions): Promise<Listening> {
  return listen(lambdaApi(options));
}

export function lambdaApi(options: LambdaApiOptions): RequestListener {
  return (req, res) => {
    answer(req, options).then(
      (reply) => send(res, options.clock, reply),
      (error: unknown) => {
        const { code, message, statusCode } = asAwsError(error);
        // REST operations refuse with 403 where the shared authorizer knows no status.
        const status = code === 'AccessDeniedException' ? 403 : statusCode;
        send(res, options.clock, {
          statusCode: status,
          body: JSON.stringify({ Type: status < 500 ? 'User' : 'Service', Message: message, message }),
          headers: { 'x-amzn-errortype': code },
        });
      },
    );
  };
}

async function answer(req: IncomingMessage, options: LambdaApiOptions): Promise<Reply> {
  const body = await readBody(req, bodyBytesMax);
  const method = req.method ?? 'GET';
  const url = req.url ?? '/';
  const caller = authenticate(
    { method, url, headers: req.headers, body },
    options.credentials,
    options.clock,
  );
  const match = /^\/2015-03-31\/functions\/([^/?]+)\/(invocations|configuration)\/?(?:\?.*)?$/.exec(url);
  const operation = operations[`${method} ${match?.[2]}`];
  if (operation === undefined) {
    throw new AwsError(
      'UnknownOperationException',
      `the local lambda does not model ${method} ${url.split('?')[0]}`,
    );
  }
  const functionName = decodeURIComponent(match?.[1] ?? '');
  return operation({ functionName, headers: req.headers, body, caller }, options);
}

const operations: Readonly<
  Record<string, (request: Request, options: LambdaApiOptions) => Reply | Promise<Reply>>
> = {
  'POST invocations': invoke,
  'GET configuration': getConfiguration,
  'PUT configuration': updateConfiguration,
};

async function invoke(request: Request, { runtime, authorize }: LambdaApiOptions): Promise<Reply> {
  const { functionName, headers, caller } = request;
  const arn = functionName.startsWith('arn:') ? functionName : runtime.configuration(functionName).arn;
  authorize({ caller, action: 'lambda:InvokeFunction', resource: arn });
  const payload = parsePayload(request.body);
  switch (headers['x-amz-invocation-type'] ?? 'RequestResponse') {
    case 'RequestResponse':
      return invocationReply(await runtime.invokeUnchecked(arn, payload));
    case 'Event':
      return {
        statusCode: 202,
        body: '',
        headers: { 'x-amzn-requestid': runtime.acceptAsync(arn, payload) },
      };
    case 'DryRun':
      return { statusCode: 204, body: '' };
    default:
      throw new AwsError('InvalidParameterValueException', 'unknown invocation type');
  }
}

function invocationReply(result: InvocationResult): Reply {
  const headers = { 'x-amz-executed-version': '$LATEST' };
  if (result.kind === 'ok') return { statusCode: 200, body: JSON.stringify(result.payload), headers };
  const { errorType, errorMessage } = result;
  return {
    statusCode: 200,
    body: JSON.stringify({ errorType, errorMessage }),
    headers: { ...headers, 'x-amz-function-error': 'Unhandled' },
  };
}

function getConfiguration(
  { functionName, caller }: Request,
  { runtime, authorize }: LambdaApiOptions,
): Reply {
  const { arn } = runtime.configuration(functionName);
  authorize({ caller, action: 'lambda:GetFunctionConfiguration', resource: arn });
  return { statusCode: 200, body: JSON.stringify(describe(runtime, functionName)) };
}

const update = z.strictObject({
  FunctionName: z.string().optional(),
  Description: z.string().optional(),
  RevisionId: z.string().optional(),
  Timeout: z.number().int().min(1).max(900).optional(),
  MemorySize: z.number().int().min(128).max(10_240).optional(),
  Environment: z.strictObject({ Variables: z.record(z.string(), z.string()).default({}) }).optional(),
});

function updateConfiguration(request: Request, { runtime, authorize }: LambdaApiOptions): Reply {
  const { functionName, caller } = request;
  const { arn } = runtime.configuration(functionName);
  authorize({ caller, action: 'lambda:UpdateFunctionConfiguration', resource: arn });
  const parsed = update.safeParse(parsePayload(request.body));
  if (!parsed.success) {
    throw new AwsError(
      'InvalidParameterValueException',
      `the local lambda cannot update this: ${z.prettifyError(parsed.error)}`,
    );
  }
  const { Timeout, MemorySize, Environment, RevisionId } = parsed.data;
  if (Environment !== undefined) requireVariables(Environment.Variables);
  runtime.update(
    functionName,
    {
      ...(Timeout === undefined ? {} : { timeoutSeconds: Timeout }),
      ...(MemorySize === undefined ? {} : { memoryMb: MemorySize }),
      ...(Environment === undefined ? {} : { variables: Environment.Variables }),
    },
    RevisionId,
  );
  return { statusCode: 200, body: JSON.stringify(describe(runtime, functionName)) };
}

const variablesBytesMax = 4 * 1024;

/** All of a function's variables together may take 4 KB. Throws `InvalidParameterValueException`. */
export function requireVariables(variables: Readonly<Record<string, string>>): void {
  const bytes = Buffer.byteLength(JSON.stringify(variables));
  if (bytes <= variablesBytesMax) return;
  throw new AwsError(
    'InvalidParameterValueException',
    `Lambda was unable to configure your environment variables because they are ${bytes} bytes; the limit is 4KB.`,
  );
}

function describe(runtime: LambdaRuntime, functionName: string) {
  const found = runtime.configuration(functionName);
  return {
    FunctionName: found.name,
    FunctionArn: found.arn,
    Role: found.roleArn,
    Handler: found.handler,
    MemorySize: found.memoryMb,
    Timeout: found.timeoutSeconds,
    Environment: { Variables: found.variables },
    Version: '$LATEST',
    RevisionId: found.revisionId,
    LastModified: found.lastModified,
    CodeSha256: codeSha256(found.taskRoot),
    PackageType: 'Zip',
    State: 'Active',
    LastUpdateStatus: 'Successful',
    LoggingConfig: { LogGroup: found.logGroup, LogFormat: found.logFormat },
  };
}

/** Lambda states the hash of the code; the local one is of its folder's name, which CDK makes from the content. */
const codeSha256 = (taskRoot: string) => createHash('sha256').update(taskRoot).digest('base64');

function parsePayload(body: Buffer): unknown {
  if (body.length === 0) return {};
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    throw new AwsError('InvalidRequestContentException', 'Could not parse request body into json');
  }
}

function send(res: ServerResponse, clock: Clock, { statusCode, body, headers }: Reply): void {
  stampDate(res, clock);
  res.writeHead(statusCode, {
    'content-type': 'application/json',
    'x-amzn-requestid': randomUUID(),
    ...headers,
  });
  res.end(statusCode === 204 ? undefined : body);
}
