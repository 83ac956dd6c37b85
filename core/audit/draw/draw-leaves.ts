import type { DecideAccess, Denial } from '../../access/decision';
import type { DrawAnswer, DrawRecord, DrawRequest } from '../../contract/log';
import { type AuditDeps, auditedUse, type Caller } from '../audited-use';
import { newEvent } from '../event';
import { actorOf, decisionRecord } from '../facts';
import { entryOf } from '../log/commitment';
import { leafHash } from '../log/hash';
import type { PublishedCheckpoint } from '../log/publish-day';
import type { SealedRow, SealedRows } from '../log/sealed-row';
import { drawPlaces, drawSeed } from '../log/verifier/draw';

export interface DrawLeavesDeps extends AuditDeps {
  /** The log's name. */
  readonly origin: string;
  readonly published: (day: string) => Promise<PublishedCheckpoint | undefined>;
  readonly rows: Pick<SealedRows, 'find'>;
  readonly decide: DecideAccess;
  readonly counters: { count(name: string, value: number): void };
}

export type DrawLeavesOutcome =
  | { readonly kind: 'drawn'; readonly draw: DrawAnswer }
  | { readonly kind: 'refused'; readonly denial: Denial }
  | { readonly kind: 'not-published' };

/**
 * Opens the leaves that follow from a published checkpoint, in the order drawn: neither who asks nor who answers chooses
 * any. `leaves-drawn` is the public record, and is durable before the contents are answered. A leaf whose row is missing
 * or opens nothing has `failed`, which is counted and alarmed.
 */
export function drawLeaves(deps: DrawLeavesDeps) {
  return async ({ day, count }: DrawRequest, caller: Caller): Promise<DrawLeavesOutcome> => {
    const { person, device } = caller;
    const operation = 'draw-leaves';
    const permit = deps.decide({ person, operation, nowMs: deps.events.now() });
    if (permit.kind === 'deny') return { kind: 'refused', denial: permit };
    const use = { operation, permit, queried: { day }, networksInScope: [] } as const;
    return auditedUse<DrawLeavesOutcome>(deps, caller, use, async () => {
      const published = await deps.published(day);
      if (published === undefined)
        return { value: { kind: 'not-published' }, counts: { drawn: 0 }, resultIds: [] };
      const draw = await open(deps, published, Math.min(count, published.size));
      const { record } = draw;
      const decision = decisionRecord(permit);
      await deps.audit.append(
        newEvent(deps.events, {
          kind: 'leaves-drawn',
          actor: actorOf(person),
          operation,
          device,
          record,
          decision,
        }),
      );
      const countOf = (state: string) => record.leaves.filter((each) => each.state === state).length;
      deps.counters.count('LeavesUnopened', countOf('failed'));
      return {
        value: { kind: 'drawn', draw },
        counts: { opened: countOf('opened'), redacted: countOf('redacted'), failed: countOf('failed') },
        resultIds: [],
      };
    });
  };
}

async function open(
  { origin, rows }: DrawLeavesDeps,
  { day, size, rootHash }: PublishedCheckpoint,
  count: number,
): Promise<DrawAnswer> {
  const checkpoint = { size, root: Buffer.from(rootHash, 'base64') };
  const places = drawPlaces(origin, checkpoint, count);
  const found = await Promise.all(places.map(async (index) => ({ index, row: await rows.find(index) })));
  const openings = found.flatMap(({ index, row }) => openingOf(index, row));
  const record: DrawRecord = {
    version: 1,
    day,
    size,
    rootHash,
    seed: Buffer.from(drawSeed(origin, checkpoint)).toString('hex'),
    leaves: found.map(({ index, row }) => leafOf(index, row)),
  };
  return { record, openings };
}

function leafOf(index: number, row: SealedRow | undefined): DrawRecord['leaves'][number] {
  const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64');
  if (row?.opening !== undefined) {
    const { event, commitmentKey } = row.opening;
    return { index, state: 'opened', leaf: base64(leafHash(entryOf(event, commitmentKey))) };
  }
  if (row?.leaf !== undefined) return { index, state: 'redacted', leaf: base64(row.leaf) };
  return { index, state: 'failed' };
}

function openingOf(logIndex: number, row: SealedRow | undefined): DrawAnswer['openings'] {
  if (row?.opening === undefined) return [];
  const { event, commitmentKey } = row.opening;
  return [{ logIndex, event, commitmentKey: Buffer.from(commitmentKey).toString('base64') }];
}
