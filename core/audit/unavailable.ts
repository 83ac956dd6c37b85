/** The event is not known to be durable, so nothing may be answered. */
export class AuditUnavailable extends Error {
  readonly code = 'audit-unavailable';

  constructor(options?: { cause?: unknown }) {
    super('the audit event could not be stored', options);
    this.name = 'AuditUnavailable';
  }
}
