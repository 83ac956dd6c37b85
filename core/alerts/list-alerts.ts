import type { DecideAccess, Denial } from '../access/decision';
import { type AuditDeps, auditedUse, type Caller } from '../audit/audited-use';
import type { Queried } from '../audit/event';
import type { AlertsResponse } from '../contract/alerts';
import type { Configuration } from '../contract/configuration';
import { admissionLimits } from '../reads/admission-limits';
import { type CaptureDay, dayMs, daysBetween, isForgotten } from '../retention/day';
import { mapBounded } from '../search/bounded';
import type { ImageLinks } from '../search/ports';
import { networksInScope } from '../sharing/scope';
import { answerAlerts } from './alert-answer';
import type { Alerts } from './ports';

export interface ListAlertsDeps extends AuditDeps {
  readonly alerts: Alerts;
  readonly imageLinks: Pick<ImageLinks, 'issue'>;
  readonly decide: DecideAccess;
  readonly configuration: Configuration;
}

export type AlertsOutcome =
  | { readonly kind: 'answered'; readonly response: AlertsResponse }
  | { readonly kind: 'refused'; readonly denial: Denial; readonly queried: Queried };

/** Live alerts are of this shift or the one before; who wants more names the time. */
const sinceHoursDefault = 12;
/** Each comes with two image links; a caller behind more narrows the time (Storage-A). */
const alertsMax = 100;
const callsAtOnce = 12;

/**
 * The alerts of the networks in scope, newest first, for people on duty (Access-G), as an audited use. Each carries
 * the notice of Policy-F, one-time links to the images by which it is verified (Policy-G), and nothing of the entry
 * behind it (Policy-H.a). Rejects with what the audit log or a store rejected with; then nothing was answered.
 */
export function listAlerts(deps: ListAlertsDeps) {
  return async (query: { readonly since?: string | undefined }, caller: Caller): Promise<AlertsOutcome> => {
    const nowMs = deps.events.now();
    const sinceMs = sinceOf(query.since, nowMs, deps.configuration);
    const networks = networksInScope(deps.configuration, caller.person, nowMs);
    const queried = { from: iso(sinceMs), to: iso(nowMs), networks: [...networks] };
    const operation = 'list-alerts';
    const decision = deps.decide({ person: caller.person, operation, networks, nowMs });
    if (decision.kind === 'deny') return { kind: 'refused', denial: decision, queried };

    const use = { operation, permit: decision, queried, networksInScope: networks } as const;
    const response = await auditedUse(deps, caller, use, async () => {
      const days = alertDays(deps.configuration, sinceMs, nowMs);
      const pages = await mapBounded(days, callsAtOnce, (day) =>
        deps.alerts.since(day, { sinceMs, networks, limit: alertsMax + 1 }),
      );
      const newest = pages
        .flatMap((page) => page.alerts)
        .sort((a, b) => b.alert.raisedAtMs - a.alert.raisedAtMs);
      const { imageLinks, configuration } = deps;
      const answering = { imageLinks, neighbours: configuration.neighbours };
      const listed = await answerAlerts(answering, newest.slice(0, alertsMax), {
        username: caller.person.username,
        searchId: caller.requestId,
      });
      const truncated = newest.length > alertsMax;
      const unreadable = pages.reduce((sum, page) => sum + page.unreadable, 0);
      return {
        value: { alerts: listed, truncated },
        counts: { alerts: listed.length, truncated: Number(truncated), unreadable },
        resultIds: listed.map((each) => each.alertId),
      };
    });
    return { kind: 'answered', response };
  };
}

/** Not before anything that is kept, and not in the future. */
function sinceOf(since: string | undefined, nowMs: number, { retentionDays }: Configuration): number {
  const askedMs = since === undefined ? nowMs - sinceHoursDefault * 3_600_000 : Date.parse(since);
  return Math.min(nowMs, Math.max(askedMs, nowMs - retentionDays * dayMs));
}

/** Days on which a read that alerted since then can have been captured: a camera out of reach sends its reads later. */
function alertDays(configuration: Configuration, sinceMs: number, nowMs: number): readonly CaptureDay[] {
  const { retentionDays, transitMs, clockAheadMs } = admissionLimits(configuration);
  const oldestMs = Math.max(0, sinceMs - (retentionDays * dayMs - transitMs));
  return daysBetween(oldestMs, nowMs + clockAheadMs).filter((day) => !isForgotten(day, nowMs, retentionDays));
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}
