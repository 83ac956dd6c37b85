import type { PersonAnswer } from '../contract/people';
import type { Activity } from './ports';
import { type PersonRecord, type TrainingRules, topicUntilMs, trainedUntilMs } from './record';

/** How somebody's access stands at a moment, as the API answers it. */
export function personAnswer(
  record: PersonRecord,
  facts: {
    readonly training: TrainingRules;
    readonly activity: Activity | undefined;
    readonly nowMs: number;
  },
): PersonAnswer {
  const { username, role, agency, division, sworn } = record;
  const { training, activity, nowMs } = facts;
  const onDutyUntilMs = activity?.onDutyUntilMs ?? 0;
  return {
    username,
    role,
    agency,
    division,
    sworn,
    access: accessOf(record),
    untrained: untrained(record, training, nowMs),
    training: [...record.training].map(([topic, takenOn]) => ({
      topic,
      takenOn,
      until: iso(topicUntilMs(takenOn, training.validMonths)),
    })),
    ...(onDutyUntilMs > nowMs ? { onDutyUntil: iso(onDutyUntilMs) } : {}),
    ...(activity?.lastUsedMs === undefined ? {} : { lastUsedOn: iso(activity.lastUsedMs).slice(0, 10) }),
  };
}

function accessOf({ suspended, disabled }: PersonRecord): PersonAnswer['access'] {
  if (disabled) return 'disabled';
  return suspended ? 'suspended' : 'active';
}

function untrained({ role, training }: PersonRecord, rules: TrainingRules, nowMs: number): string[] {
  if (role === 'personnel-feed') return [];
  return rules.topics
    .filter((topic) => !(trainedUntilMs(training, { ...rules, topics: [topic] }, nowMs) > nowMs))
    .map(({ id }) => id);
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}
