/** A policy that the local system cannot judge faithfully; named where it stands. */
export class PolicyError extends Error {
  constructor(
    readonly code: 'malformed' | 'not-modelled',
    message: string,
    options?: { cause?: unknown },
  ) {
    super(message, options);
    this.name = 'PolicyError';
  }
}
