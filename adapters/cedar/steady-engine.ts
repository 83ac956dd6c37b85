import { setFlagsFromString } from 'node:v8';

/**
 * Node 20's optimiser builds calls of WebAssembly into their callers, and dies when such a caller is no longer good while
 * the call of a function that returns an object is still under way (`unreachable code` in `DoComputeBuiltinContinuation`).
 * The policy's engine has such functions, and each decision is such a call. To be told before the first one.
 */
export function keepEngineCallsApart(): void {
  setFlagsFromString('--no-turbo-inline-js-wasm-calls');
}
