/** What the runtime tells a function's process. Payloads are JSON text, so that nothing but JSON crosses. */
export type ToChild =
  | {
      readonly kind: 'start';
      readonly taskRoot: string;
      readonly handler: string;
      readonly clockOffsetMs: number;
      readonly logFormat: 'Text' | 'JSON';
    }
  | {
      readonly kind: 'invoke';
      readonly requestId: string;
      readonly functionArn: string;
      readonly payload: string;
      readonly timeoutMs: number;
      readonly clockOffsetMs: number;
      readonly traceId: string;
    }
  /** The virtual clock moved: real time plus this many milliseconds. */
  | { readonly kind: 'clock'; readonly clockOffsetMs: number };

/** What a function's process answers. */
export type FromChild =
  | { readonly kind: 'ready' }
  | { readonly kind: 'failed-to-start'; readonly error: FunctionError }
  | { readonly kind: 'answer'; readonly requestId: string; readonly payload: string }
  | { readonly kind: 'error'; readonly requestId: string; readonly error: FunctionError };

/** An error as Lambda reports it to the caller. */
export interface FunctionError {
  readonly errorType: string;
  readonly errorMessage: string;
  readonly trace: readonly string[];
}

/** Written to both output streams after each invocation, so that the runtime knows it has read every line of it. */
export const endOfOutput = (requestId: string) => `\u0000end ${requestId}`;
