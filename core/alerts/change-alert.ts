import type { DecideAccess, Denial, Permit } from '../access/decision';
import { type AuditDeps, auditedUse, type Caller } from '../audit/audited-use';
import { type AuditFacts, newEvent, type Queried } from '../audit/event';
import { actorOf } from '../audit/facts';
import type { OnceAuditLog } from '../audit/ports';
import type { Configuration } from '../contract/configuration';
import type { OperationId } from '../contract/operations';
import { hashedUuid } from '../hashed-uuid';
import { networksInScope } from '../sharing/scope';
import { type AlertRecord, seenFrom } from './alert-record';
import type { AlertRefusal } from './alert-refusal';
import type { By } from './life-cycle';
import type { AlertRecords, AlertSteps, Announcements, ImagesShown, Stored } from './ports';

export interface ChangeAlertDeps extends AuditDeps {
  readonly alerts: AlertRecords;
  readonly steps: AlertSteps;
  readonly imagesShown: ImagesShown;
  readonly announcements: Announcements;
  /** Told of a step that stands but could not be announced: others see it when they list alerts. */
  readonly onUnannounced: (error: unknown) => void;
  readonly decide: DecideAccess;
  readonly configuration: Configuration;
  readonly onceAudit: OnceAuditLog;
  readonly counters: {
    count(name: string, value: number, dimensions?: Readonly<Record<string, string>>): void;
  };
}

export type ChangeOutcome<Response> =
  | { readonly kind: 'changed'; readonly response: Response }
  | { readonly kind: 'refused'; readonly denial: Denial | AlertRefusal; readonly queried: Queried }
  | { readonly kind: 'not-found' }
  /** Somebody else was there between the question and the answer; nothing was stored. */
  | { readonly kind: 'too-late' };

type AlertEvent = Extract<
  AuditFacts,
  { kind: 'alert-acknowledged' | 'alert-verified' | 'alert-disposed' | 'neighbour-notified' }
>;

export type Step<Response> =
  | AlertRefusal
  | {
      readonly kind: 'step';
      /** Absent where it stands already. */
      readonly store?: () => Promise<Stored>;
      readonly event: AlertEvent;
      /** When the step that stands was stored: the time of its event. */
      readonly storedAtMs: number;
      /** Whether others see it on the alert, and are told. */
      readonly isShown: boolean;
      readonly response: Response;
    };

export interface ChangeContext {
  /** As the caller sees it. */
  readonly record: AlertRecord;
  readonly by: By;
  readonly caller: Caller;
  readonly permit: Permit;
}

/**
 * `requested` (with the alert's id) is durable before anything is stored, the change's own event after it, `answered`
 * before the reply. Whoever dies between leaves an unclosed pair that names the alert; the caller's repetition finds
 * what stands, tells its event again, which is kept once, and closes its own pair.
 */
export async function changeAlert<Response>(
  deps: ChangeAlertDeps,
  operation: OperationId,
  { alertId, caller }: { readonly alertId: string; readonly caller: Caller },
  step: (context: ChangeContext) => Promise<Step<Response>>,
): Promise<ChangeOutcome<Response>> {
  const { person } = caller;
  const nowMs = deps.events.now();
  const found = await deps.alerts.find(alertId);
  const record = found && seenFrom(found, networksInScope(deps.configuration, person, nowMs));
  const alert = (record ?? found)?.alert;
  const networks = alert === undefined ? [] : [alert.network];
  const queried = { alertId, networks };
  const permit = deps.decide({ person, operation, networks, nowMs });
  // Who may not use alerts at all is told so; to all others a missing alert is just missing.
  if (found === undefined && !(permit.kind === 'deny' && !permit.clause.startsWith('Access-D')))
    return { kind: 'not-found' };
  if (permit.kind === 'deny') return { kind: 'refused', denial: permit, queried };
  if (record === undefined) return { kind: 'not-found' };
  const made = await step({ record, by: { username: person.username, nowMs }, caller, permit });
  if (made.kind === 'refused') return { kind: 'refused', denial: made, queried };

  const use = { operation, permit, queried, networksInScope: networks };
  return auditedUse<ChangeOutcome<Response>>(deps, caller, use, async () => {
    const stored = made.store === undefined ? 'stands' : await made.store();
    if (stored === 'forgotten') return nothingDone({ kind: 'not-found' });
    if (stored === 'too-late') return nothingDone({ kind: 'too-late' });
    await deps.onceAudit.appendOnce(newEvent(stampOf(made), made.event));
    if (made.isShown) await deps.announcements.announce(alertId, 'changed').catch(deps.onUnannounced);
    return {
      value: { kind: 'changed', response: made.response },
      counts: { changed: Number(stored === 'stored') },
      resultIds: [alertId],
    };
  });
}

/** Made of the step that stands, so that it has one event. */
function stampOf({ event, storedAtMs }: { readonly event: AlertEvent; readonly storedAtMs: number }) {
  const what = event.kind === 'neighbour-notified' ? `${event.alertId} ${event.neighbour}` : event.alertId;
  return { now: () => storedAtMs, newId: () => hashedUuid(`platekeeper ${event.kind} ${what}`) };
}

function nothingDone<Response>(value: ChangeOutcome<Response>) {
  return { value, counts: { changed: 0 }, resultIds: [] };
}

/** Who did a step, as its event says it. */
export function actedBy({ person, device }: Caller, operation: OperationId) {
  return { actor: actorOf(person), operation, device };
}
