import { setFlagsFromString } from 'node:v8';
import { installConsole } from './console';
import { type Handler, loadHandler } from './load-handler';
import { endOfOutput, type FromChild, type FunctionError, type ToChild } from './messages';
import { installVirtualDate, realNowMs } from './virtual-date';

/** The life of a function's process: `start` loads the handler once, then one `invoke` at a time. */
let clockOffsetMs = 0;
let requestId = '';
let handler: Handler | undefined;

// Whole milliseconds, as the real clock has them.
installVirtualDate(() => Math.floor(realNowMs() + clockOffsetMs));

// A process here answers some calls and ends: optimising WebAssembly would cost it more than all of its decisions.
setFlagsFromString('--liftoff-only');

// The runtime is gone: nobody will read an answer.
process.on('disconnect', () => process.exit(0));

process.on('message', (message: ToChild) => {
  switch (message.kind) {
    case 'clock':
      clockOffsetMs = message.clockOffsetMs;
      return;
    case 'start':
      void start(message);
      return;
    case 'invoke':
      void invoke(message);
      return;
    default:
      message satisfies never;
  }
});

async function start(message: Extract<ToChild, { kind: 'start' }>): Promise<void> {
  clockOffsetMs = message.clockOffsetMs;
  installConsole(message.logFormat, () => requestId);
  try {
    handler = await loadHandler(message.taskRoot, message.handler);
    send({ kind: 'ready' });
  } catch (error) {
    send({ kind: 'failed-to-start', error: functionError(error) });
  }
}

async function invoke(message: Extract<ToChild, { kind: 'invoke' }>): Promise<void> {
  clockOffsetMs = message.clockOffsetMs;
  requestId = message.requestId;
  process.env._X_AMZN_TRACE_ID = message.traceId;
  const answer = await answerOf(message);
  const end = `${endOfOutput(message.requestId)}\n`;
  process.stdout.write(end);
  process.stderr.write(end);
  send(answer);
}

async function answerOf(message: Extract<ToChild, { kind: 'invoke' }>): Promise<FromChild> {
  try {
    if (handler === undefined) throw new Error('invoked before it started');
    const result = await handler(JSON.parse(message.payload), contextOf(message));
    return { kind: 'answer', requestId, payload: JSON.stringify(result) ?? 'null' };
  } catch (error) {
    const told = functionError(error);
    console.error('Invoke Error', JSON.stringify({ ...told, trace: undefined, stack: told.trace }));
    return { kind: 'error', requestId, error: told };
  }
}

function contextOf(message: Extract<ToChild, { kind: 'invoke' }>) {
  // Remaining time is real time: moving the virtual clock takes none of it.
  const deadlineMs = performance.now() + message.timeoutMs;
  return {
    functionName: process.env.AWS_LAMBDA_FUNCTION_NAME,
    functionVersion: process.env.AWS_LAMBDA_FUNCTION_VERSION,
    invokedFunctionArn: message.functionArn,
    memoryLimitInMB: process.env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
    awsRequestId: message.requestId,
    logGroupName: process.env.AWS_LAMBDA_LOG_GROUP_NAME,
    logStreamName: process.env.AWS_LAMBDA_LOG_STREAM_NAME,
    identity: undefined,
    clientContext: undefined,
    callbackWaitsForEmptyEventLoop: true,
    getRemainingTimeInMillis: () => Math.max(0, Math.round(deadlineMs - performance.now())),
  };
}

function functionError(error: unknown): FunctionError {
  if (!(error instanceof Error)) {
    return { errorType: typeof error, errorMessage: String(error), trace: [] };
  }
  return { errorType: error.name, errorMessage: error.message, trace: error.stack?.split('\n') ?? [] };
}

function send(message: FromChild): void {
  process.send?.(message);
}
