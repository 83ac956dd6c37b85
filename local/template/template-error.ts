export type TemplateErrorCode =
  | 'unreadable-assembly'
  | 'unknown-artifact'
  | 'unknown-section'
  | 'unknown-intrinsic'
  | 'unknown-type'
  | 'unknown-attribute'
  | 'unknown-property'
  | 'unresolved-reference'
  | 'circular-reference';

/** The assembly says something that the local system cannot do faithfully; it stops rather than guess. */
export class TemplateError extends Error {
  constructor(
    readonly code: TemplateErrorCode,
    message: string,
    options?: { cause?: unknown },
  ) {
    super(message, options);
    this.name = 'TemplateError';
  }
}
