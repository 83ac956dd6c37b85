import type { Role } from '../access/roles';
import type { AuditEvent } from '../audit/event';
import type { Configuration } from '../contract/configuration';
import type { SharingNow } from '../sharing/sharing-now';
import type { Person } from './person';

export type PersonChangedEvent = Extract<AuditEvent, { readonly kind: 'person-changed' }>;
export type TrainingRules = Configuration['training'];

/** Somebody's access record as it is stored, and what changes are decided on. */
export interface PersonRecord {
  readonly username: string;
  readonly role: Role;
  readonly agency: string;
  readonly division: string;
  readonly sworn: boolean;
  readonly suspended: boolean;
  readonly disabled: boolean;
  /** Topic to the day on which it was last taken, `YYYY-MM-DD`. */
  readonly training: ReadonlyMap<string, string>;
  /** From 1; a change is stored only on the revision that it was decided on. */
  readonly revision: number;
  /** When access was last given, by enrolment or reinstatement: an account is not unused before it could be used. */
  readonly admittedAtMs?: number;
  /**
   * The event of the change that made this revision. It is told again before the next change is stored, so that a
   * change whose teller died is in the log all the same. Absent: brought in by the operator.
   */
  readonly lastEvent?: PersonChangedEvent;
}

/** The live facts that a record and the duty row make at this moment. */
export function livePerson(
  record: PersonRecord,
  facts: {
    readonly training: TrainingRules;
    readonly onDutyUntilMs?: number | undefined;
    readonly sharing: SharingNow;
    readonly nowMs: number;
  },
): Person {
  const { username, role, agency, division, sworn, suspended, disabled } = record;
  return {
    username,
    role,
    agency,
    division,
    sworn,
    suspended,
    disabled,
    trainedUntilMs: trainedUntilMs(record.training, facts.training, facts.nowMs),
    onDuty: facts.onDutyUntilMs !== undefined && facts.nowMs < facts.onDutyUntilMs,
    sharing: facts.sharing,
  };
}

/** When the first of the configured topics runs out, ms; 0 when one was never taken, or is dated ahead of now. */
export function trainedUntilMs(
  training: ReadonlyMap<string, string>,
  { topics, validMonths }: TrainingRules,
  nowMs: number,
): number {
  return Math.min(
    ...topics.map(({ id }) => {
      const takenOn = training.get(id);
      return takenOn === undefined || startOfDayMs(takenOn) > nowMs ? 0 : topicUntilMs(takenOn, validMonths);
    }),
  );
}

/**
 * The start, UTC, of the same day so many months later, ms; of a shorter month its last day. `NaN`, which is later than
 * nothing, for a text that is no date.
 */
export function topicUntilMs(takenOn: string, validMonths: number): number {
  const taken = new Date(startOfDayMs(takenOn));
  const month = taken.getUTCMonth() + validMonths;
  const lastDay = new Date(Date.UTC(taken.getUTCFullYear(), month + 1, 0)).getUTCDate();
  return Date.UTC(taken.getUTCFullYear(), month, Math.min(taken.getUTCDate(), lastDay));
}

function startOfDayMs(day: string): number {
  return Date.parse(`${day}T00:00:00Z`);
}
