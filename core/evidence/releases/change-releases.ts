import type { DecideAccess, Denial, Permit } from '../../access/decision';
import { type AuditDeps, auditedUse, type Caller } from '../../audit/audited-use';
import { newEvent } from '../../audit/event';
import { actorOf, decisionRecord } from '../../audit/facts';
import type { OnceAuditLog } from '../../audit/ports';
import type { Configuration } from '../../contract/configuration';
import type { ReleaseDecision, ReleaseRequest } from '../../contract/releases';
import { hashedUuid } from '../../hashed-uuid';
import type { EvidenceRecord } from '../evidence';
import type { EvidenceRecords } from '../ports';
import type { Releases } from './ports';
import { findReleaseFault, type ReleaseFault } from './recipient';
import type { Release } from './release';

export interface ChangeReleasesDeps extends AuditDeps {
  readonly onceAudit: OnceAuditLog;
  readonly records: Pick<EvidenceRecords, 'find'>;
  readonly releases: Pick<Releases, 'find' | 'putNew' | 'storeDecision'>;
  readonly decide: DecideAccess;
  readonly configuration: Configuration;
}

export type ChangeReleaseOutcome =
  | { readonly kind: 'changed'; readonly release: Release }
  | { readonly kind: 'refused'; readonly denial: Denial | (ReleaseFault & { readonly kind: 'fault' }) }
  /** Only evidence is released: what was never taken is no evidence (Access-F). */
  | { readonly kind: 'no-evidence' }
  | { readonly kind: 'not-found' }
  /** Decided before. */
  | { readonly kind: 'decided' }
  | { readonly kind: 'busy' };

/** A decision is stored anew this often when the chain of custody grew meanwhile. */
const attemptsMax = 5;
/** The requester of nothing, so that a missing release is decided on like somebody else's. */
const nobody = ' nobody';

/** Asks for a release. Other agencies' records are never passed on: the requester is referred to them (Storage-C). */
export function requestRelease(deps: ChangeReleasesDeps) {
  return async (request: ReleaseRequest, caller: Caller): Promise<ChangeReleaseOutcome> => {
    const nowMs = deps.events.now();
    const { person, requestId } = caller;
    const operation = 'request-release';
    const { evidenceId, recipient, authority } = request;
    const record = await deps.records.find(evidenceId);
    const agencies = record === undefined ? [] : [ownerOf(deps.configuration, record)];
    const permit = deps.decide({ person, operation, agencies, nowMs });
    if (permit.kind === 'deny') return { kind: 'refused', denial: permit };
    if (record === undefined) return { kind: 'no-evidence' };
    const fault = findReleaseFault(request);
    if (fault !== undefined) return { kind: 'refused', denial: { kind: 'fault', ...fault } };
    const release: Release = {
      releaseId: requestId,
      evidenceId,
      recipient,
      authority,
      state: 'requested',
      requestedBy: person.username,
      requestedAtMs: nowMs,
    };
    const queried = { evidenceId, releaseId: requestId };
    const use = { operation, permit, queried, networksInScope: [] } as const;
    return auditedUse<ChangeReleaseOutcome>(deps, caller, use, async () => {
      await deps.releases.putNew(release);
      await tell(deps, caller, { release, permit });
      return done(release);
    });
  };
}

/**
 * Somebody else approves or declines it. An approval is a link of the chain of custody in the same step. Whoever died
 * before it was told repeats it: the decision stands, and is told once.
 */
export function decideRelease(deps: ChangeReleasesDeps) {
  return async (
    releaseId: string,
    request: ReleaseDecision,
    caller: Caller,
  ): Promise<ChangeReleaseOutcome> => {
    const nowMs = deps.events.now();
    const operation = 'decide-release';
    const { person, requestId } = caller;
    const { username: by } = person;
    const asked = await deps.releases.find(releaseId);
    const permit = deps.decide({ person, operation, author: asked?.requestedBy ?? nobody, nowMs });
    if (permit.kind === 'deny') return { kind: 'refused', denial: permit };
    if (asked === undefined) return { kind: 'not-found' };
    const isApproved = request.decision === 'approve';
    const state = isApproved ? 'released' : 'declined';
    const isOwnRepetition = asked.state === state && asked.decision?.by === by;
    if (asked.state !== 'requested' && !isOwnRepetition) return { kind: 'decided' };
    const { words } = request;
    const release: Release = isOwnRepetition
      ? asked
      : { ...asked, state, decision: { by, atMs: nowMs, ...(words === undefined ? {} : { words }) } };
    const custody = isApproved ? ({ atMs: nowMs, by, act: 'released', requestId } as const) : undefined;
    const queried = { releaseId, evidenceId: asked.evidenceId };
    const use = { operation, permit, queried, networksInScope: [] } as const;
    return auditedUse<ChangeReleaseOutcome>(deps, caller, use, async () => {
      for (let attempt = 0; attempt < attemptsMax; attempt++) {
        if (isOwnRepetition || (await deps.releases.storeDecision(release, custody)) === 'stored') {
          await tell(deps, caller, { release, permit });
          return done(release);
        }
        if ((await deps.releases.find(releaseId))?.state !== 'requested')
          return { value: { kind: 'decided' }, counts: { releases: 0 }, resultIds: [] };
      }
      return { value: { kind: 'busy' }, counts: { releases: 0 }, resultIds: [] };
    });
  };
}

/** Whose camera it was. A network that the configuration no longer has belongs to nobody here. */
function ownerOf({ networks }: Configuration, { network }: EvidenceRecord): string {
  return networks.find(({ id }) => id === network)?.agency ?? nobody;
}

function done(release: Release) {
  const { releaseId, state } = release;
  return { value: { kind: 'changed' as const, release }, counts: { [state]: 1 }, resultIds: [releaseId] };
}

async function tell(
  deps: ChangeReleasesDeps,
  caller: Caller,
  { release, permit }: { readonly release: Release; readonly permit: Permit },
): Promise<void> {
  const { releaseId, evidenceId, state, recipient, authority } = release;
  const source = {
    now: () => release.decision?.atMs ?? release.requestedAtMs,
    newId: () => hashedUuid(`release-changed|${releaseId}|${state}`),
  };
  await deps.onceAudit.appendOnce(
    newEvent(source, {
      kind: 'release-changed',
      actor: actorOf(caller.person),
      operation: state === 'requested' ? 'request-release' : 'decide-release',
      device: caller.device,
      releaseId,
      evidenceId,
      change: state,
      recipientKind: recipient.kind,
      authorityKind: authority.kind,
      decision: decisionRecord(permit),
    }),
  );
}
