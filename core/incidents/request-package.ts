import type { DecideAccess, Denial } from '../access/decision';
import { type AuditDeps, auditedUse, type Caller } from '../audit/audited-use';
import type { Finding } from '../findings/finding';
import type { Findings } from '../findings/ports';
import { nobody, subjectRole } from '../findings/subject';
import type { PeopleRecords } from '../people/ports';
import type { IncidentPackage, IncidentPackages } from './ports';

export interface IncidentDeps extends AuditDeps {
  readonly findings: Pick<Findings, 'find'>;
  readonly records: Pick<PeopleRecords, 'rolesOf'>;
  readonly packages: Pick<IncidentPackages, 'find' | 'list' | 'request'>;
  /** The stored text; throws where it is not the file whose hash the package has. */
  readonly fileOf: (made: NonNullable<IncidentPackage['made']>) => Promise<string>;
  readonly decide: DecideAccess;
}

export type RequestPackageOutcome =
  | { readonly kind: 'requested'; readonly incident: IncidentPackage }
  | { readonly kind: 'refused'; readonly denial: Denial }
  | { readonly kind: 'not-found' };

export type ListPackagesOutcome =
  | { readonly kind: 'listed'; readonly packages: readonly IncidentPackage[] }
  | { readonly kind: 'refused'; readonly denial: Denial };

export type ShowPackageOutcome =
  | { readonly kind: 'shown'; readonly incident: IncidentPackage; readonly file: string }
  | { readonly kind: 'refused'; readonly denial: Denial }
  | { readonly kind: 'not-found' };

type Operation = 'request-incident-package' | 'list-incident-packages' | 'show-incident-package';

/** Asks for what a finding rests on, with its proofs, to be put together for a referral (Acct-D); once for each finding. */
export function requestPackage(deps: IncidentDeps) {
  return async (findingId: string, caller: Caller): Promise<RequestPackageOutcome> => {
    const { finding, permit, use } = await asked(deps, 'request-incident-package', findingId, caller);
    if (permit.kind === 'deny') return { kind: 'refused', denial: permit };
    return auditedUse<RequestPackageOutcome>(deps, caller, { ...use, permit }, async () => {
      if (finding === undefined) return { value: { kind: 'not-found' }, counts: {}, resultIds: [] };
      const incident = await deps.packages.request({
        findingId,
        requestedBy: caller.person.username,
        requestedAtMs: deps.events.now(),
      });
      return { value: { kind: 'requested', incident }, counts: { packages: 1 }, resultIds: [findingId] };
    });
  };
}

/** What was asked for; the contents are shown one by one. */
export function listPackages(deps: IncidentDeps) {
  return async (caller: Caller): Promise<ListPackagesOutcome> => {
    const { permit, use } = await asked(deps, 'list-incident-packages', undefined, caller);
    if (permit.kind === 'deny') return { kind: 'refused', denial: permit };
    return auditedUse<ListPackagesOutcome>(deps, caller, { ...use, permit }, async () => {
      const packages = await deps.packages.list();
      return {
        value: { kind: 'listed', packages },
        counts: { packages: packages.length },
        resultIds: packages.map(({ findingId }) => findingId),
      };
    });
  };
}

/** Hands one over, whole. */
export function showPackage(deps: IncidentDeps) {
  return async (findingId: string, caller: Caller): Promise<ShowPackageOutcome> => {
    const { finding, permit, use } = await asked(deps, 'show-incident-package', findingId, caller);
    if (permit.kind === 'deny') return { kind: 'refused', denial: permit };
    return auditedUse<ShowPackageOutcome>(deps, caller, { ...use, permit }, async () => {
      const incident = finding === undefined ? undefined : await deps.packages.find(findingId);
      if (incident?.made === undefined) return { value: { kind: 'not-found' }, counts: {}, resultIds: [] };
      const file = await deps.fileOf(incident.made);
      return {
        value: { kind: 'shown', incident, file },
        counts: { packages: 1, events: incident.made.events },
        resultIds: [findingId],
      };
    });
  };
}

/** A finding that is not there is decided on like one about nobody, and is then not found. */
async function asked(
  deps: IncidentDeps,
  operation: Operation,
  findingId: string | undefined,
  { person }: Caller,
) {
  const finding = findingId === undefined ? undefined : await deps.findings.find(findingId);
  const subject = findingId === undefined ? {} : { subject: await subjectOf(deps, finding) };
  const permit = deps.decide({ person, operation, nowMs: deps.events.now(), ...subject });
  const queried = findingId === undefined ? {} : { findingId };
  return { finding, permit, use: { operation, queried, networksInScope: [] } as const };
}

async function subjectOf({ records }: IncidentDeps, finding: Finding | undefined) {
  if (finding?.username === undefined) return { username: nobody, role: 'officer' } as const;
  const { username } = finding;
  const roles = await records.rolesOf([username]);
  return { username, role: subjectRole(finding, roles.get(username)) };
}
