import { type AuditDeps, auditedUse, type Caller } from '../audit/audited-use';
import { decisionRecord } from '../audit/facts';
import type { Enrolment } from '../contract/people';
import { actorOf, type ChangePeopleDeps, type ChangePeopleOutcome, subjectOf } from './change-people';
import { placeFaults } from './faults';
import type { StateConflict } from './life-cycle';
import { personAnswer } from './person-answer';
import type { Accounts, PeopleRecords } from './ports';
import type { PersonRecord } from './record';
import { nextRecord, tellLastChange } from './store-change';

export interface EnrolPersonDeps
  extends AuditDeps,
    Pick<ChangePeopleDeps, 'decide' | 'configuration' | 'activities' | 'onceAudit'> {
  readonly records: Pick<PeopleRecords, 'find' | 'add'>;
  readonly accounts: Pick<Accounts, 'create'>;
}

/**
 * Gives one person an account. The record comes first: it opens nothing, as no training is in it, and it takes the name
 * for good. Its event is durable next, and then the account is made, whose invitation Cognito sends. Whoever dies
 * between has given nobody anything; repeating the same enrolment completes it, and sends an invitation that nobody
 * answered again.
 */
export function enrolPerson(deps: EnrolPersonDeps) {
  return async (enrolment: Enrolment, caller: Caller): Promise<ChangePeopleOutcome> => {
    const { username, role, agency } = enrolment;
    const operation = 'enrol-person';
    const nowMs = deps.events.now();
    const asked = await deps.records.find(username);
    const permit = deps.decide({
      person: caller.person,
      operation,
      subject: subjectOf(username, asked),
      newRole: role,
      agencies: [agency],
      nowMs,
    });
    if (permit.kind === 'deny') return { kind: 'refused', denial: permit };
    const faults = placeFaults(enrolment, deps.configuration);
    if (faults.length > 0) return { kind: 'invalid', faults };

    const use = { operation, permit, queried: { username }, networksInScope: [] } as const;
    return auditedUse<ChangePeopleOutcome>(deps, caller, use, async () => {
      const by = { actor: actorOf(caller.person), nowMs, decision: decisionRecord(permit) };
      const made = firstRecord(deps, enrolment, by);
      const isNew = (await deps.records.add(made)) === 'stored';
      const record = isNew ? made : await deps.records.find(username);
      if (record === undefined || !isSame(record, enrolment)) return nothing(nameTaken);
      await tellLastChange(deps, record);
      if ((await deps.accounts.create(enrolment)) === 'taken') return nothing(addressDiffers);
      const activity = (await deps.activities.of([username])).get(username);
      const { training } = deps.configuration;
      return {
        value: { kind: 'changed', person: personAnswer(record, { training, activity, nowMs }) },
        counts: { changed: Number(isNew) },
        resultIds: [username],
      };
    });
  };
}

function firstRecord(
  { events }: EnrolPersonDeps,
  { username, role, agency, division, sworn }: Enrolment,
  by: Parameters<typeof nextRecord>[3],
): PersonRecord {
  const record = {
    username,
    role,
    agency,
    division,
    sworn,
    suspended: false,
    disabled: false,
    training: new Map<string, string>(),
    admittedAtMs: by.nowMs,
  };
  const facts = { change: 'enrolled', role, division, sworn } as const;
  return nextRecord(events, { username, revision: 0 }, { record, facts }, by);
}

/** Whether the record is what the enrolment would make, so that an enrolment which was cut off can be completed. */
function isSame(record: PersonRecord, enrolment: Enrolment): boolean {
  const { role, agency, division, sworn } = enrolment;
  return (
    !record.disabled &&
    !record.suspended &&
    record.role === role &&
    record.agency === agency &&
    record.division === division &&
    record.sworn === sworn
  );
}

function nothing(value: StateConflict) {
  return { value, counts: { changed: 0 }, resultIds: [] };
}

const nameTaken: StateConflict = {
  kind: 'conflict',
  clause: 'Access-C',
  message: 'This name has been given to somebody, and a name is never given again.',
  remedy: 'Choose another name, or change the access of the person who has this one.',
};

const addressDiffers: StateConflict = {
  kind: 'conflict',
  clause: 'Access-C',
  message: 'The account of this name was made for another e-mail address.',
  remedy: 'Repeat the enrolment with that address.',
};
