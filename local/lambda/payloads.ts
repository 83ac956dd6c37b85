import { AwsError } from '../aws/errors';
import type { Outcome } from './execution-environment';
import type { InvocationResult } from './invoke';

/** Of a synchronous invocation's payload and of any answer. */
export const payloadBytesMax = 6 * 1024 * 1024;
/** Of an asynchronous invocation's payload. */
export const asyncPayloadBytesMax = 1024 * 1024;

/** Throws `RequestTooLargeException` for a payload over the limit. */
export function requireSize(payload: unknown, bytesMax: number): void {
  const bytes = Buffer.byteLength(JSON.stringify(payload) ?? 'null');
  if (bytes <= bytesMax) return;
  throw new AwsError(
    'RequestTooLargeException',
    `${bytes} byte payload is too large for the InvokeFunction operation (limit ${bytesMax} bytes)`,
    413,
  );
}

/** An answer over the limit fails its invocation. */
export function withinAnswerLimit(outcome: Outcome): Outcome {
  if (outcome.kind !== 'answer' || Buffer.byteLength(outcome.payload) <= payloadBytesMax) return outcome;
  const errorMessage = `Response payload size exceeded maximum allowed payload size (${payloadBytesMax} bytes).`;
  return { kind: 'error', error: { errorType: 'Function.ResponseSizeTooLarge', errorMessage, trace: [] } };
}

export function resultOf(outcome: Outcome): InvocationResult {
  if (outcome.kind === 'answer') return { kind: 'ok', payload: JSON.parse(outcome.payload) };
  const { errorType, errorMessage } = outcome.error;
  return { kind: 'function-error', errorType, errorMessage };
}
