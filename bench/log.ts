import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import { MerkleTree } from 'merkletreejs';
import { commitmentKeyBytes, entryOf } from '../core/audit/log/commitment';
import { decodeEdge, emptyEdge, encodeEdge, grow } from '../core/audit/log/edge';
import { nodeHash } from '../core/audit/log/hash';
import { emptyHead, encodeStaged, type LogHead } from '../core/audit/log/head';
import { rawPublicKey, signedNote, verifierKey } from '../core/audit/log/note';
import { type SealDeps, sealAll, sealLimits } from '../core/audit/log/seal';
import { tilePath } from '../core/audit/log/tile-path';
import { checkEvent } from '../core/audit/log/verifier/check-event';
import { checkLog } from '../core/audit/log/verifier/check-log';
import { openCheckpoint } from '../core/audit/log/verifier/open-checkpoint';
import { parseLogKey } from '../core/audit/log/verifier/open-note';
import { inclusionPath, provesInclusion } from '../core/audit/log/verifier/proofs';
import { subtreesIn } from '../core/audit/log/verifier/tile-files';

/** Events in, sealed log out, on one core with the stores in memory: the product's own cost of sealing. */
const events = eventsAsked(process.argv[2]);
const proofs = 1000;
const origin = 'example.org/bench';

interface Stored {
  readonly event: string;
  readonly commitmentKey: Uint8Array;
}

const stored: Stored[] = [];
const files = new Map<string, Uint8Array>();
const pair = generateKeyPairSync('ed25519');
const publicKey = rawPublicKey(pair.publicKey.export({ format: 'der', type: 'spki' }));
let sequenced = 0;
let head: LogHead = emptyHead();

const deps: SealDeps = {
  origin,
  now: () => Date.now(),
  head: {
    read: async () => head,
    commit: async (_, to) => {
      encodeStaged(to.staged);
      head = to;
      return 'committed';
    },
    settle: async ({ size, root }, { edge, atMs }) => {
      head = { size, root, edge: decodeEdge(encodeEdge(edge), size), staged: [], publishedAtMs: atMs };
    },
  },
  objects: {
    putFull: async (path, bytes) => void files.set(path, bytes),
    putPartial: async (path, bytes) => void files.set(path, bytes),
    movePointer: async (checkpoint) => void files.set('checkpoint', Buffer.from(checkpoint)),
    isBeyond: async () => false,
  },
  events: {
    find: async (max) => ({
      entries: stored.slice(sequenced, sequenced + max).map(({ event, commitmentKey }, at) => ({
        key: {
          hour: '2026-11-24T12',
          at: `${1_700_000_000_000 + sequenced + at}#made-up-id-of-an-event-36-chars`,
        },
        entry: entryOf(event, commitmentKey),
      })),
      unreadable: [],
    }),
    mark: async (_, entries) => {
      sequenced += entries.length;
    },
  },
  signer: {
    sign: async (text) =>
      signedNote(text, { name: origin, publicKey }, sign(null, Buffer.from(text), pair.privateKey)),
  },
};

async function main(): Promise<void> {
  const begun = start();
  for (let number = 0; number < events; number++) {
    const event = JSON.stringify({ version: 1, number, kind: 'made-up', text: 'x'.repeat(400) });
    stored.push({ event, commitmentKey: randomBytes(commitmentKeyBytes) });
  }
  const roundsMax = Math.ceil(events / sealLimits.batchMax) + 1;
  const { size } = await sealAll(deps, { ...sealLimits, roundsMax });
  console.log(`sealed ${size} events: ${rate(size, begun)}`);
  verify(size);
  besideMerkletreejs();
  proveInLargeTree(leavesAsked(process.argv[3]));
}

interface Begun {
  readonly wallMs: number;
  readonly cpu: NodeJS.CpuUsage;
}

function start(): Begun {
  return { wallMs: performance.now(), cpu: process.cpuUsage() };
}

/** By the clock, and by the time that a core really worked on it: the two differ on a machine with other work. */
function rate(count: number, { wallMs, cpu }: Begun): string {
  const { user, system } = process.cpuUsage(cpu);
  const perSecond = (ms: number) => Math.round((count / ms) * 1000);
  return `${perSecond(performance.now() - wallMs)}/s by the clock, ${perSecond((user + system) / 1000)}/s of a core's work`;
}

/** Random leaf hashes, real hashes above them: what a proof costs does not depend on the leaves. */
function proveInLargeTree(size: number): void {
  const begun = start();
  const tree = new Map<string, Uint8Array>();
  let hashes = Array.from({ length: Math.ceil(size / 256) }, (_, at) => {
    const width = Math.min(256, size - at * 256);
    const tile = randomBytes(width * 32);
    tree.set(pathOf(0, at, width), tile);
    return tile;
  });
  for (let level = 1; hashes.length > 0; level++) {
    const full = hashes.filter((tile) => tile.length === 8192).map(rootOfTile);
    hashes = Array.from({ length: Math.ceil(full.length / 256) }, (_, at) => {
      const tile = Buffer.concat(full.slice(at * 256, (at + 1) * 256));
      tree.set(pathOf(level, at, tile.length / 32), tile);
      return tile;
    });
  }
  const copy = { read: (path: string) => tree.get(path), list: () => tree.keys() };
  const warm = subtreesIn(copy, size);
  const root = rangeRoot(size, warm);
  console.log(`tree of ${size} leaves: made at ${rate(size, begun)}`);
  for (const [name, prover] of [
    ['one prover for all', () => warm],
    ['a new prover each', () => subtreesIn(copy, size)],
  ] as const) {
    const timesMs: number[] = [];
    for (let each = 0; each < proofs; each++) {
      const index = Math.floor(((each + 0.5) / proofs) * size);
      const begunMs = performance.now();
      const path = inclusionPath(index, size, prover());
      timesMs.push(performance.now() - begunMs);
      if (!provesInclusion({ index, size, leaf: warm(0, index), path, root })) throw new Error('not proven');
    }
    timesMs.sort((a, b) => a - b);
    console.log(
      `  inclusion proof, ${name}: median ${timesMs[proofs / 2]?.toFixed(3)} ms, p99 ${timesMs[Math.floor(proofs * 0.99)]?.toFixed(3)} ms`,
    );
  }
}

function rootOfTile(tile: Uint8Array): Buffer {
  let row = Array.from({ length: 256 }, (_, at) => tile.subarray(at * 32, (at + 1) * 32));
  while (row.length > 1)
    row = Array.from({ length: row.length / 2 }, (_, at) =>
      nodeHash(row[at * 2] ?? tile, row[at * 2 + 1] ?? tile),
    );
  return Buffer.from(row[0] ?? tile);
}

/** The root, out of the complete subtrees that the size is made of. */
function rangeRoot(size: number, subtree: ReturnType<typeof subtreesIn>): Uint8Array {
  let root: Uint8Array | undefined;
  let left = size;
  for (let level = 0; left > 0; level++) {
    const span = 2 ** level;
    if (left % (span * 2) === 0) continue;
    left -= span;
    const hash = subtree(level, left / span);
    root = root === undefined ? hash : nodeHash(hash, root);
  }
  if (root === undefined) throw new RangeError('an empty tree');
  return root;
}

function pathOf(level: number, index: number, width: number): string {
  return tilePath({ level, index, width });
}

/** The best known npm package on the same entries: it hashes leaves and nodes as we do, and keeps them in memory. */
function besideMerkletreejs(): void {
  const size = 100_000;
  const leaves = Array.from({ length: size }, () => Buffer.from(entryOf('', randomBytes(32))));
  const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest();
  const begun = start();
  const tree = new MerkleTree(leaves, sha256, { hashLeaves: true });
  console.log(`merkletreejs, ${size} entries: built at ${rate(size, begun)}`);
  const begunMs = performance.now();
  for (const leaf of leaves.slice(0, 20)) tree.getProof(sha256(leaf));
  console.log(`  its inclusion proof: ${((performance.now() - begunMs) / 20).toFixed(3)} ms`);
  const ours = start();
  grow(emptyEdge, leaves);
  console.log(`  the same entries in our tree, tiles and bundles made: ${rate(size, ours)}`);
}

function verify(size: number): void {
  const key = parseLogKey(verifierKey(origin, publicKey));
  const checkpoint = key && openCheckpoint(files.get('checkpoint') ?? new Uint8Array(), key);
  if (key === undefined || checkpoint?.kind !== 'proven') throw new Error('the checkpoint does not open');
  const copy = { read: (path: string) => files.get(path), list: () => files.keys() };
  const timesMs: number[] = [];
  for (let each = 0; each < proofs; each++) {
    const logIndex = Math.floor((each / proofs) * size);
    const opened = stored[logIndex];
    const begunMs = performance.now();
    if (opened === undefined || checkEvent(copy, checkpoint.value, { ...opened, logIndex }).kind !== 'proven')
      throw new Error('an event is not proven');
    timesMs.push(performance.now() - begunMs);
  }
  timesMs.sort((a, b) => a - b);
  console.log(`inclusion made and checked: median ${timesMs[proofs / 2]?.toFixed(3)} ms`);
  const begun = start();
  if (checkLog(copy, key).kind !== 'proven') throw new Error('the log is not proven');
  console.log(`whole log verified: ${rate(size, begun)}`);
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});

function eventsAsked(argument = '200000'): number {
  return /^[1-9]\d{0,7}$/.test(argument) ? Number(argument) : usage(argument);
}

function leavesAsked(argument = '10000000'): number {
  return /^[1-9]\d{2,7}$/.test(argument) ? Number(argument) : usage(argument);
}

function usage(argument: string): never {
  console.log(
    'Usage: npm run bench:log -- [EVENTS [LEAVES]]\n\nSeals EVENTS audit events (default 200000) with the stores in memory, proves inclusion in a tree of LEAVES (default 10 million), and builds a tree of merkletreejs beside.',
  );
  process.exit(argument === '--help' ? 0 : 2);
}
