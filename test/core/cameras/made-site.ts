import type { Site, SiteAnalysis } from '../../../core/cameras/site';
import { proposeSite, type SiteChange, type SiteOutcome } from '../../../core/cameras/site-life-cycle';
import type { CameraRecord } from '../../../core/reads/camera';

export const madeAnalysis: SiteAnalysis = {
  period: { from: '2025-11-01', to: '2026-10-31' },
  source: 'made-up records management extract',
  incidents: 41,
  history: 'Two made-up armed robberies and a made-up pursuit in the year.',
  violentCrimesPerSquareMile: 12.5,
  crashes: 17,
};

export const siteIds = {
  courthouse: '00000000-0000-4000-8000-0000000000c1',
  underpass: '00000000-0000-4000-8000-0000000000c2',
} as const;

export const ciau = { username: 'made-up.analyst', nowMs: 1_000 };
export const chief = { username: 'made-up.chief', nowMs: 2_000 };
export const administrator = { username: 'made-up.administrator', nowMs: 3_000 };

export function madeProposal(changes: { siteId?: string; from?: Site } = {}): SiteChange {
  const { siteId = siteIds.courthouse, from } = changes;
  const place = { latitude: 40.4795, longitude: -88.9938 };
  return changeOf(
    proposeSite(
      { name: 'Made-up corner', network: 'bloomington', ...place, analysis: madeAnalysis },
      { ...ciau, siteId },
      from,
    ),
  );
}

export function madeCamera(changes: Partial<CameraRecord> = {}): CameraRecord {
  return {
    cameraId: 'fixed-1',
    network: 'bloomington',
    kind: 'fixed',
    publicKeyPem: 'made-up key',
    status: 'active',
    ...changes,
  };
}

export function changeOf(outcome: SiteOutcome): SiteChange {
  if (outcome.kind === 'changed') return outcome;
  throw new Error(`refused: ${outcome.message}`);
}
