import { generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import { commitmentKeyBytes, entryOf } from '../core/audit/log/commitment';
import { decodeEdge, encodeEdge } from '../core/audit/log/edge';
import { emptyHead, encodeStaged, type LogHead } from '../core/audit/log/head';
import { rawPublicKey, signedNote, verifierKey } from '../core/audit/log/note';
import { type SealDeps, sealAll, sealLimits } from '../core/audit/log/seal';
import { checkEvent } from '../core/audit/log/verifier/check-event';
import { checkLog } from '../core/audit/log/verifier/check-log';
import { openCheckpoint } from '../core/audit/log/verifier/open-checkpoint';
import { parseLogKey } from '../core/audit/log/verifier/open-note';

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
  const begunMs = performance.now();
  for (let number = 0; number < events; number++) {
    const event = JSON.stringify({ version: 1, number, kind: 'made-up', text: 'x'.repeat(400) });
    stored.push({ event, commitmentKey: randomBytes(commitmentKeyBytes) });
  }
  const roundsMax = Math.ceil(events / sealLimits.batchMax) + 1;
  const { size } = await sealAll(deps, { ...sealLimits, roundsMax });
  const sealedMs = performance.now() - begunMs;
  console.log(`sealed ${size} events: ${Math.round((size / sealedMs) * 1000)} events/s`);
  verify(size);
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
  const begunMs = performance.now();
  if (checkLog(copy, key).kind !== 'proven') throw new Error('the log is not proven');
  console.log(`whole log verified: ${Math.round((size / (performance.now() - begunMs)) * 1000)} events/s`);
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});

function eventsAsked(argument = '200000'): number {
  if (/^[1-9]\d{0,7}$/.test(argument)) return Number(argument);
  console.log(
    'Usage: npm run bench:log -- [EVENTS]\n\nSeals EVENTS audit events (default 200000) with the stores in memory.',
  );
  process.exit(argument === '--help' ? 0 : 2);
}
