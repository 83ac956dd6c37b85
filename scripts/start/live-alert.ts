import type { Alert } from '../../core/contract/alerts';
import type { LocalSystem } from '../../local/system';
import { type AlertWatch, watchAlerts } from '../live-alerts/watch';
import { output } from './clients';
import type { Staff } from './staff';

/** The officer's open connection. */
export function watchAsOfficer(system: LocalSystem, staff: Staff): Promise<AlertWatch> {
  return watchAlerts({ api: staff.officer.api, url: output(system, 'LiveUrl') });
}

export interface Verification {
  /** What was refused on the way, and by which clause. */
  readonly refusals: readonly {
    readonly asked: string;
    readonly expected: string;
    readonly clause: string;
  }[];
  readonly state: string;
  readonly disposition: string;
}

const confirmed = {
  plateImage: 'confirmed',
  characters: 'confirmed',
  issuingState: 'confirmed',
  vehicleImage: 'confirmed',
  vehicleDescription: 'confirmed',
} as const;

/** Looks at both images, fills in the checklist, and only then records the stop [Policy-F, Policy-G]. */
export async function verifyAlert(system: LocalSystem, staff: Staff, alert: Alert): Promise<Verification> {
  const { api } = staff.officer;
  const path = { alertId: alert.alertId };
  const stop = {
    path,
    body: {
      kind: 'stopped' as const,
      at: new Date(system.clock.now()).toISOString(),
      suspicion: 'The vehicle and its driver match the description of the witnesses.',
    },
  };
  const verification = {
    path,
    body: { outcome: 'verified' as const, checklist: confirmed, vehicle: 'Silver sedan, dented left door' },
  };
  const tooEarly = await api('record-disposition', stop);
  const blind = await api('verify-alert', verification);
  for (const link of [alert.images?.plate, alert.images?.vehicle])
    await api('fetch-image', { path: { token: link?.split('/').at(-1) ?? '' } });
  const verified = await api('verify-alert', verification);
  stop.body.at = new Date(system.clock.now()).toISOString();
  const recorded = await api('record-disposition', stop);
  const clauseOf = (outcome: typeof tooEarly | typeof blind) =>
    outcome.kind === 'refused' ? (outcome.problem.clause ?? 'none') : 'none, it was answered';
  return {
    refusals: [
      { asked: 'a stop on an alert that nobody verified', expected: 'Policy-G', clause: clauseOf(tooEarly) },
      {
        asked: 'a verification without looking at the images',
        expected: 'Policy-G',
        clause: clauseOf(blind),
      },
    ],
    state: verified.kind === 'answered' ? verified.body.state : `refused: ${verified.problem.detail}`,
    disposition: recorded.kind === 'answered' ? recorded.body.kind : `refused: ${recorded.problem.detail}`,
  };
}
