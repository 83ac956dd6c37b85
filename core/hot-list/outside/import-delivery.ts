import type { AuditFacts, EventSource } from '../../audit/event';
import { newEvent } from '../../audit/event';
import type { AuditLog } from '../../audit/ports';
import { hashedUuid } from '../../hashed-uuid';
import { buildSnapshot } from '../index/build-snapshot';
import { compare, entriesOf, judgeDelivery, type Standing } from './compare';
import { decodeStanding, encodeDetails } from './details';
import { type Delivery, Gathering } from './gather';
import type { HeldDelivery, InForce, ListRecord } from './list-record';
import type { OutsideListSource } from './outside-entry';
import type { ListFiles, ListRecords, Upload, Uploads } from './ports';

export interface ImportDeps {
  readonly sources: readonly OutsideListSource[];
  readonly records: ListRecords;
  readonly uploads: Uploads;
  readonly files: ListFiles;
  readonly audit: AuditLog;
  readonly now: () => number;
  /** 32 random bytes, hex. */
  readonly newSalt: () => string;
}

export type ImportOutcome =
  | { readonly kind: 'switched'; readonly inForce: InForce }
  | { readonly kind: 'held'; readonly held: HeldDelivery }
  /** The same upload again, or one that was replaced meanwhile or is gone. */
  | { readonly kind: 'unchanged' }
  | { readonly kind: 'refused'; readonly because: string };

/** Somebody else's import came between so often that this one is tried again later. */
export class ListBusy extends Error {
  constructor() {
    super('the list is being changed by another import');
    this.name = 'ListBusy';
  }
}

const actor = { kind: 'system', name: 'import-hot-list' } as const;
const noStanding: Standing = { ids: new Uint8Array(), digests: new Uint8Array() };

/**
 * Takes one delivery in. The order survives a crash after each step: (1) the files of the new delivery are written
 * under names of their own; (2) one transaction switches the list's record and raises the version of all lists, so that
 * a matcher has the old delivery whole or the new one; (3) `outside-list-changed` is durable, stamped from the record.
 * Whoever dies after (2) is called again with the same file, finds it in force and writes (3).
 */
export function importDelivery(deps: ImportDeps) {
  return async (upload: Upload): Promise<ImportOutcome> => {
    const source = deps.sources.find((each) => each.id === upload.list);
    if (source === undefined) return refuse(deps, upload, 'there is no such list in the configuration');
    const gathering = new Gathering(source);
    const gathered = await deps.uploads.gather(upload, source, gathering);
    if (gathered.kind === 'gone') return { kind: 'unchanged' };
    if (gathered.kind === 'unreadable') return refuse(deps, upload, gathered.because);

    const { deliveryId, deliveredAtMs } = gathered;
    const before = await recordOf(deps, upload.list);
    if (before.inForce !== undefined && isTheSame(before.inForce, { deliveryId, deliveredAtMs })) {
      await recordSwitch(deps, before.inForce);
      return { kind: 'unchanged' };
    }
    // An older file that comes late never replaces a newer one.
    if (before.inForce !== undefined && before.inForce.deliveredAtMs > deliveredAtMs)
      return { kind: 'unchanged' };

    const delivery = gathering.delivery(Buffer.from(before.salt, 'hex'));
    const standing = await standingOf(deps, before.inForce);
    const changes = compare(standing, delivery);
    const isConfirmed = before.held?.deliveryId === deliveryId && before.held.isConfirmed;
    const { removalShareMax } = source;
    const decision = judgeDelivery({
      delivery,
      standing: entriesOf(standing),
      changes,
      removalShareMax,
      isConfirmed,
    });
    if (decision.kind === 'refuse')
      return refuse(deps, upload, decision.because, deliveryId, countsOf(delivery));
    if (decision.kind === 'hold') {
      const held = {
        deliveryId,
        upload: upload.name,
        arrivedAtMs: deliveredAtMs,
        entries: delivery.entries.length,
        removed: changes.removed,
        isConfirmed: false,
      };
      return hold(deps, before, held);
    }
    const inForce = await writeFiles(deps, source, delivery, {
      deliveryId,
      deliveredAtMs,
      switchedAtMs: deps.now(),
      changes,
    });
    const { held: _, ...rest } = before;
    await store(deps, { ...rest, revision: before.revision + 1, inForce }, true);
    await recordSwitch(deps, inForce);
    return { kind: 'switched', inForce };
  };
}

async function recordOf(deps: ImportDeps, list: string): Promise<ListRecord> {
  const found = await deps.records.find(list);
  if (found !== undefined) return found;
  const made = { list, salt: deps.newSalt(), revision: 1 };
  // Two first imports at once: one salt stands, and the other one reads it.
  if ((await deps.records.store(made, { switches: false })) === 'stored') return made;
  const other = await deps.records.find(list);
  if (other === undefined) throw new ListBusy();
  return other;
}

/** Told twice. The same list uploaded anew is a delivery of its own: the source stands by it, and its files live longer. */
function isTheSame(inForce: InForce, file: Pick<InForce, 'deliveryId' | 'deliveredAtMs'>): boolean {
  return inForce.deliveryId === file.deliveryId && inForce.deliveredAtMs === file.deliveredAtMs;
}

async function standingOf({ files }: ImportDeps, inForce: InForce | undefined): Promise<Standing> {
  const details = inForce && (await files.get(inForce.detailsKey));
  return details === undefined ? noStanding : decodeStanding(details);
}

async function writeFiles(
  deps: ImportDeps,
  source: OutsideListSource,
  delivery: Delivery,
  facts: Pick<InForce, 'deliveryId' | 'deliveredAtMs' | 'switchedAtMs' | 'changes'>,
): Promise<InForce> {
  const { entries, rows, refusedRows, refused } = delivery;
  const stamp = new Date(facts.deliveredAtMs).toISOString().replace(/[-:]|\.\d+/g, '');
  const listVersion = `${stamp}-${facts.deliveryId.slice(0, 8)}`;
  const folder = `${source.id}/${listVersion}`;
  const inForce: InForce = {
    ...facts,
    list: source.id,
    listName: source.name,
    listVersion,
    entries: entries.length,
    rows,
    refusedRows,
    snapshotKey: `${folder}/snapshot`,
    detailsKey: `${folder}/details`,
  };
  await deps.files.put(inForce.snapshotKey, buildSnapshot(entries));
  await deps.files.put(inForce.detailsKey, encodeDetails(delivery));
  const report = {
    list: source.id,
    listVersion,
    rows,
    entries: entries.length,
    refusedRows,
    ...facts.changes,
    refused,
  };
  await deps.files.put(`${folder}/report.json`, Buffer.from(JSON.stringify(report, undefined, 2), 'utf8'));
  return inForce;
}

async function store(deps: ImportDeps, record: ListRecord, switches: boolean): Promise<void> {
  if ((await deps.records.store(record, { switches })) === 'conflict') throw new ListBusy();
}

async function hold(deps: ImportDeps, before: ListRecord, held: HeldDelivery): Promise<ImportOutcome> {
  if (before.held?.deliveryId !== held.deliveryId)
    await store(deps, { ...before, revision: before.revision + 1, held }, false);
  const counts = { entries: held.entries, removed: held.removed };
  await record(
    deps,
    { list: before.list, change: 'held', deliveryId: held.deliveryId, counts },
    held.arrivedAtMs,
  );
  return { kind: 'held', held };
}

async function refuse(
  deps: ImportDeps,
  upload: Upload,
  because: string,
  deliveryId = upload.name,
  counts: Readonly<Record<string, number>> = {},
): Promise<ImportOutcome> {
  await record(deps, { list: upload.list, change: 'refused', deliveryId, counts }, deps.now());
  return { kind: 'refused', because };
}

function recordSwitch(deps: ImportDeps, inForce: InForce): Promise<void> {
  const { list, deliveryId, entries, rows, refusedRows, changes, switchedAtMs } = inForce;
  const counts = { entries, rows, refusedRows, ...changes };
  return record(deps, { list, change: 'switched', deliveryId, counts }, switchedAtMs);
}

type ListChange = Pick<
  AuditFacts & { kind: 'outside-list-changed' },
  'list' | 'change' | 'deliveryId' | 'counts'
>;

/** Stamped from what stands, so that however often a file comes one event tells of it. */
async function record(deps: ImportDeps, change: ListChange, atMs: number): Promise<void> {
  const id = `platekeeper outside-list ${change.list} ${change.change} ${change.deliveryId} ${atMs}`;
  const source: EventSource = { now: () => atMs, newId: () => hashedUuid(id) };
  await deps.audit.append(newEvent(source, { kind: 'outside-list-changed', actor, ...change }));
}

function countsOf({ entries, rows, refusedRows }: Delivery): Readonly<Record<string, number>> {
  return { entries: entries.length, rows, refusedRows };
}
