import type { ReleaseAnswer } from '../../contract/releases';
import type { ReleaseTo } from './recipient';

export const releaseStates = ['requested', 'released', 'declined'] as const;
export type ReleaseState = (typeof releaseStates)[number];

/** A release of one piece of evidence outside law enforcement (Access-F): asked for by one person, decided by another. */
export interface Release extends ReleaseTo {
  readonly releaseId: string;
  readonly evidenceId: string;
  readonly state: ReleaseState;
  readonly requestedBy: string;
  readonly requestedAtMs: number;
  readonly decision?: { readonly by: string; readonly atMs: number; readonly words?: string };
}

export function releaseAnswer(release: Release): ReleaseAnswer {
  const { releaseId, evidenceId, recipient, authority, state, requestedBy, requestedAtMs, decision } =
    release;
  return {
    releaseId,
    evidenceId,
    recipient: { ...recipient },
    authority: { ...authority },
    state,
    requestedBy,
    requestedAt: new Date(requestedAtMs).toISOString(),
    ...(decision === undefined
      ? {}
      : { decidedBy: decision.by, decidedAt: new Date(decision.atMs).toISOString() }),
    ...(decision?.words === undefined ? {} : { words: decision.words }),
  };
}
