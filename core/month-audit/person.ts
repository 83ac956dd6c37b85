import type { Role } from '../access/roles';
import { type PersonRecord, type TrainingRules, trainedUntilMs } from '../people/record';

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

/** An access record as the audit looks at it. */
export function auditedPerson(record: PersonRecord, rules: TrainingRules, nowMs: number): AuditedPerson {
  const { username, role, disabled, suspended, training } = record;
  return {
    username,
    role,
    isDisabled: disabled,
    isSuspended: suspended,
    training: Object.fromEntries(training),
    trainedUntilMs: trainedUntilMs(training, rules, nowMs),
  };
}
