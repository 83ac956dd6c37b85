import type { CameraRecord, Position } from '../reads/camera';
import {
  approvedSite,
  proposerOf,
  type Site,
  type SiteAnalysis,
  type SiteState,
  type SiteStep,
} from './site';

export interface SiteProposal extends Position {
  readonly name: string;
  readonly network: string;
  readonly analysis: SiteAnalysis;
}

export type SiteDecision =
  | { readonly decision: 'approve'; readonly words?: string }
  | { readonly decision: 'return'; readonly words: string };

export interface By {
  readonly username: string;
  readonly nowMs: number;
}

/** What becomes of the registry row of a camera in the same step. */
export type RegistryChange =
  | { readonly kind: 'stands-at'; readonly cameraId: string; readonly site: Site }
  | { readonly kind: 'left'; readonly cameraId: string; readonly siteId: string };

export interface SiteRefusal {
  readonly kind: 'refused';
  /** `state`: the same change would have been good at another time. */
  readonly because: 'policy' | 'state';
  readonly clause: string;
  readonly message: string;
  readonly remedy: string;
}

/** All of it is stored in one step or none of it is. The first site is the one that was asked about. */
export interface SiteChange {
  readonly kind: 'changed';
  readonly sites: readonly [Site, ...Site[]];
  readonly registry?: RegistryChange;
}

export type SiteOutcome = SiteChange | SiteRefusal;

/**
 * A new site, where nothing may stand yet (Policy-E). With `from`, the camera installed there is to move here; the old
 * site stays in force until the relocation is approved, and no second relocation of it can be proposed meanwhile.
 */
export function proposeSite(
  proposal: SiteProposal,
  by: By & { readonly siteId: string },
  from?: Site,
): SiteOutcome {
  const { name, network, latitude, longitude, analysis } = proposal;
  const site: Site = {
    siteId: by.siteId,
    name,
    network,
    latitude,
    longitude,
    analysis,
    state: 'proposed',
    steps: [{ kind: 'proposed', by: by.username, atMs: by.nowMs }],
    revision: 1,
  };
  if (from === undefined) return changed([site]);
  if (from.state !== 'installed' || from.cameraId === undefined)
    return wrongState(from, 'only the camera of an installed site can be relocated');
  if (from.network !== network)
    return refused('A camera is relocated within its network.', 'Propose a site of the same network.');
  const { siteId, cameraId } = from;
  return changed([
    { ...site, relocates: { siteId, cameraId } },
    next(from, 'relocation-proposed', { kind: 'relocation-proposed', by: by.username, atMs: by.nowMs }),
  ]);
}

/**
 * The Chief's or designee's word on a proposed site (Policy-E), never by who proposed it. Approving a relocation takes
 * the approval of the old place from the camera: until it is installed at the new one, its reads are quarantined.
 */
export function decideSite(site: Site, decision: SiteDecision, by: By, from?: Site): SiteOutcome {
  if (proposerOf(site) === by.username)
    return refused('Nobody decides on a site of their own.', 'The Chief or another designee decides.');
  if (site.state !== 'proposed') return wrongState(site, 'only a proposed one can be decided on');
  const { words } = decision;
  const step = { by: by.username, atMs: by.nowMs, ...(words === undefined ? {} : { words }) };
  const isApproved = decision.decision === 'approve';
  const decided = isApproved
    ? next(site, 'approved', { kind: 'approved', ...step })
    : next(site, 'returned', { kind: 'returned', ...step });
  if (site.relocates === undefined) return changed([decided]);
  if (from?.siteId !== site.relocates.siteId)
    return wrongState(site, 'the site that it relocates is not there');
  const { cameraId, siteId } = site.relocates;
  // Its camera was retired meanwhile: nothing moves, and the proposal can only be returned.
  const isStanding = from.state === 'relocation-proposed' && from.cameraId === cameraId;
  if (!isStanding && isApproved) return wrongState(from, 'its camera no longer stands there');
  if (!isStanding) return changed([decided]);
  if (!isApproved)
    return changed([decided, next(from, 'installed', { kind: 'relocation-returned', ...step })]);
  const { cameraId: _, ...left } = from;
  return {
    ...changed([decided, next(left, 'vacated', { kind: 'vacated', ...step, cameraId })]),
    registry: { kind: 'left', cameraId, siteId },
  };
}

/** From this moment reads of the camera are admitted at this place. `camera`: as the registry knows it. */
export function recordInstallation(site: Site, camera: CameraRecord | undefined, by: By): SiteOutcome {
  if (site.state !== 'approved' || approvedSite(site) === undefined)
    return wrongState(site, 'only an approved one can be installed');
  if (camera === undefined)
    return refused('The registry has no such camera.', 'Enrol the camera first.', 'state');
  if (camera.status !== 'active') return refused('The camera is retired.', 'Enrol another one.', 'state');
  if (camera.kind !== 'fixed')
    return refused('Only fixed cameras stand at sites.', 'Name the fixed camera that was installed.');
  if (camera.network !== site.network)
    return refused('Camera and site are of different networks.', 'Name a camera of the site’s network.');
  if (camera.site !== undefined)
    return refused('The camera stands at another site.', 'Propose its relocation.', 'state');
  const { cameraId } = camera;
  if (site.relocates !== undefined && site.relocates.cameraId !== cameraId)
    return refused(
      'The site was approved for the relocation of another camera.',
      'Name the camera that it relocates.',
    );
  const step: SiteStep = { kind: 'installed', by: by.username, atMs: by.nowMs, cameraId };
  const installed = { ...next(site, 'installed', step), cameraId };
  return { ...changed([installed]), registry: { kind: 'stands-at', cameraId, site: installed } };
}

/** The site of a camera that was retired: still approved, so that another camera may stand there. */
export function withoutCamera(site: Site, by: By): Site {
  const { cameraId, ...rest } = site;
  return next(rest, 'approved', {
    kind: 'camera-removed',
    by: by.username,
    atMs: by.nowMs,
    ...(cameraId === undefined ? {} : { cameraId }),
  });
}

function next(site: Site, state: SiteState, step: SiteStep): Site {
  return { ...site, state, steps: [...site.steps, step], revision: site.revision + 1 };
}

const changed = (sites: SiteChange['sites']): SiteChange => ({ kind: 'changed', sites });

function wrongState(site: Site, what: string): SiteRefusal {
  return refused(
    `The site is ${site.state}; ${what}.`,
    'List the sites for their states, or make a new proposal.',
    'state',
  );
}

function refused(message: string, remedy: string, because: SiteRefusal['because'] = 'policy'): SiteRefusal {
  return { kind: 'refused', because, clause: 'Policy-E', message, remedy };
}
