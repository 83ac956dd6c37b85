import { DeleteTableCommand } from '@aws-sdk/client-dynamodb';
import { StoredFindings } from '../../../adapters/findings/findings';
import { StoredMonthAudits } from '../../../adapters/month-audits/month-audits';
import { usersOfAudit } from '../../../adapters/month-audits/stored-audit';
import type { AuditEvent } from '../../../core/audit/event';
import { makeFindingSink } from '../../../core/findings/raise-finding';
import type { AuditNotices } from '../../../core/month-audit/ports';
import { AuditMonthError, makeHandler } from '../../../lambdas/audit-month/handler';
import type { TestDynamo } from '../../adapters/dynoxide';
import { emptyTables, startPeopleTables } from '../../adapters/people/made-people';
import { madeConfiguration } from '../../core/contract/made-configuration';
import { madeRecord } from '../../core/people/made-record';
import { madeMonth, novemberEvents } from '../../core/reports/made-month';
import { createAudits, madeFiles } from '../manage-audits/made-audits';
import { recordedCounters } from '../recorded';

const dayMs = 86_400_000;
const dueMs = Date.parse('2026-12-01T12:00:00Z');
const november = madeMonth('2026-11');

let local: TestDynamo;
beforeAll(async () => {
  local = await startPeopleTables();
});
afterAll(() => local.stop());

/** `failAt`: the n-th effect of a run, from 1, fails: before it is done, or after. */
async function setUp(table: string) {
  const { dynamo } = local;
  const log = new Map<string, AuditEvent>();
  const notices: Parameters<AuditNotices['publish']>[0][] = [];
  const files = madeFiles();
  const audits = new StoredMonthAudits({ dynamo, table });
  const findings = new StoredFindings({ dynamo, table: 'Findings' });
  const run = (options: { nowMs?: number; failAt?: number; isDone?: boolean; month?: string } = {}) => {
    let effects = 0;
    const effect = async <Value>(work: () => Promise<Value>): Promise<Value> => {
      const fails = ++effects === options.failAt;
      if (fails && !options.isDone) throw new Error('made-up failure');
      const value = await work();
      if (fails) throw new Error('made-up failure');
      return value;
    };
    const { counters, figures } = recordedCounters();
    const onceAudit = {
      appendOnce: (event: AuditEvent) =>
        effect(async () => void (log.has(event.eventId) || log.set(event.eventId, event))),
    };
    const sink = makeFindingSink({ findings, onceAudit: { appendOnce: async () => {} }, now: () => dueMs });
    const handler = makeHandler({
      configuration: madeConfiguration(),
      events: async function* ({ fromMs, toMs }) {
        yield* novemberEvents().filter(({ atMs }) => atMs >= fromMs && atMs < toMs);
      },
      people: { list: async () => [madeRecord({ username: 'officer-made-up', training: new Map() })] },
      cases: { read: async () => ({ kind: 'not-configured' }) },
      files: { put: (file) => effect(() => files.put(file)) },
      findings: { raise: (cause) => effect(() => sink.raise(cause)) },
      audits: {
        find: (month) => audits.find(month),
        list: () => audits.list(),
        putNew: (record) => effect(() => audits.putNew(record)),
        note: (month, what, atMs) => effect(() => audits.note(month, what, atMs)),
      },
      onceAudit,
      notices: { publish: (notice) => effect(async () => void notices.push(notice)) },
      counters,
      now: () => options.nowMs ?? dueMs,
    });
    return {
      done: handler(options.month === undefined ? {} : { month: options.month }),
      figures,
      effects: () => effects,
    };
  };
  return { run, log, notices, files, audits, findings };
}

it('stores the user audit, raises each finding, records both and tells the Chief without a name [Acct-A]', async () => {
  await createAudits(local);
  const { run, log, notices, files, audits, findings } = await setUp('Audits');
  await run().done;
  const record = await audits.find(november);
  expect(record).toMatchObject({ month: '2026-11', findings: { low: 4, medium: 0, high: 1 } });
  const [[name, body] = ['', '']] = files.stored;
  expect(name).toBe(record?.file);
  expect(usersOfAudit(body).map(({ username }) => username)).toEqual(
    expect.arrayContaining(['detective-made-up', 'officer-made-up']),
  );
  const open = await findings.newest('open', 50);
  expect(open.map(({ findingId }) => findingId).sort()).toEqual([...(record?.findingIds ?? [])].sort());
  expect(open.every(({ month }) => month === november)).toBe(true);
  expect([...log.values()]).toMatchObject([
    { kind: 'month-audited', month: '2026-11', sha256: record?.sha256 },
  ]);
  expect(notices).toEqual([{ kind: 'month-audited', month: '2026-11', findings: record?.findings }]);
});

it('audits a month once, and tells once, when nobody attests it in time [Acct-A]', async () => {
  const { run, log, notices } = await setUp('Audits');
  await run({ nowMs: dueMs + 13 * dayMs }).done;
  expect(notices).toEqual([]);
  const overdue = run({ nowMs: dueMs + 14 * dayMs });
  await overdue.done;
  expect(overdue.figures).toEqual(['MonthAuditsOverdue 1']);
  await run({ nowMs: dueMs + 15 * dayMs }).done;
  expect(notices).toMatchObject([{ kind: 'month-audit-overdue', month: '2026-11' }]);
  expect([...log.values()].map(({ kind }) => kind)).toEqual(['month-audit-overdue']);
});

it('is quiet about a month that was attested', async () => {
  const { run, notices, audits } = await setUp('Audits');
  const words = 'For a made-up reason.';
  await audits.attest(november, {
    by: 'made-up.administrator',
    atMs: dueMs,
    words,
    recordSha256: 'aa',
    outcomes: {},
  });
  const later = run({ nowMs: dueMs + 16 * dayMs });
  await later.done;
  expect(later.figures).toEqual(['MonthAuditsOverdue 0']);
  expect(notices).toEqual([]);
});

it.each(['2027-01', 'November', '2026-13'])('refuses %s', async (month) => {
  const { run } = await setUp('Audits');
  await expect(run({ month }).done).rejects.toThrow(AuditMonthError);
});

async function emptied(): Promise<void> {
  await emptyTables(local);
  await local.dynamo.send(new DeleteTableCommand({ TableName: 'Audits' }));
  await createAudits(local);
}

/** A file, five findings, the record, the event, the notice, the note. */
const effects = Array.from({ length: 10 }, (_, at) => at + 1);

it.each(effects.flatMap((failAt) => [false, true].map((isDone) => ({ failAt, isDone }))))(
  'ends with one record, one event and each finding once after dying at effect $failAt (done: $isDone)',
  async ({ failAt, isDone }) => {
    await emptied();
    const { run, log, notices, audits, findings } = await setUp('Audits');
    await expect(run({ failAt, isDone }).done).rejects.toThrow('made-up failure');
    await run().done;
    const record = await audits.find(november);
    expect(record?.findingIds).toHaveLength(5);
    expect(await findings.newest('open', 50)).toHaveLength(5);
    expect([...log.values()].map(({ kind }) => kind)).toEqual(['month-audited']);
    expect(notices.length).toBeLessThanOrEqual(2);
    expect(notices.length).toBeGreaterThanOrEqual(1);
  },
);
