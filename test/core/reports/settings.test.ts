import type { AuditEvent } from '../../../core/audit/event';
import { MonthTally } from '../../../core/reports/month-log';
import { settingsPlace } from '../../../core/reports/settings';
import { captureDay } from '../../../core/retention/day';
import { noteSettings } from '../../../lambdas/report-month/note-settings';
import { madeConfiguration } from '../contract/made-configuration';

const log = new Map<string, AuditEvent>();
const key = ({ atMs, eventId }: { readonly atMs: number; readonly eventId: string }) => `${atMs}#${eventId}`;
const note = (at: string, retentionDays: number) =>
  noteSettings({
    configuration: { ...madeConfiguration(), retentionDays },
    known: { find: async (place) => log.get(key(place)) },
    onceAudit: { appendOnce: async (event) => void log.set(key(event), event) },
    now: () => Date.parse(at),
  });
const changedOn = (day: string) => {
  const found = log.get(key(settingsPlace(captureDay(Date.parse(day)))));
  return found?.kind === 'settings-noted' ? found.changed : undefined;
};

beforeEach(() => log.clear());

it('notes once a day which parts of the settings were changed, though days without a run lie between [Acct-A]', async () => {
  await note('2026-11-02T02:45:00Z', 30);
  await note('2026-11-05T02:45:00Z', 20);
  await note('2026-11-05T12:00:00Z', 10);
  expect(log.size).toBe(2);
  expect(changedOn('2026-11-02')).toEqual([]);
  expect(changedOn('2026-11-05')).toEqual(['retentionDays']);
  await note('2026-11-06T02:45:00Z', 10);
  expect(changedOn('2026-11-06')).toEqual(['retentionDays']);
  await note('2026-11-07T02:45:00Z', 10);
  expect(changedOn('2026-11-07')).toEqual([]);

  const tally = new MonthTally(Date.parse('2026-12-01T06:00:00Z'));
  for (const event of log.values()) tally.add(event);
  expect(tally.finish().settings).toEqual({ retentionDays: 2 });
});

it('says nothing of what a setting is, but its hash', async () => {
  await note('2026-11-02T02:45:00Z', 30);
  expect(JSON.stringify([...log.values()])).not.toContain('Bloomington');
});
