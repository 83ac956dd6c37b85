import { buildSnapshot, buildTolerantSnapshot } from '../core/hot-list/index/build-snapshot';
import { FoldedKey, packFolded } from '../core/hot-list/index/folded-key';
import { type ComparedRead, type HotListIndex, openSnapshot } from '../core/hot-list/index/open-snapshot';
import { foldPlate } from '../core/plate/fold';
import type { Plate } from '../core/plate/plate';
import { MadePlates } from './made-plates';
import { lmdbPeer, type Peer, sqlitePeer, symSpellPeer } from './match-peers';
import { type Contender, measure, report, speedOf } from './measure';

/** Hot lists of one and five million entries against what others would use, one read in a thousand listed. */
const million = 1_000_000;
const batch = 256;
const batches = 256;
const listedEvery = 1000;
const rounds = 7;

async function main(): Promise<void> {
  const plates = new MadePlates(12_345);
  console.log('building lists of 1 and 5 million made-up plates …');
  const many = Array.from({ length: 5 * million }, () => ({ plate: plates.next() }));
  const entries = many.slice(0, million);
  const snapshot = buildSnapshot(entries);
  const index = openSnapshot(snapshot);
  const large = openSnapshot(buildSnapshot(many));
  const reads = readsOf(plates, many, [index, large]);
  const noCandidates = reads.map(({ plate }) => ({ plate, candidates: [] }));
  const folded = [...new Set(entries.map(({ plate }) => foldPlate(plate)))];
  const peers = [sqlitePeer(folded), await lmdbPeer(folded), mapPeer(folded)];
  const [few, fewer] = [noCandidates.slice(0, 64 * batch), noCandidates.slice(0, 8 * batch)];

  const exact = await measure(
    [
      floor(noCandidates),
      ours('hot list, 1 million', index, noCandidates),
      ours('hot list, 5 million', large, noCandidates),
      ours('hot list, 1 million, two candidates a read', index, reads),
      ...peers.map((peer) => theirs(peer, few)),
    ],
    rounds,
  );
  for (const { close } of peers) await close();

  console.log('building the lists with one-character tolerance …');
  const tolerant = openSnapshot(buildTolerantSnapshot(entries));
  const symSpell = symSpellPeer(folded);
  const near = await measure([ours('tolerant, 1 million', tolerant, few), theirs(symSpell, fewer)], rounds);

  const figures = [...exact, ...near];
  const speed = (name: string) => speedOf(figures, name);
  const one = speed('hot list, 1 million');
  const peer = Math.max(speed('better-sqlite3'), speed('lmdb'));
  report(
    [
      { name: 'times the faster of better-sqlite3 and LMDB', value: one / peer, bar: 10, isAtLeast: true },
      { name: 'reads/s at 1 million entries', value: one, bar: 5e6, isAtLeast: true },
      {
        name: 'cost of a read at 5 million, times 1 million',
        value: one / speed('hot list, 5 million'),
        bar: 2.5,
        isAtLeast: false,
      },
      { name: 'bytes an entry', value: snapshot.length / million, bar: 20, isAtLeast: false },
      { name: 'ms to open 1 million entries', value: openMs(snapshot), bar: 20, isAtLeast: false },
      {
        name: 'one-character tolerance, times SymSpell',
        value: speed('tolerant, 1 million') / speed(symSpell.name),
        bar: 10,
        isAtLeast: true,
      },
    ],
    figures,
  );
}

/** One in a thousand is listed in both; no other is in either, nor is any candidate. */
function readsOf(
  plates: MadePlates,
  entries: readonly { readonly plate: Plate }[],
  indexes: readonly HotListIndex[],
): readonly ComparedRead[] {
  const unlisted = (): Plate => {
    for (;;) {
      const plate = plates.next();
      if (indexes.every((index) => index.find({ plate, candidates: [] }).length === 0)) return plate;
    }
  };
  return Array.from({ length: batches * batch }, (_, at) => ({
    plate: at % listedEvery === 0 ? (entries[plates.below(million)]?.plate ?? unlisted()) : unlisted(),
    candidates: [unlisted(), unlisted()].map((plate) => ({ plate, probability: 0.1 })),
  }));
}

/** What any answer in this language costs at least: reading the plate once. */
function floor(reads: readonly ComparedRead[]): Contender {
  const key = new FoldedKey();
  let mixed = 0;
  return batched('floor: packing the plate', reads, (read) => {
    packFolded(read.plate, key);
    mixed ^= key.low;
    return mixed === 1 ? 1 : 0;
  });
}

function ours(name: string, index: HotListIndex, reads: readonly ComparedRead[]): Contender {
  return batched(name, reads, (read) => index.find(read).length);
}

function theirs({ name, find }: Peer, reads: readonly ComparedRead[]): Contender {
  return batched(name, reads, (read) => find(foldPlate(read.plate)));
}

function mapPeer(folded: readonly string[]): Peer {
  const map = new Map(folded.map((plate, ordinal) => [plate, ordinal]));
  return {
    name: 'Map of folded strings',
    find: (plate) => (map.has(plate) ? 1 : 0),
    close: () => map.clear(),
  };
}

/** A function of its own for each contender, so that none is compiled for the others' work. */
function batched(
  name: string,
  reads: readonly ComparedRead[],
  find: (read: ComparedRead) => number,
): Contender {
  const body = 'let hits = 0; for (let at = from; at < to; at++) hits += find(reads[at]); return hits;';
  const turnBatch: (...args: unknown[]) => number = new Function(
    'reads',
    'from',
    'to',
    'find',
    body,
  ) as never;
  const turns = Math.max(1, Math.floor((batches * batch) / reads.length));
  return {
    name,
    turn: () => {
      let hits = 0;
      for (let turn = 0; turn < turns; turn++)
        for (let from = 0; from < reads.length; from += batch)
          hits += turnBatch(reads, from, from + batch, find);
      if (hits < 0) throw new Error('counted wrongly');
      return turns * reads.length;
    },
  };
}

/** The median of several, of bytes as they come from the store; nothing of one opening serves the next. */
function openMs(snapshot: Uint8Array): number {
  const times = Array.from({ length: 21 }, () => {
    const begunMs = performance.now();
    openSnapshot(snapshot);
    return performance.now() - begunMs;
  });
  return times.sort((a, b) => a - b)[10] ?? 0;
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
