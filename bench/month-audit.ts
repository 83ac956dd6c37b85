import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parseEvent } from '../core/audit/event';
import { parseConfiguration } from '../core/contract/configuration';
import { UserAuditTally } from '../core/month-audit/user-audit';
import { monthRange, parseReportMonth } from '../core/reports/month';

/**
 * What auditing a month of a million events costs, parsed from their stored text as `audit-month` does, and the weeks
 * before it as many again. It runs with 800 MiB of heap, so that the highest memory is what is needed and not what a
 * machine with more lets lie about.
 */
const eventsOfMonth = 1_000_000;
const usersCount = 300;

const file = path.join(__dirname, '../config/bloomington.json');
const configuration = parseConfiguration(JSON.parse(readFileSync(file, 'utf8')));
const month = parseReportMonth('2027-03');
if (month === undefined) throw new Error('no month');
const { fromMs, toMs } = monthRange(month, configuration.department.timeZone);
const tally = new UserAuditTally({
  fromMs,
  toMs,
  configuration,
  people: [],
  cases: { kind: 'delivered', deliveredAtMs: toMs, count: 1, has: () => true },
});

let highest = 0;
const started = process.cpuUsage();
for (const [from, to] of [
  [fromMs - (toMs - fromMs), fromMs],
  [fromMs, toMs],
] as const)
  for (let at = 0; at < eventsOfMonth; at += 2) {
    const atMs = from + Math.floor(((to - from) * at) / eventsOfMonth);
    for (const text of pair(at, atMs)) tally.add(parseEvent(JSON.parse(text)));
    if (at % 50_000 === 0) highest = Math.max(highest, process.memoryUsage.rss());
  }
const audit = tally.finish(month);
highest = Math.max(highest, process.memoryUsage.rss());
console.log(
  `${audit.range.events} events of ${usersCount} users: ${cpuSeconds().toFixed(1)} s of processor time, ${Math.round(highest / 1e6)} MB at most, ${audit.findings.length} findings, ${audit.usesUnkept} uses not kept`,
);

function cpuSeconds(): number {
  const { user, system } = process.cpuUsage(started);
  return (user + system) / 1e6;
}

/** Both events of a search, as they are stored. */
function pair(at: number, atMs: number): readonly string[] {
  const id = (kind: number) => `51a7e000-0000-4000-${8000 + kind}-${String(atMs % 1e12).padStart(12, '0')}`;
  const user = at % usersCount;
  const common = {
    version: 1,
    actor: {
      kind: 'person',
      username: `user-${user}`,
      agency: 'made-up',
      role: 'officer',
      division: 'patrol',
    },
    operation: 'search-reads',
    device: { address: '203.0.113.7', sessionId: `session-${user}`, proven: 'department-console' },
    requestId: id(1),
  };
  const reason =
    at % 6 === 0
      ? { kind: 'phrase', phrase: `Robbery at the bank number ${at}` }
      : { kind: 'case-number', caseNumber: `2027-${String(at % 90_000).padStart(7, '0')}` };
  const events: readonly unknown[] = [
    {
      ...common,
      kind: 'requested',
      eventId: id(2),
      atMs,
      queried: { plate: `B${((at * 2_654_435_761) % 9_999_991).toString(36)}` },
      networksInScope: ['bloomington'],
      purpose: { kind: 'felony' },
      reason,
      decision: { outcome: 'permit', rules: ['search'] },
    },
    { ...common, kind: 'answered', eventId: id(3), atMs: atMs + 1, counts: { reads: 3 }, resultIds: [] },
  ];
  return events.map((event) => JSON.stringify(event));
}
