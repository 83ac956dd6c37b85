import type { Role } from '../access/roles';

/** What the audit knows of an access record, as it stands when the month is audited. */
export interface AuditedPerson {
  readonly username: string;
  readonly role: Role;
  readonly isDisabled: boolean;
  readonly isSuspended: boolean;
  /** Topic to the day on which it was last taken. */
  readonly training: Readonly<Record<string, string>>;
  /** When the first topic runs out; 0: one was never taken. */
  readonly trainedUntilMs: number;
}
