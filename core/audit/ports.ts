import type { AuditEvent } from './event';

/** Keeps events. Resolves only when the event is durable; rejects otherwise, and then nothing may be answered. */
export interface AuditLog {
  append(event: AuditEvent): Promise<void>;
}
