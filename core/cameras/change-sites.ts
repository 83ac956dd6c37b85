import type { DecideAccess, Denial, Permit } from '../access/decision';
import { type AuditDeps, auditedUse, type Caller } from '../audit/audited-use';
import type { Configuration } from '../contract/configuration';
import type { SiteDecisionRequest, SiteProposalRequest } from '../contract/sites';
import type { CameraRegistry, Sites } from './ports';
import { proposerOf, type Site } from './site';
import {
  type By,
  decideSite,
  proposeSite,
  recordInstallation,
  type SiteChange,
  type SiteDecision,
  type SiteOutcome,
  type SiteRefusal,
} from './site-life-cycle';

export interface ChangeSitesDeps extends AuditDeps {
  readonly sites: Pick<Sites, 'find' | 'store'>;
  readonly cameras: CameraRegistry;
  readonly decide: DecideAccess;
  readonly configuration: Configuration;
}

export type ChangeSiteOutcome =
  | { readonly kind: 'changed'; readonly site: Site }
  | { readonly kind: 'refused'; readonly denial: Denial | SiteRefusal }
  | { readonly kind: 'not-found' }
  /** Others kept changing it; nothing was stored. */
  | { readonly kind: 'busy' };

type Applied = SiteOutcome | { readonly kind: 'not-found' };

interface Change {
  readonly operation: 'propose-site' | 'decide-site' | 'record-installation';
  readonly permit: Permit;
  /** Decides anew on what is stored. */
  readonly apply: () => Promise<Applied>;
}

/** A change is decided anew this often when somebody else's came between. */
const attemptsMax = 5;

/** The proposer of no site, so that a missing one is decided on like somebody else's. */
const nobody = ' nobody';

/** CIAU proposes a site, or the relocation of a camera, with its analysis (Policy-E). */
export function proposeCameraSite(deps: ChangeSitesDeps) {
  return async (request: SiteProposalRequest, caller: Caller): Promise<ChangeSiteOutcome> => {
    const { relocates, ...proposal } = request;
    const { network } = proposal;
    const nowMs = deps.events.now();
    const operation = 'propose-site';
    const permit = deps.decide({ person: caller.person, operation, networks: [network], nowMs });
    if (permit.kind === 'deny') return { kind: 'refused', denial: permit };
    if (!ownNetworks(deps.configuration).includes(network))
      return { kind: 'refused', denial: notOwn(deps.configuration) };
    const by = { ...byOf(caller, nowMs), siteId: deps.events.newId() };
    const apply = async (): Promise<Applied> => {
      if (relocates === undefined) return proposeSite(proposal, by);
      const from = await deps.sites.find(relocates);
      return from === undefined ? { kind: 'not-found' } : proposeSite(proposal, by, from);
    };
    return makeChange(deps, caller, { operation, permit, apply });
  };
}

/** The Chief or designee approves a proposed site or returns it with words (Policy-E). */
export function decideCameraSite(deps: ChangeSitesDeps) {
  return async (siteId: string, request: SiteDecisionRequest, caller: Caller): Promise<ChangeSiteOutcome> => {
    const nowMs = deps.events.now();
    const operation = 'decide-site';
    const asked = await deps.sites.find(siteId);
    const author = (asked && proposerOf(asked)) ?? nobody;
    const permit = deps.decide({ person: caller.person, operation, author, nowMs });
    if (permit.kind === 'deny') return { kind: 'refused', denial: permit };
    const apply = async (): Promise<Applied> => {
      const site = await deps.sites.find(siteId);
      if (site === undefined) return { kind: 'not-found' };
      const from = site.relocates && (await deps.sites.find(site.relocates.siteId));
      return decideSite(site, decisionOf(request), byOf(caller, nowMs), from);
    };
    return makeChange(deps, caller, { operation, permit, apply });
  };
}

/** The administrator records which camera stands at an approved site: its reads are admitted from then on. */
export function recordCameraInstallation(deps: ChangeSitesDeps) {
  return async (siteId: string, cameraId: string, caller: Caller): Promise<ChangeSiteOutcome> => {
    const nowMs = deps.events.now();
    const operation = 'record-installation';
    const permit = deps.decide({ person: caller.person, operation, nowMs });
    if (permit.kind === 'deny') return { kind: 'refused', denial: permit };
    const apply = async (): Promise<Applied> => {
      const site = await deps.sites.find(siteId);
      if (site === undefined) return { kind: 'not-found' };
      const camera = (await deps.cameras.find([cameraId])).get(cameraId);
      return recordInstallation(site, camera, byOf(caller, nowMs));
    };
    return makeChange(deps, caller, { operation, permit, apply });
  };
}

/** Networks of the agency that runs this system: on no other may a site be made or a camera of its own stand. */
export function ownNetworks({ department, networks }: Configuration): readonly string[] {
  return networks.filter(({ agency }) => agency === department.agencyId).map(({ id }) => id);
}

/**
 * `requested` is durable before anything changes, the sites and the registry change in one step, and `answered` with
 * the site's id is durable before the reply leaves. Whoever dies between leaves an unclosed pair in the log and the
 * step itself in the site's history.
 */
async function makeChange(
  deps: ChangeSitesDeps,
  caller: Caller,
  { operation, permit, apply }: Change,
): Promise<ChangeSiteOutcome> {
  const use = { operation, permit, queried: {}, networksInScope: [] };
  return auditedUse<ChangeSiteOutcome>(deps, caller, use, async () => {
    const outcome = await storeChange(deps.sites, apply);
    if (outcome.kind !== 'changed') return { value: outcome, counts: { changed: 0 }, resultIds: [] };
    const [site] = outcome.sites;
    return {
      value: { kind: 'changed', site },
      counts: { changed: 1, [site.state]: 1 },
      resultIds: outcome.sites.map(({ siteId }) => siteId),
    };
  });
}

async function storeChange(
  sites: ChangeSitesDeps['sites'],
  apply: Change['apply'],
): Promise<SiteChange | Exclude<ChangeSiteOutcome, { kind: 'changed' }>> {
  for (let attempt = 1; attempt <= attemptsMax; attempt++) {
    const change = await apply();
    if (change.kind === 'refused') return { kind: 'refused', denial: change };
    if (change.kind === 'not-found') return change;
    if ((await sites.store(change)) === 'stored') return change;
  }
  return { kind: 'busy' };
}

function notOwn(configuration: Configuration): SiteRefusal {
  return {
    kind: 'refused',
    because: 'policy',
    clause: 'Policy-E',
    message: 'Sites are those of the Department’s own cameras.',
    remedy: `Name one of the Department’s networks: ${ownNetworks(configuration).join(', ')}.`,
  };
}

function byOf({ person }: Caller, nowMs: number): By {
  return { username: person.username, nowMs };
}

function decisionOf(request: SiteDecisionRequest): SiteDecision {
  if (request.decision === 'return') return request;
  return { decision: 'approve', ...(request.words === undefined ? {} : { words: request.words }) };
}
