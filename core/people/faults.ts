import type { Role } from '../access/roles';
import type { Configuration } from '../contract/configuration';
import type { PersonChange } from './life-cycle';

/** A field that does not fit the deployment's configuration, and what would. */
export interface PersonFault {
  readonly field: string;
  readonly message: string;
}

/** What is wrong with the place that somebody is to have. */
export function placeFaults(
  place: { readonly role: Role; readonly agency: string; readonly division: string },
  { department, agencies, divisions }: Configuration,
): readonly PersonFault[] {
  const faults: PersonFault[] = [];
  const { role, agency, division } = place;
  if (role === 'personnel-feed')
    faults.push({ field: 'role', message: 'is the personnel system’s, not a person’s' });
  else if (role === 'partner-officer' && !agencies.some(({ id }) => id === agency))
    faults.push({
      field: 'agency',
      message: 'must be another agency of the configuration for a partner’s officer',
    });
  else if (role !== 'partner-officer' && agency !== department.agencyId)
    faults.push({ field: 'agency', message: `must be ${department.agencyId} for this role` });
  if (!divisions.includes(division))
    faults.push({ field: 'division', message: `must be one of ${divisions.join(', ')}` });
  return faults;
}

/** What is wrong with a change, apart from the record that it is about. */
export function changeFaults(
  change: PersonChange,
  agency: string,
  facts: { readonly configuration: Configuration; readonly nowMs: number },
): readonly PersonFault[] {
  switch (change.kind) {
    case 'assigned':
    case 'designated':
      return placeFaults({ ...change, agency }, facts.configuration).map((fault) =>
        // The agency stays: it is the role that does not fit it.
        fault.field === 'agency' ? { field: 'role', message: 'does not fit the person’s agency' } : fault,
      );
    case 'trained':
      return trainingFaults(change, facts);
    case 'disabled':
    case 'suspended':
    case 'reinstated':
      return [];
    default:
      return change satisfies never;
  }
}

function trainingFaults(
  { topic, takenOn }: PersonChange & { readonly kind: 'trained' },
  { configuration, nowMs }: { readonly configuration: Configuration; readonly nowMs: number },
): readonly PersonFault[] {
  const faults: PersonFault[] = [];
  const topics = configuration.training.topics.map(({ id }) => id);
  if (!topics.includes(topic))
    faults.push({ field: 'topic', message: `must be one of ${topics.join(', ')}` });
  if (takenOn > dayIn(configuration.department.timeZone, nowMs))
    faults.push({ field: 'takenOn', message: 'must not be in the future' });
  return faults;
}

/** The department's date at a moment, `YYYY-MM-DD`. */
export function dayIn(timeZone: string, nowMs: number): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' }).format(nowMs);
}
