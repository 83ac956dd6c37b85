import type { KinesisStreamBatchResponse } from 'aws-lambda';
import type { AlertsStore } from '../../adapters/alerts/alerts';
import type { DecidedRecord } from '../../adapters/streams/read-stream';
import { type Alert, raiseAlert } from '../../core/alerts/alert';
import { newEvent } from '../../core/audit/event';
import type { AuditLog } from '../../core/audit/ports';
import { hashedUuid } from '../../core/hashed-uuid';
import { isActive } from '../../core/hot-list/entry';
import { EntryIndex, gradeOf, type Match } from '../../core/hot-list/index-of-entries';
import type { HotList } from '../../core/hot-list/ports';
import type { Read } from '../../core/reads/read';
import type { Counters } from '../counters';
import { errorFacts } from '../error-facts';

export interface MatchReadsDeps {
  readonly admitBatch: (event: unknown) => Promise<readonly DecidedRecord[]>;
  readonly hotList: Pick<HotList, 'version' | 'list' | 'find'>;
  readonly alerts: Pick<AlertsStore, 'raise'>;
  readonly audit: AuditLog;
  readonly now: () => number;
  readonly counters: Counters;
  readonly log: { warn(message: string, facts: Readonly<Record<string, string>>): void };
}

/**
 * Raises an alert for each admitted read of a vehicle on the hot list. The list's version is asked before each batch
 * and the entry again on each hit, both strongly consistent, so that a change holds from the next read on (Policy-H.g).
 * A record whose alerts could not all be raised and recorded comes again; alerts have ids made of entry and read, so
 * coming again raises nothing twice.
 */
export function makeHandler(deps: MatchReadsDeps) {
  const list = new CurrentList(deps.hotList);
  return async (event: unknown): Promise<KinesisStreamBatchResponse> => {
    const decided = await deps.admitBatch(event);
    const index = await list.index();
    const batchItemFailures: { itemIdentifier: string }[] = [];
    for (const { record, outcome } of decided) {
      if (outcome.kind === 'undecodable') continue;
      try {
        for (const { read } of outcome.admitted) await raiseAlerts(deps, index, read);
      } catch (error) {
        batchItemFailures.push({ itemIdentifier: record.sequenceNumber });
        deps.log.warn('a record will be tried again', {
          sequenceNumber: record.sequenceNumber,
          ...errorFacts(error),
        });
      }
    }
    return { batchItemFailures };
  };
}

/** The index of the list as it is now; made again only when the version moved. */
class CurrentList {
  #version: number | undefined;
  #index = new EntryIndex([]);

  constructor(readonly hotList: Pick<HotList, 'version' | 'list'>) {}

  async index(): Promise<EntryIndex> {
    // Asked before the list: a change between the two is then seen twice instead of never.
    const version = await this.hotList.version();
    if (version === this.#version) return this.#index;
    this.#index = new EntryIndex(await this.hotList.list());
    this.#version = version;
    return this.#index;
  }
}

async function raiseAlerts(deps: MatchReadsDeps, index: EntryIndex, read: Read): Promise<void> {
  for (const match of index.match(read, deps.now())) {
    const confirmed = await confirm(deps, match, read);
    if (confirmed === undefined) continue;
    const alert = raiseAlert(read, { entryId: confirmed.entry.entryId, grade: confirmed.grade }, deps.now());
    const outcome = await deps.alerts.raise(alert);
    if (outcome.kind === 'forgotten') continue;
    if (outcome.kind === 'raised') deps.counters.count('AlertsRaised', 1, { grade: alert.grade });
    await record(deps, alert, outcome.raisedAtMs);
  }
}

/** The entry as it stands at this moment: approved, not over, and still this plate. */
async function confirm(deps: MatchReadsDeps, match: Match, read: Read): Promise<Match | undefined> {
  const entry = await deps.hotList.find(match.entry.entryId);
  if (entry === undefined || !isActive(entry, deps.now()) || entry.plate !== match.entry.plate)
    return undefined;
  return { entry, grade: gradeOf(read, entry) };
}

/** Stamped from the stored alert, so that however often a read comes, and whatever dies between, one event stands. */
async function record(deps: MatchReadsDeps, alert: Alert, raisedAtMs: number): Promise<void> {
  const { alertId, entryId, readId, network } = alert;
  const stamp = {
    now: () => raisedAtMs,
    newId: () => hashedUuid(`platekeeper alert-raised ${alertId}`),
  };
  const actor = { kind: 'system', name: 'match-reads' } as const;
  await deps.audit.append(
    newEvent(stamp, { kind: 'alert-raised', actor, alertId, entryId, readId, network }),
  );
}
