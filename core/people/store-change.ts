import type { Decision, Denial } from '../access/decision';
import { type DecisionRecord, type EventSource, newEvent } from '../audit/event';
import { decisionRecord } from '../audit/facts';
import type { OnceAuditLog } from '../audit/ports';
import { type EndAccessDeps, finishChange } from './finish-change';
import {
  type ChangedRecord,
  type ChangeFacts,
  changePerson,
  type PersonChange,
  type StateConflict,
} from './life-cycle';
import type { PeopleRecords } from './ports';
import type { PersonChangedEvent, PersonRecord } from './record';

export interface StoreChangeDeps extends EndAccessDeps {
  readonly events: EventSource;
  readonly records: Pick<PeopleRecords, 'find' | 'store'>;
  readonly onceAudit: OnceAuditLog;
}

/** Who changes somebody's access: a person by a decision of the policy, or a rule of the system. */
export interface ChangedBy {
  readonly actor: PersonChangedEvent['actor'];
  /** Asked anew of the record as it stands at each attempt; absent for the system. */
  readonly decide?: (record: PersonRecord) => Decision;
  readonly nowMs: number;
}

export type StoredChange =
  | {
      readonly kind: 'stored';
      readonly record: PersonRecord;
      /** `false`: it was so already. */
      readonly isNew: boolean;
      /** So many steps after the record failed and were told of; the record holds all the same. */
      readonly unfinished: number;
    }
  | { readonly kind: 'refused'; readonly denial: Denial }
  | StateConflict
  | { readonly kind: 'not-found' }
  /** Others kept changing it; nothing was stored. */
  | { readonly kind: 'busy' };

/** A change is decided anew this often when somebody else's came between. */
const attemptsMax = 5;

/**
 * One change of somebody's access, in an order that survives a crash after each step:
 * (1) the event of the change before it is told again, so that it is in the log even if its teller died;
 * (2) the record is stored with its own event, on the revision that was decided on: from here on the next call of the
 *     person is decided by it;
 * (3) `person-changed` is durable;
 * (4) open connections and sign-ins follow (`finishChange`).
 * Whoever dies after (2) has made a change that holds; repeating the call finds that it stands, tells its event and
 * completes (4). Rejects when (1), (2) or (3) is not known to have happened.
 */
export function storeChange(deps: StoreChangeDeps) {
  return async (username: string, change: PersonChange, by: ChangedBy): Promise<StoredChange> => {
    for (let attempt = 1; attempt <= attemptsMax; attempt++) {
      const before = await deps.records.find(username);
      if (before === undefined) return { kind: 'not-found' };
      const decision = by.decide?.(before);
      if (decision?.kind === 'deny') return { kind: 'refused', denial: decision };
      const outcome = changePerson(before, change, by.nowMs);
      if (outcome.kind === 'conflict') return outcome;
      await tellLastChange(deps, before);
      if (outcome.kind === 'stands') return finished(before, { isNew: false });

      const record = nextRecord(deps.events, before, outcome, {
        ...by,
        decision: decision && decisionRecord(decision),
      });
      if ((await deps.records.store(record)) === 'conflict') continue;
      await tellLastChange(deps, record);
      return finished(record, { isNew: true });
    }
    return { kind: 'busy' };

    async function finished(record: PersonRecord, { isNew }: { isNew: boolean }): Promise<StoredChange> {
      const unfinished = await finishChange(deps, record, change.kind);
      return { kind: 'stored', record, isNew, unfinished };
    }
  };
}

/** Makes sure that the log has the event of the change that made this revision. */
export async function tellLastChange(
  { onceAudit }: Pick<StoreChangeDeps, 'onceAudit'>,
  { lastEvent }: PersonRecord,
): Promise<void> {
  if (lastEvent !== undefined) await onceAudit.appendOnce(lastEvent);
}

/** The next revision, carrying the event that says what made it. */
export function nextRecord(
  events: EventSource,
  before: Pick<PersonRecord, 'username' | 'revision'>,
  { record, facts }: { readonly record: ChangedRecord; readonly facts: ChangeFacts },
  by: Pick<ChangedBy, 'actor' | 'nowMs'> & { readonly decision?: DecisionRecord | undefined },
): PersonRecord {
  const { username } = before;
  const event = newEvent(
    { now: () => by.nowMs, newId: events.newId },
    {
      kind: 'person-changed',
      actor: by.actor,
      username,
      ...facts,
      ...(by.decision === undefined ? {} : { decision: by.decision }),
    },
  );
  if (event.kind !== 'person-changed') throw new TypeError('an event of another kind was made');
  return { ...record, revision: before.revision + 1, lastEvent: event };
}
