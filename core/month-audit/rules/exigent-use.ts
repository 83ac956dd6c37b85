import { evidenceOf, type MonthFinding, severityFrom } from '../month-finding';
import { occasionsApart, type UserMonth } from '../user-month';

/** Emergencies, each of which may take several searches. */
const emergencies = { low: 1, medium: 4, high: 10 };
const apartMs = 4 * 3_600_000;

/** Every exigent use is listed (Policy-B); who has one each week uses it as a way around the purposes. */
export function exigentUse(user: UserMonth): readonly MonthFinding[] {
  const exigent = user.monthUses.filter(({ purpose }) => purpose === 'exigent');
  const count = occasionsApart(exigent, apartMs);
  const severity = severityFrom(count, emergencies);
  if (severity === undefined) return [];
  return [
    {
      kind: 'exigent-use',
      severity,
      username: user.username,
      role: user.role,
      cause: 'month',
      clause: 'Policy-B',
      summary: `${exigent.length} searches under exigent circumstances, on ${count} occasions.`,
      ...evidenceOf(exigent),
    },
  ];
}
