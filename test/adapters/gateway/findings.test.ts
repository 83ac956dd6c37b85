import { apiHandler } from '../../../adapters/gateway/api-handler';
import type { Denial } from '../../../core/access/decision';
import { madePerson } from '../../core/people/made-person';
import { madeApi, madeCall, madeContext } from './made-call';

const denial: Denial = {
  kind: 'deny',
  clause: 'Policy-C',
  message: 'No.',
  remedy: 'None.',
  rules: ['reason-words'],
  policyVersion: 'v1',
};

it.each(['Policy-C', 'Access-A', 'Storage-E', 'Def'])(
  'shows a refused purpose of %s to the administrator, with the event behind it [Policy-C] [Access-A] [Storage-E]',
  async (clause) => {
    const { status, events, findings } = await refusedBy({ ...denial, clause });
    expect(status).toBe(403);
    expect(findings.raised).toMatchObject([
      {
        kind: 'prohibited-purpose',
        username: 'made-up.officer',
        role: 'officer',
        severity: 'high',
        clause,
        eventIds: [events[0]?.eventId],
      },
    ]);
  },
);

it.each([
  ['a phrase that says nothing', { clause: 'Access-E' }],
  ['a rule of the policy', { rules: ['city-ordinances'] }],
])('finds nothing amiss in a refusal for %s', async (_, facts) => {
  expect((await refusedBy({ ...denial, ...facts })).findings.raised).toEqual([]);
});

it('raises a finding only once the refusal is durable', async () => {
  const { status, findings } = await refusedBy(denial, { isAuditDown: true });
  expect(status).toBe(503);
  expect(findings.raised).toEqual([]);
});

it('refuses all the same where the finding cannot be raised, counts and reports it', async () => {
  const { status, events, figures, reports } = await refusedBy(denial, { isSinkDown: true });
  expect(status).toBe(403);
  expect(events).toHaveLength(1);
  expect(figures).toEqual(['FindingsUnraised 1']);
  expect(reports).toMatchObject([{ requestId: '00000000-0000-4000-8000-000000000001' }]);
});

it('counts and finds a request on which the policy cannot be evaluated, once for a user, operation and day', async () => {
  const undecidable = { ...denial, clause: 'Access-C', rules: [], isUndecidable: true } as const;
  const { status, figures, findings } = await refusedBy(undecidable);
  expect(status).toBe(403);
  expect(figures).toEqual(['PolicyUndecidable 1']);
  expect(findings.raised).toMatchObject([
    { kind: 'policy-undecidable', cause: 'list-quarantine 2026-11-24', severity: 'low' },
  ]);
});

async function refusedBy(
  by: Denial,
  { isAuditDown = false, isSinkDown = false }: { isAuditDown?: boolean; isSinkDown?: boolean } = {},
) {
  const api = madeApi([madePerson()]);
  api.audit.isDown = isAuditDown;
  api.findings.isDown = isSinkDown;
  const handle = async () => ({ kind: 'refused', denial: by }) as const;
  const handler = apiHandler({ operation: 'list-quarantine', deps: api.deps, handle });
  const { statusCode: status } = await handler(madeCall(), madeContext());
  return { ...api, status };
}
