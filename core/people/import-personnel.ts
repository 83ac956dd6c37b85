import type { DecideAccess, Denial } from '../access/decision';
import { type AuditDeps, auditedUse, type Caller } from '../audit/audited-use';
import { type AuditEvent, newEvent } from '../audit/event';
import { decisionRecord, actorOf as refusedActor } from '../audit/facts';
import type { FeedReport, PersonnelFeed } from '../contract/people';
import { mapBounded } from '../search/bounded';
import { actorOf } from './change-people';
import { type FeedPlan, isBeyondBelief, type Leaver, planFeed, type RefusedRow } from './feed-plan';
import type { StateConflict } from './life-cycle';
import { parsePersonnelFeed } from './personnel-feed';
import type { PeopleRecords } from './ports';
import type { PersonRecord } from './record';
import { type ChangedBy, type StoreChangeDeps, type StoredChange, storeChange } from './store-change';

export interface ImportPersonnelDeps extends AuditDeps, StoreChangeDeps {
  readonly records: Pick<PeopleRecords, 'find' | 'store' | 'list'>;
  readonly decide: DecideAccess;
}

export type ImportPersonnelOutcome =
  | { readonly kind: 'taken'; readonly report: FeedReport }
  | { readonly kind: 'refused'; readonly denial: Denial }
  | { readonly kind: 'invalid'; readonly field: string; readonly message: string }
  | StateConflict;

const peopleAtOnce = 4;

/** What hangs on a disablement is done again for so long, so that a feed which was cut off can be sent again. */
const completedAgainMs = 3 * 86_400_000;

/**
 * Takes the personnel system's feed (Access-C): whoever is marked as gone is disabled, each as by `disable-person`, by a
 * decision and with an event of his or her own, and one person's failure holds back nobody else: the row is named, and
 * the feed can be sent again. A feed that would end the access of more than half of all people changes nothing.
 */
export function importPersonnel(deps: ImportPersonnelDeps) {
  const store = storeChange(deps);
  return async (feed: PersonnelFeed, caller: Caller): Promise<ImportPersonnelOutcome> => {
    const nowMs = deps.events.now();
    const operation = 'import-personnel';
    const permit = deps.decide({ person: caller.person, operation, nowMs });
    if (permit.kind === 'deny') return { kind: 'refused', denial: permit };
    const parsed = parsePersonnelFeed(feed);
    if (parsed.kind === 'unreadable') return { ...parsed, kind: 'invalid' };

    const { rows } = parsed;
    const use = { operation, permit, queried: {}, networksInScope: [] } as const;
    return auditedUse<ImportPersonnelOutcome>(deps, caller, use, async () => {
      const plan = planFeed(rows, await deps.records.list());
      const { leaving, left, unknown } = plan;
      if (isBeyondBelief(plan)) {
        const counts = { rows: rows.length, disabled: 0, heldBack: leaving.length };
        return { value: brokenExport(plan), counts, resultIds: [] };
      }
      const due = [...leaving, ...left.filter((each) => isRecent(each, nowMs))];
      const by: ChangedBy = {
        actor: actorOf(caller.person),
        decide: (record) => deps.decide({ ...aboutOf(record), person: caller.person, operation, nowMs }),
        nowMs,
      };
      const outcomes = await mapBounded(due, peopleAtOnce, (leaver) => end(leaver, by, caller));
      const disabled = outcomes.flatMap(({ leaver, stored }) =>
        stored?.kind === 'stored' && stored.isNew ? [leaver.record.username] : [],
      );
      const failed = outcomes.flatMap(({ leaver, stored }) => failureOf(leaver, stored));
      const report = {
        rows: rows.length,
        disabled,
        alreadyDisabled: left.length,
        unknown,
        refused: [...plan.refused, ...failed].sort((a, b) => a.row - b.row),
      };
      const counts = {
        rows: rows.length,
        disabled: disabled.length,
        alreadyDisabled: left.length,
        unknown,
        refused: report.refused.length,
      };
      return { value: { kind: 'taken', report }, counts, resultIds: disabled };
    });
  };

  async function end(leaver: Leaver, by: ChangedBy, caller: Caller): Promise<Ended> {
    const { username } = leaver.record;
    try {
      const stored = await store(username, { kind: 'disabled', because: 'left' }, by);
      if (stored.kind === 'refused') await deps.audit.append(refusedEvent(deps, caller, username, stored));
      return { leaver, stored };
    } catch (error) {
      deps.unfinished({ error, username });
      return { leaver };
    }
  }
}

interface Ended {
  readonly leaver: Leaver;
  /** Absent: it failed and was told of. */
  readonly stored?: StoredChange;
}

function aboutOf({ username, role, agency }: PersonRecord) {
  return { subject: { username, role }, agencies: [agency] };
}

function refusedEvent(
  { events }: AuditDeps,
  { person, device }: Caller,
  username: string,
  { denial }: { readonly denial: Denial },
): AuditEvent {
  return newEvent(events, {
    kind: 'refused',
    actor: refusedActor(person),
    operation: 'import-personnel',
    device,
    queried: { username },
    decision: decisionRecord(denial),
  });
}

function isRecent({ record: { lastEvent } }: Leaver, nowMs: number): boolean {
  return lastEvent?.change === 'disabled' && nowMs - lastEvent.atMs < completedAgainMs;
}

function failureOf({ row }: Leaver, stored: StoredChange | undefined): readonly RefusedRow[] {
  if (stored?.kind === 'stored' && stored.unfinished === 0) return [];
  if (stored?.kind === 'refused') return [{ row, message: stored.denial.message }];
  if (stored?.kind === 'stored')
    return [{ row, message: 'the access has ended, yet not every sign-in; send the feed again' }];
  return [{ row, message: 'the access could not be ended now; send the feed again' }];
}

function brokenExport({ leaving, active }: FeedPlan): StateConflict {
  return {
    kind: 'conflict',
    clause: 'Access-C',
    message: `This feed would end the access of ${leaving.length} of ${active} people, more than half. Nothing was done.`,
    remedy: 'Check the export. Where so many have left indeed, disable them one by one.',
  };
}
