import type { FindingAnswer } from '../contract/findings';
import type { Finding } from './finding';

/** A finding as the API answers it. */
export function findingAnswer(finding: Finding): FindingAnswer {
  const { role: _, eventTimesMs: __, raisedAtMs, decision, eventIds, ...rest } = finding;
  return {
    ...rest,
    eventIds: [...eventIds],
    raisedAt: iso(raisedAtMs),
    state: decision?.outcome ?? 'open',
    ...(decision === undefined
      ? {}
      : { decidedBy: decision.by, decidedAt: iso(decision.atMs), words: decision.words }),
  };
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}
