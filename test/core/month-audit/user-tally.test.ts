import { UserTallies } from '../../../core/month-audit/user-tally';
import { novemberEvents } from '../reports/made-month';

const toMs = Date.parse('2026-12-01T06:00:00Z');

function usersOf(events: ReturnType<typeof novemberEvents>) {
  const tally = new UserTallies();
  for (const event of events) if (event.atMs < toMs) tally.add(event);
  return tally.all();
}

it('tells what each user did, and nothing of what was searched [Acct-A]', () => {
  const users = usersOf(novemberEvents());
  expect(JSON.stringify(users)).not.toMatch(/TEST|0012345|justification/);
  expect(users.map(({ username }) => username)).toEqual([
    'detective-made-up',
    'officer-made-up',
    'stranger-made-up',
  ]);
  expect(users[1]).toEqual({
    username: 'officer-made-up',
    roles: ['officer'],
    agencies: ['bloomington-pd'],
    divisions: ['patrol'],
    searches: 8,
    searchesByPurpose: { exigent: 1, felony: 7 },
    searchesByReason: { 'case-number': 8 },
    readsShown: 14,
    imagesFetched: 2,
    otherUses: {},
    refusals: { 'Policy-C': 1 },
    hotListChanges: {},
    alertsSent: 0,
    alertsVerified: { verified: 2 },
    dispositions: { stopped: 1 },
  });
});
