import { createHash } from 'node:crypto';
import type { ReportFiles } from '../../adapters/reports/report-files';
import { newEvent } from '../../core/audit/event';
import { sizeNamedBy } from '../../core/audit/log/checkpoint';
import type { OpenedEvent } from '../../core/audit/log/verifier/check-event';
import type { Subtree } from '../../core/audit/log/verifier/proofs';
import type { OnceAuditLog } from '../../core/audit/ports';
import type { Finding } from '../../core/findings/finding';
import type { Findings } from '../../core/findings/ports';
import { hashedUuid } from '../../core/hashed-uuid';
import { incidentFile } from '../../core/incidents/incident-file';
import type { IncidentPackage, IncidentPackages } from '../../core/incidents/ports';
import type { Counters } from '../counters';

export interface PackageIncidentsDeps {
  readonly packages: Pick<IncidentPackages, 'list' | 'finish'>;
  readonly findings: Pick<Findings, 'find'>;
  readonly checkpoint: () => Promise<string | undefined>;
  readonly opened: (place: { atMs: number; eventId: string }) => Promise<OpenedEvent | undefined>;
  readonly subtrees: (size: number, indexes: readonly number[]) => Promise<Subtree>;
  readonly files: Pick<ReportFiles, 'put'>;
  readonly onceAudit: OnceAuditLog;
  readonly counters: Counters;
  readonly now: () => number;
}

const perRunMax = 10;
/** An event is sealed within two minutes; what is not by then is told as missing. */
const sealedWithinMs = 10 * 60_000;

/**
 * Run every few minutes: puts together what was asked for, once all of it is sealed. The file is stored first, then the
 * event that has its hash, then the row: whoever dies between makes the file again of the same events; the event that
 * stands is the first.
 */
export function makeHandler(deps: PackageIncidentsDeps) {
  return async (): Promise<void> => {
    const waiting = (await deps.packages.list()).filter(({ made }) => made === undefined);
    let made = 0;
    for (const each of waiting.slice(-perRunMax)) if (await packaged(deps, each)) made++;
    deps.counters.count('IncidentsPackaged', made);
  };
}

async function packaged(deps: PackageIncidentsDeps, asked: IncidentPackage): Promise<boolean> {
  const { findingId, requestedAtMs } = asked;
  const finding = await deps.findings.find(findingId);
  const text = await deps.checkpoint();
  const size = text === undefined ? undefined : sizeNamedBy(text);
  if (finding === undefined || text === undefined || size === undefined) return false;
  const { events, missing } = await openedEvents(deps, finding, size);
  if (missing.length > 0 && deps.now() - requestedAtMs < sealedWithinMs) return false;
  const subtree = await deps.subtrees(
    size,
    events.map(({ logIndex }) => logIndex),
  );
  const body = incidentFile({ finding, events, missing, checkpoint: { text, size }, subtree });
  const sha256 = createHash('sha256').update(body, 'utf8').digest('hex');
  const file = `incidents/${findingId}/${sha256.slice(0, 16)}.json`;
  await deps.files.put({ name: file, contentType: 'application/json', body });
  const stamp = {
    now: () => requestedAtMs,
    newId: () => hashedUuid(`platekeeper incident-packaged ${findingId}`),
  };
  const actor = { kind: 'system', name: 'package-incidents' } as const;
  const facts = {
    kind: 'incident-packaged',
    actor,
    findingId,
    file,
    sha256,
    events: events.length,
    logSize: size,
  } as const;
  await deps.onceAudit.appendOnce(newEvent(stamp, facts));
  await deps.packages.finish(findingId, { file, sha256, events: events.length, atMs: deps.now() });
  return true;
}

async function openedEvents(deps: PackageIncidentsDeps, finding: Finding, size: number) {
  const events: OpenedEvent[] = [];
  const missing: string[] = [];
  for (const [at, eventId] of finding.eventIds.entries()) {
    const atMs = finding.eventTimesMs?.[at];
    const opened = atMs === undefined ? undefined : await deps.opened({ atMs, eventId });
    if (opened === undefined || opened.logIndex >= size) missing.push(eventId);
    else events.push(opened);
  }
  return { events, missing };
}
