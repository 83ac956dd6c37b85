import { type AuditEvent, newEvent, parseEvent } from '../../../core/audit/event';
import { unclosedPairs } from '../../../core/audit/unclosed';

const id = (last: number) => `00000000-0000-4000-8000-${String(last).padStart(12, '0')}`;
const actor = {
  kind: 'person',
  username: 'made-up.officer',
  agency: 'bloomington-pd',
  role: 'officer',
  division: 'patrol',
} as const;

it('stamps time and id, and reads back what it wrote', () => {
  const event = newEvent(
    { now: () => 1_790_000_000_000, newId: () => id(1) },
    {
      kind: 'day-forgotten',
      actor: { kind: 'system', name: 'forget-day' },
      day: '2026-10-25',
      forgottenAtMs: 1_790_000_000_000,
    },
  );
  expect(event).toMatchObject({ version: 1, eventId: id(1), atMs: 1_790_000_000_000 });
  expect(parseEvent(JSON.parse(JSON.stringify(event)))).toEqual(event);
});

it('refuses an event with a field that it does not know', () => {
  const event = { ...requested(1, 5), note: 'surprise' };
  expect(() => parseEvent(event)).toThrow();
});

it('finds requests that were never answered, in any order of arrival', () => {
  const events = [answered(2, 9), requested(3, 8), requested(1, 5), requested(2, 7), requested(1, 5)];
  expect(unclosedPairs(events).map((pair) => [pair.requestId, pair.atMs])).toEqual([
    [id(1), 5],
    [id(3), 8],
  ]);
});

function requested(request: number, atMs: number): AuditEvent {
  return {
    kind: 'requested',
    version: 1,
    eventId: id(100 + request),
    atMs,
    actor,
    operation: 'search-reads',
    requestId: id(request),
    queried: {},
    networksInScope: [],
    decision: { outcome: 'permit', rules: [] },
  };
}

function answered(request: number, atMs: number): AuditEvent {
  return {
    kind: 'answered',
    version: 1,
    eventId: id(200 + request),
    atMs,
    actor,
    operation: 'search-reads',
    requestId: id(request),
    counts: {},
    resultIds: [],
  };
}
