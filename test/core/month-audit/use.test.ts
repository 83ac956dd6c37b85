import type { AuditFacts } from '../../../core/audit/event';
import type { CaseNumbers } from '../../../core/cases/ports';
import { isFiled, useOf } from '../../../core/month-audit/use';
import { eventMaker, madeId, officer, permit } from '../reports/made-month';

const deliveredAtMs = Date.parse('2026-11-30T00:00:00Z');
const cases: CaseNumbers = {
  kind: 'delivered',
  deliveredAtMs,
  count: 1,
  has: ({ kind, text }) => kind === 'case-number' && text === '2026-0012345',
};
const make = eventMaker();
type Requested = Extract<AuditFacts, { kind: 'requested' }>;

function used(facts: Partial<Requested>, known: CaseNumbers = cases, at = '2026-11-03T15:00:00Z') {
  const event = make(at, {
    kind: 'requested',
    actor: officer,
    operation: 'search-reads',
    requestId: madeId(1),
    queried: { plate: 'TEST123' },
    networksInScope: [],
    purpose: { kind: 'felony' },
    reason: { kind: 'case-number', caseNumber: '2026-0012345' },
    decision: { ...permit, rules: [...permit.rules] },
    ...facts,
  });
  if (event.kind !== 'requested') throw new Error('no request');
  return useOf(event, known);
}

it.each(['TEST123', 'test 123', 'TEST-123'])('takes %s for one plate', (plate) => {
  expect(used({ queried: { plate } })?.plate).toBe('TEST123');
});

it('takes the same cameras in another order for one place, and others for another', () => {
  const place = (cameras: string[]) =>
    used({
      queried: {
        place: {
          kind: 'cameras',
          cameras: cameras.map((cameraId) => ({ network: 'bloomington', cameraId })),
        },
      },
    })?.place;
  expect(place(['a', 'b'])).toBe(place(['b', 'a']));
  expect(place(['a', 'b'])).not.toBe(place(['a', 'c']));
});

it('takes a further page, an administrative search and any other use for no search of its own', () => {
  expect(used({ queried: { plate: 'TEST123', searchId: madeId(2), page: 2 } })).toBeUndefined();
  expect(used({ purpose: { kind: 'administrative' } })).toBeUndefined();
  expect(used({ operation: 'list-alerts' })).toBeUndefined();
});

it('says of a number whether it stands; one given out after the delivery is not doubted [Access-E]', () => {
  const reason = { kind: 'case-number', caseNumber: '2026-9999999' } as const;
  const filed = (use: ReturnType<typeof used>) => use && [use.numberStands, isFiled(use)];
  expect(filed(used({}))).toEqual(['known', true]);
  expect(filed(used({ reason }))).toEqual(['unknown', false]);
  const slip = (caseNumber: string) => filed(used({ reason: { kind: 'case-number', caseNumber } }));
  expect(slip('2026-0012346')).toEqual(['mistyped', false]);
  expect(slip('2026-0012354')).toEqual(['mistyped', false]);
  expect(filed(used({ reason }, cases, '2026-11-30T12:00:00Z'))).toEqual(['unasked', true]);
  expect(filed(used({ reason }, { kind: 'not-configured' }))).toEqual(['unasked', true]);
  expect(filed(used({ reason: { kind: 'phrase', phrase: 'Stolen Vehicle' } }))).toEqual([undefined, false]);
});
