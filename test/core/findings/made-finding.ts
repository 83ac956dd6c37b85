import type { Finding, FindingCause } from '../../../core/findings/finding';

export const madeCause: FindingCause = {
  kind: 'shared-account',
  cause: 'made-up-session-1 made-up-session-2',
  username: 'made-up.officer',
  role: 'officer',
  severity: 'medium',
  clause: 'Access-C',
  summary: 'One account was used from two places at once.',
  eventIds: ['00000000-0000-4000-8000-00000000e001'],
};

/** An open finding about a made-up officer. */
export function madeFinding(facts: Partial<Finding> = {}): Finding {
  const { cause: _, ...rest } = madeCause;
  return {
    ...rest,
    findingId: '00000000-0000-4000-8000-00000000f001',
    raisedAtMs: Date.parse('2026-11-24T08:00:00Z'),
    ...facts,
  };
}

/** The id of one of several. */
export function findingId(at: number): string {
  return `00000000-0000-4000-8000-${String(at).padStart(12, '0')}`;
}
