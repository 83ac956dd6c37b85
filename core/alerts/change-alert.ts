import type { DecideAccess, Denial, Permit } from '../access/decision';
import { type AuditDeps, auditedUse, type Caller } from '../audit/audited-use';
import { type AuditFacts, newEvent, type Queried } from '../audit/event';
import { actorOf, decisionRecord } from '../audit/facts';
import type { OnceAuditLog } from '../audit/ports';
import type {
  DispositionRequest,
  DispositionResponse,
  VerificationRequest,
  VerificationResponse,
} from '../contract/verification';
import { hashedUuid } from '../hashed-uuid';
import {
  type AlertRecord,
  type AlertRefusal,
  type By,
  disposeAlert,
  isEnforcement,
  verifyAlert,
} from './life-cycle';
import type { AlertRecords, ImagesShown, Stored } from './ports';

export interface ChangeAlertDeps extends AuditDeps {
  readonly alerts: AlertRecords;
  readonly imagesShown: ImagesShown;
  readonly decide: DecideAccess;
  readonly onceAudit: OnceAuditLog;
}

export type ChangeOutcome<Response> =
  | { readonly kind: 'changed'; readonly response: Response }
  | { readonly kind: 'refused'; readonly denial: Denial | AlertRefusal; readonly queried: Queried }
  | { readonly kind: 'not-found' }
  /** Somebody else was there between the question and the answer; nothing was stored. */
  | { readonly kind: 'too-late' };

/** How long ago the images may have been shown: one verification is one sitting. */
const shownWithinMs = 3_600_000;

type Step<Response> =
  | AlertRefusal
  | {
      readonly kind: 'step';
      /** Absent where it stands already. */
      readonly store?: () => Promise<Stored>;
      readonly event: AlertEvent;
      /** When the step that stands was stored: the time of its event. */
      readonly storedAtMs: number;
      readonly response: Response;
    };

type AlertEvent = Extract<AuditFacts, { kind: 'alert-verified' | 'alert-disposed' }>;

interface Context {
  readonly record: AlertRecord;
  readonly by: By;
  readonly caller: Caller;
  readonly permit: Permit;
}

/** Fills in the checklist of Policy-G for an alert in the caller's networks, as an audited use. */
export function verifyAlertAs(deps: ChangeAlertDeps) {
  return (alertId: string, request: VerificationRequest, caller: Caller) =>
    changeAlert<VerificationResponse>(deps, 'verify-alert', { alertId, caller }, async (context) => {
      const { record, by, permit } = context;
      const { readId } = record.alert;
      const window = { sinceMs: by.nowMs - shownWithinMs, nowMs: by.nowMs };
      const imagesShown = await deps.imagesShown.shown({ username: by.username, readId, ...window });
      const outcome = verifyAlert(record, request, { ...by, imagesShown });
      if (outcome.kind === 'refused') return outcome;
      const { verification } = outcome;
      const isNew = record.verification === undefined;
      return {
        kind: 'step',
        ...(isNew ? { store: () => deps.alerts.storeVerification(record, verification) } : {}),
        event: {
          kind: 'alert-verified',
          ...actedBy(caller, 'verify-alert'),
          alertId,
          outcome: verification.outcome,
          checklist: {
            ...verification.checklist,
            ...(verification.registrationQuery
              ? { registrationQuery: verification.registrationQuery.finding }
              : {}),
          },
          decision: decisionRecord(permit),
        },
        storedAtMs: verification.verifiedAtMs,
        response: {
          alertId,
          state: verification.outcome,
          verifiedBy: verification.verifiedBy,
          verifiedAt: iso(verification.verifiedAtMs),
        },
      };
    });
}

/** Records what came of a verified or rejected alert (Policy-F, Policy-G), as an audited use. */
export function recordDispositionAs(deps: ChangeAlertDeps) {
  return (alertId: string, request: DispositionRequest, caller: Caller) =>
    changeAlert<DispositionResponse>(deps, 'record-disposition', { alertId, caller }, async (context) => {
      const { record, by, permit } = context;
      const outcome = disposeAlert(record, request, by);
      if (outcome.kind === 'refused') return outcome;
      const { disposition, verification } = outcome;
      const isNew = record.disposition === undefined;
      return {
        kind: 'step',
        ...(isNew ? { store: () => deps.alerts.storeDisposition(record, disposition) } : {}),
        event: {
          kind: 'alert-disposed',
          ...actedBy(caller, 'record-disposition'),
          alertId,
          disposition: disposition.kind,
          isEnforcement: isEnforcement(disposition.kind),
          decision: decisionRecord(permit),
        },
        storedAtMs: disposition.recordedAtMs,
        response: {
          alertId,
          state: verification.outcome,
          kind: disposition.kind,
          at: iso(disposition.atMs),
          recordedBy: disposition.recordedBy,
          recordedAt: iso(disposition.recordedAtMs),
        },
      };
    });
}

/**
 * `requested` (with the alert's id) is durable before anything is stored, the change's own event after it, `answered`
 * before the reply. Whoever dies between leaves an unclosed pair that names the alert; the caller's repetition finds
 * what stands, tells its event again, which is kept once, and closes its own pair.
 */
async function changeAlert<Response>(
  deps: ChangeAlertDeps,
  operation: 'verify-alert' | 'record-disposition',
  { alertId, caller }: { readonly alertId: string; readonly caller: Caller },
  step: (context: Context) => Promise<Step<Response>>,
): Promise<ChangeOutcome<Response>> {
  const { person } = caller;
  const nowMs = deps.events.now();
  const record = await deps.alerts.find(alertId);
  const networks = record === undefined ? [] : [record.alert.network];
  const queried = { alertId, networks };
  const permit = deps.decide({ person, operation, networks, nowMs });
  // Who may not use alerts at all is told so; to all others a missing alert is just missing.
  if (record === undefined) {
    if (permit.kind === 'deny' && permit.clause !== 'Access-D')
      return { kind: 'refused', denial: permit, queried };
    return { kind: 'not-found' };
  }
  if (permit.kind === 'deny') return { kind: 'refused', denial: permit, queried };
  const made = await step({ record, by: { username: person.username, nowMs }, caller, permit });
  if (made.kind === 'refused') return { kind: 'refused', denial: made, queried };

  const use = { operation, permit, queried, networksInScope: networks };
  return auditedUse<ChangeOutcome<Response>>(deps, caller, use, async () => {
    const stored = made.store === undefined ? 'stands' : await made.store();
    if (stored === 'forgotten') return nothingDone({ kind: 'not-found' });
    if (stored === 'too-late') return nothingDone({ kind: 'too-late' });
    await deps.onceAudit.appendOnce(newEvent(stampOf(made), made.event));
    return {
      value: { kind: 'changed', response: made.response },
      counts: { changed: Number(stored === 'stored') },
      resultIds: [alertId],
    };
  });
}

/** Made of the step that stands, so that it has one event. */
function stampOf({ event, storedAtMs }: { readonly event: AlertEvent; readonly storedAtMs: number }) {
  return {
    now: () => storedAtMs,
    newId: () => hashedUuid(`platekeeper ${event.kind} ${event.alertId}`),
  };
}

function nothingDone<Response>(value: ChangeOutcome<Response>) {
  return { value, counts: { changed: 0 }, resultIds: [] };
}

function actedBy({ person, device }: Caller, operation: string) {
  return { actor: actorOf(person), operation, device };
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}
