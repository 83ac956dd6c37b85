import type { AuditEvent } from './event';

/** Keeps events. Resolves only when the event is durable; rejects otherwise, and then nothing may be answered. */
export interface AuditLog {
  append(event: AuditEvent): Promise<void>;
}

/** Keeps events whose id and time are made of what happened, however often they are told. */
export interface OnceAuditLog {
  /**
   * Like `append`, but the first telling stands: a later one, of the same kind under the same id and time, counts as
   * stored whatever else it says (another device, a later policy).
   */
  appendOnce(event: AuditEvent): Promise<void>;
}
