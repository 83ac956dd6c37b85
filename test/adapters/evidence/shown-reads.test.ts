import { StoredAuditLog } from '../../../adapters/audit/audit-log';
import { AuditedShownReads } from '../../../adapters/evidence/shown-reads';
import { type AuditFacts, newEvent } from '../../../core/audit/event';
import { actorOf } from '../../../core/audit/facts';
import { madePerson } from '../../core/people/made-person';
import { nowMs } from '../gateway/made-call';
import type { LocalDynamo } from '../local-dynamo';
import { startEvidenceTables } from './made-store';

const readId = '0b0c3a52-6a5e-4d0e-9a53-3c54a7c5a001';
const other = '0b0c3a52-6a5e-4d0e-9a53-3c54a7c5a002';
const id = '00000000-0000-4000-8000-000000000001';
const actor = actorOf(madePerson({ username: 'made-up.detective' }));
const decision = { outcome: 'permit' as const, rules: [] };
const searched = (resultIds: string[]): AuditFacts => ({
  kind: 'answered',
  actor,
  operation: 'search-reads',
  requestId: id,
  counts: {},
  resultIds,
});

let local: LocalDynamo;
beforeEach(async () => {
  local = await startEvidenceTables();
});
afterEach(() => local.stop());

async function shownAfter(facts: AuditFacts, agoMs = 0, username = 'made-up.detective') {
  const source = { now: () => nowMs - agoMs, newId: () => id };
  const log = new StoredAuditLog({ dynamo: local.dynamo, table: 'AuditEvents' });
  await log.append(newEvent(source, facts));
  const shown = new AuditedShownReads({ dynamo: local.dynamo, table: 'AuditEvents' });
  return shown.wasShown({ username, readId, nowMs });
}

it.each([
  ['an answered search', searched([other, readId])],
  [
    'a fetched image',
    {
      kind: 'image-fetched',
      actor,
      operation: 'fetch-image',
      searchId: id,
      readId,
      image: 'plate',
      network: 'bloomington',
      decision,
    },
  ],
  [
    'an alert sent to them',
    {
      kind: 'alert-sent',
      actor,
      operation: 'issue-ticket',
      deliveryId: id,
      alertId: id,
      readId,
      network: 'bloomington',
      decision,
    },
  ],
] satisfies [string, AuditFacts][])('was shown by %s', async (_, facts) => {
  expect(await shownAfter(facts)).toBe(true);
});

it.each([
  ['a search that found another read', searched([other])],
  [
    'a request for its evidence that was refused',
    {
      kind: 'refused',
      actor,
      operation: 'take-evidence',
      queried: { readId },
      decision: { ...decision, outcome: 'deny' },
    },
  ],
  [
    'an alert that was raised and sent to nobody',
    {
      kind: 'alert-raised',
      actor: { kind: 'system', name: 'match-reads' },
      alertId: id,
      readId,
      network: 'bloomington',
    },
  ],
] satisfies [string, AuditFacts][])('was not shown by %s [Access-E]', async (_, facts) => {
  expect(await shownAfter(facts)).toBe(false);
});

it('was not shown to a colleague [Access-E]', async () => {
  expect(await shownAfter(searched([readId]), 0, 'made-up.officer')).toBe(false);
});

it('was shown until twelve hours ago, and not longer [Access-E]', async () => {
  expect(await shownAfter(searched([readId]), 12 * 3_600_000 - 1)).toBe(true);
});

it('was not shown more than twelve hours ago [Access-E]', async () => {
  expect(await shownAfter(searched([readId]), 12 * 3_600_000)).toBe(false);
});
