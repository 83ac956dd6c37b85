import { evidenceOf, type MonthFinding } from '../month-finding';
import type { AuditedPerson } from '../person';
import type { UserMonth } from '../user-month';

/**
 * Who has access and was never trained, or no longer is (Training). Every call asks for it, so a use without training
 * is a fault of the system or a record that was changed afterwards.
 */
export function trainingLapsed(
  person: AuditedPerson,
  user: UserMonth | undefined,
  toMs: number,
): readonly MonthFinding[] {
  const { username, role, trainedUntilMs } = person;
  if (person.isDisabled || person.role === 'personnel-feed' || trainedUntilMs >= toMs) return [];
  const untrained = (user?.monthUses ?? []).filter(({ atMs }) => atMs >= trainedUntilMs);
  return [
    {
      kind: 'training-lapsed',
      severity: untrained.length > 0 ? 'high' : 'low',
      username,
      role,
      cause: 'month',
      clause: 'Training',
      summary: `${trainedUntilMs === 0 ? 'Never trained in every topic' : 'The training has run out'}${
        untrained.length > 0 ? `, and ${untrained.length} searches were made all the same` : ''
      }.`,
      ...evidenceOf(untrained),
    },
  ];
}
