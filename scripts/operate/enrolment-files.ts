import { z } from 'zod';
import type { Configuration } from '../../core/contract/configuration';
import { designatedRoles, enrolment } from '../../core/contract/people';
import { changeFaults, placeFaults } from '../../core/people/faults';

/**
 * docs/formats/enrolment.md. The first people are those who can enrol the others: whoever else gets access gets it
 * through the API, from the administrator (Policy-D).
 */
export const personFile = enrolment.extend({
  role: z.enum(
    designatedRoles,
    `must be one of ${designatedRoles.join(', ')}; others are enrolled by the API`,
  ),
  email: enrolment.shape.email.optional(),
});

export type PersonFile = z.output<typeof personFile>;

/** Topics and days, by `--trained TOPIC=DATE`, or by `--trained-all DATE` for every topic of the configuration. */
export interface GivenTraining {
  readonly trained: readonly string[];
  readonly trainedAll?: string | undefined;
}

/** Topic to day. Throws for what is no `TOPIC=DATE`, names no topic of the configuration, or lies ahead. */
export function parseTraining(
  { trained, trainedAll }: GivenTraining,
  facts: { readonly configuration: Configuration; readonly nowMs: number },
): ReadonlyMap<string, string> {
  const topics = facts.configuration.training.topics.map(({ id }) => id);
  const all = trainedAll === undefined ? [] : topics.map((topic) => [topic, trainedAll] as const);
  const single = trained.map((text) => {
    const [, topic = '', takenOn = ''] = /^([^=]+)=(.+)$/.exec(text) ?? [];
    return [topic, takenOn] as const;
  });
  const training = new Map([...all, ...single]);
  for (const [topic, takenOn] of training) {
    if (!z.iso.date().safeParse(takenOn).success)
      throw new Error('training: name each as TOPIC=DATE, a date such as 2026-11-24');
    const agency = facts.configuration.department.agencyId;
    const [fault] = changeFaults({ kind: 'trained', topic, takenOn }, agency, facts);
    if (fault !== undefined) throw new Error(`training ${topic}: ${fault.field} ${fault.message}`);
  }
  return training;
}

/** Throws with what does not fit the deployment. */
export function requirePlace(person: PersonFile, configuration: Configuration): void {
  const faults = placeFaults(person, configuration);
  if (faults.length > 0)
    throw new Error(faults.map(({ field, message }) => `${field} ${message}`).join('\n'));
}

/** Topics without which nothing opens, as long as they are not recorded. */
export function missingTopics(training: ReadonlyMap<string, string>, configuration: Configuration) {
  return configuration.training.topics.map(({ id }) => id).filter((id) => !training.has(id));
}
