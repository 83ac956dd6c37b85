import type { ApprovedSite, Position } from '../reads/camera';

export const siteStates = [
  'proposed',
  'returned',
  'approved',
  'installed',
  /** Still in force: its camera is proposed to move elsewhere. */
  'relocation-proposed',
  'vacated',
] as const;
export type SiteState = (typeof siteStates)[number];

export const siteStepKinds = [
  'proposed',
  'approved',
  'returned',
  'installed',
  'relocation-proposed',
  'relocation-returned',
  'camera-removed',
  'vacated',
] as const;

/** Who did or decided what with a site, and when. */
export interface SiteStep {
  readonly kind: (typeof siteStepKinds)[number];
  readonly by: string;
  readonly atMs: number;
  /** What the one who decided says about it. */
  readonly words?: string;
  readonly cameraId?: string;
}

/** The multi-point analysis that a site is chosen by (Policy-E). */
export interface SiteAnalysis {
  /** First and last day that the figures speak of. */
  readonly period: { readonly from: string; readonly to: string };
  /** Where the figures come from. */
  readonly source: string;
  readonly incidents: number;
  readonly history: string;
  readonly violentCrimesPerSquareMile: number;
  readonly crashes: number;
}

/** A place for a fixed camera. A relocation is a site of its own that names the one it relocates. */
export interface Site extends Position {
  readonly siteId: string;
  readonly name: string;
  readonly network: string;
  readonly analysis: SiteAnalysis;
  readonly state: SiteState;
  /** Oldest first; a step is never taken away. */
  readonly steps: readonly SiteStep[];
  /** The site whose camera is to move here, and that camera. */
  readonly relocates?: { readonly siteId: string; readonly cameraId: string };
  /** The camera that stands here. */
  readonly cameraId?: string;
  /** Raised by each change; a change is stored only on the revision it was decided on. */
  readonly revision: number;
}

/** The site as the registry of cameras holds it; `undefined` while nobody has approved it. */
export function approvedSite(site: Site): ApprovedSite | undefined {
  const approval = site.steps.find((step) => step.kind === 'approved');
  if (approval === undefined) return undefined;
  const { siteId, latitude, longitude } = site;
  return { siteId, latitude, longitude, approvedBy: approval.by, approvedAtMs: approval.atMs };
}

/** Who proposed the site: the one who may not decide on it. */
export function proposerOf(site: Site): string | undefined {
  return site.steps.find((step) => step.kind === 'proposed')?.by;
}
