import type { ReportFile, ReportFiles } from '../../adapters/reports/report-files';
import type { AuditEvent } from '../../core/audit/event';
import {
  daysBackMax,
  type PublishDayDeps,
  type PublishedCheckpoint,
  publishDay,
  publishedBefore,
} from '../../core/audit/log/publish-day';
import { stepText } from '../../core/audit/log/verifier/proof-files';
import type { Counters } from '../counters';

export interface PublishCheckpointDeps extends PublishDayDeps {
  readonly events: (range: { fromMs: number; toMs: number }) => AsyncIterable<AuditEvent>;
  readonly files: Pick<ReportFiles, 'put'>;
  /** Absent where the portal is out of this account's reach. */
  readonly portal?: Pick<ReportFiles, 'put'> | undefined;
  readonly counters: Counters;
}

/** Draws are looked for this far back, so that a run that failed is made up for by a later one. */
const drawsBackMs = 3 * 86_400_000;

/**
 * Publishes the checkpoint of today, the list of the days, the log's key, and the records of draws, for anybody to check
 * without an account. Each run of a day writes the same; the first one decides. The newest checkpoint comes last: whoever
 * reads it finds the days that it refers to.
 */
export function makeHandler(deps: PublishCheckpointDeps) {
  return async (): Promise<{ readonly day?: string }> => {
    const today = await publishDay(deps);
    deps.counters.gauge('DaysUnpublished', today === undefined ? 1 : 0);
    if (today === undefined) return {};
    deps.counters.gauge('WitnessesSilent', today.silent.length);
    const before = await publishedBefore(deps, today.day, daysBackMax);
    for (const file of await filesOf(deps, [today, ...before])) await put(deps, file);
    return { day: today.day };
  };
}

async function filesOf(
  deps: PublishCheckpointDeps,
  days: readonly [PublishedCheckpoint, ...PublishedCheckpoint[]],
): Promise<readonly ReportFile[]> {
  const [today] = days;
  const draws = await drawsOf(deps);
  return [
    text('log/key', `${await deps.verifierKey()}\n`),
    ...draws,
    text(`log/days/${today.day}`, dayFile(today)),
    {
      name: 'log/days.json',
      contentType: 'application/json',
      body: JSON.stringify(days.map(dayLine), null, 2),
    },
    text('log/checkpoint', today.checkpoint),
  ];
}

/** The request of C2SP tlog-witness: a checkpoint and the proof that it continues the one published before. */
function dayFile({ older, proof, checkpoint }: PublishedCheckpoint): string {
  const path = proof.map((each) => Buffer.from(each, 'base64'));
  return stepText({ olderSize: older?.size ?? 0, path, checkpoint });
}

function dayLine({ day, size, rootHash, witnesses, older }: PublishedCheckpoint) {
  return { day, size, rootHash, witnesses, ...(older === undefined ? {} : { older: older.day }) };
}

async function drawsOf({ events, now }: PublishCheckpointDeps): Promise<readonly ReportFile[]> {
  const files: ReportFile[] = [];
  for await (const event of events({ fromMs: now() - drawsBackMs, toMs: now() }))
    if (event.kind === 'leaves-drawn')
      files.push({
        name: `log/draws/${event.record.day}-${event.eventId}.json`,
        contentType: 'application/json',
        body: JSON.stringify({ drawnAtMs: event.atMs, ...event.record }, null, 2),
      });
  return files;
}

async function put({ files, portal }: PublishCheckpointDeps, file: ReportFile): Promise<void> {
  await files.put({ ...file, name: `public/${file.name}` });
  await portal?.put(file);
}

const text = (name: string, body: string): ReportFile => ({
  name,
  contentType: 'text/plain; charset=utf-8',
  body,
});
