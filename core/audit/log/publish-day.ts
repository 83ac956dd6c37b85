import { hashedUuid } from '../../hashed-uuid';
import { dayMs } from '../../retention/day';
import { type AuditEvent, newEvent } from '../event';
import type { OnceAuditLog } from '../ports';
import type { Hash } from './hash';
import { LogConflict } from './ports';
import { cosignersOf } from './verifier/cosigners';
import type { LogFiles } from './verifier/files';
import { type Checkpoint, openCheckpoint } from './verifier/open-checkpoint';
import { type LogKey, parseLogKey } from './verifier/open-note';
import { stepText } from './verifier/proof-files';
import { consistencyPath, provesConsistency } from './verifier/proofs';
import { subtreesIn } from './verifier/tile-files';

export type PublishedCheckpoint = Extract<AuditEvent, { kind: 'checkpoint-published' }>;

/** Asks one witness (C2SP tlog-witness). */
export interface Witness {
  readonly key: LogKey;
  /** `cosigned`: its signature lines. `other-size`: the size that it last saw. `silent`: anything else. */
  ask(
    request: string,
  ): Promise<
    | { readonly kind: 'cosigned'; readonly lines: string }
    | { readonly kind: 'other-size'; readonly size: number }
    | { readonly kind: 'silent' }
  >;
}

export interface PublishDayDeps {
  readonly origin: string;
  /** The log's key as verifiers are given it. */
  readonly verifierKey: () => Promise<string>;
  /** The newest checkpoint of the sealed log; `undefined` of an empty one. */
  readonly newest: () => Promise<Uint8Array | undefined>;
  /** Calls `prove` until it has all the files of the log that it reads. */
  readonly fromLog: <Value>(prove: (files: LogFiles) => Value) => Promise<Value>;
  readonly witnesses: readonly Witness[];
  readonly published: (day: string) => Promise<PublishedCheckpoint | undefined>;
  readonly audit: OnceAuditLog;
  readonly now: () => number;
}

/** How far back the checkpoint before is looked for, and how many days the list on the portal names. */
export const daysBackMax = 62;
/** A witness that saw another size is asked once more, with the proof from there. */
const asksMax = 2;

/**
 * The checkpoint of today: the newest one of the sealed log, proven to continue the one published before and cosigned by
 * the witnesses that answered. It is an event of the log itself, made once, so that each run of a day publishes the same.
 * Published by day, it does not tell when anybody searched. `undefined` while the log is empty. Throws `LogConflict`
 * where the log does not continue what was published: that must never be signed away.
 */
export async function publishDay(deps: PublishDayDeps): Promise<PublishedCheckpoint | undefined> {
  const today = new Date(deps.now()).toISOString().slice(0, 10);
  const standing = await deps.published(today);
  if (standing !== undefined) return standing;
  const key = parseLogKey(await deps.verifierKey());
  const bytes = await deps.newest();
  if (bytes === undefined) return undefined;
  const opened = key && openCheckpoint(bytes, key);
  if (opened?.kind !== 'proven') throw new LogConflict('object-differs');
  const newer = opened.value;
  const [older] = await publishedBefore(deps, today, 1);
  const path = older === undefined ? [] : await proofFrom(deps, checkpointOf(older), newer);
  const note = Buffer.from(bytes).toString('utf8');
  const asked = await Promise.all(
    deps.witnesses.map((witness) => cosign(deps, witness, { note, newer, olderSize: older?.size ?? 0 })),
  );
  const isCosigned = (at: number) => asked[at] !== undefined;
  const names = deps.witnesses.map(({ key: { name } }) => name);
  await deps.audit.appendOnce(
    newEvent(stampOf(deps.origin, today), {
      kind: 'checkpoint-published',
      actor: { kind: 'system', name: 'publish-checkpoint' },
      day: today,
      publishedAtMs: deps.now(),
      size: newer.size,
      rootHash: Buffer.from(newer.root).toString('base64'),
      checkpoint: note + asked.flatMap((lines) => lines ?? []).join(''),
      ...(older === undefined ? {} : { older: { day: older.day, size: older.size } }),
      proof: path.map((hash) => Buffer.from(hash).toString('base64')),
      witnesses: names.filter((_, at) => isCosigned(at)),
      silent: names.filter((_, at) => !isCosigned(at)),
    }),
  );
  return deps.published(today);
}

/** The published checkpoints before that day, newest first, at most `most` of the last two months. */
export async function publishedBefore(
  { published }: Pick<PublishDayDeps, 'published'>,
  day: string,
  most: number,
): Promise<readonly PublishedCheckpoint[]> {
  const found: PublishedCheckpoint[] = [];
  for (let back = 1; back <= daysBackMax && found.length < most; back++) {
    const before = await published(new Date(Date.parse(day) - back * dayMs).toISOString().slice(0, 10));
    if (before !== undefined) found.push(before);
  }
  return found;
}

/** Time and id of a day's event: the beginning of the day. */
export function publishedPlace(origin: string, day: string) {
  return { atMs: Date.parse(day), eventId: hashedUuid(`platekeeper checkpoint-published ${origin} ${day}`) };
}

function stampOf(origin: string, day: string) {
  const { atMs, eventId } = publishedPlace(origin, day);
  return { now: () => atMs, newId: () => eventId };
}

function checkpointOf({ size, rootHash }: PublishedCheckpoint): Checkpoint {
  return { size, root: Buffer.from(rootHash, 'base64') };
}

async function proofFrom(
  deps: PublishDayDeps,
  older: Checkpoint,
  newer: Checkpoint,
): Promise<readonly Hash[]> {
  const path = older.size > newer.size ? [] : await pathFrom(deps, older.size, newer.size);
  if (!provesConsistency({ older, newer, path })) throw new LogConflict('published-differs');
  return path;
}

async function pathFrom({ fromLog }: PublishDayDeps, older: number, newer: number): Promise<readonly Hash[]> {
  if (older === 0 || older === newer) return [];
  return fromLog((files) => consistencyPath(older, newer, subtreesIn(files, newer)));
}

/** The witness's own lines, checked; `undefined` where it did not cosign. */
async function cosign(
  deps: PublishDayDeps,
  witness: Witness,
  asked: { readonly note: string; readonly newer: Checkpoint; readonly olderSize: number },
): Promise<string | undefined> {
  const { note, newer } = asked;
  let { olderSize } = asked;
  for (let ask = 1; ask <= asksMax; ask++) {
    const path = await pathFrom(deps, olderSize, newer.size);
    const answer = await witness.ask(stepText({ olderSize, path, checkpoint: note }));
    if (answer.kind === 'cosigned') return ownLines(answer.lines, note, witness.key);
    if (answer.kind === 'silent' || answer.size > newer.size) return undefined;
    olderSize = answer.size;
  }
  return undefined;
}

/** What a witness says beside its own signature is left out; a signature that does not hold is none. */
function ownLines(lines: string, note: string, key: LogKey): string | undefined {
  const own = lines
    .split('\n')
    .filter((line) => line.startsWith(`— ${key.name} `))
    .map((line) => `${line}\n`)
    .filter((line) => {
      const cosigned = cosignersOf(Buffer.from(note + line), [key]);
      return cosigned.kind === 'proven' && cosigned.value.length === 1;
    });
  return own[0];
}
