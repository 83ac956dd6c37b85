import type { IncidentPackageAnswer } from '../contract/month-audits';
import type { IncidentPackage } from './ports';

/** A package as the API lists it. */
export function packageAnswer({
  findingId,
  requestedBy,
  requestedAtMs,
  made,
}: IncidentPackage): IncidentPackageAnswer {
  return {
    findingId,
    state: made === undefined ? 'requested' : 'ready',
    requestedBy,
    requestedAt: new Date(requestedAtMs).toISOString(),
    ...(made === undefined
      ? {}
      : { readyAt: new Date(made.atMs).toISOString(), sha256: made.sha256, events: made.events }),
  };
}
