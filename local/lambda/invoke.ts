export interface Invocation {
  readonly functionArn: string;
  readonly payload: unknown;
  /** The service principal that calls, checked against the function's resource policy: `apigateway.amazonaws.com`. */
  readonly principal: string;
  readonly sourceArn?: string;
}

export type InvocationResult =
  | { readonly kind: 'ok'; readonly payload: unknown }
  | { readonly kind: 'function-error'; readonly errorType: string; readonly errorMessage: string };

/** Synchronous invocation. Throws `AwsError` when the call itself is refused (no permission, no such function). */
export type InvokeFunction = (invocation: Invocation) => Promise<InvocationResult>;
