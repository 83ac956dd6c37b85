import { createPrivateKey, createPublicKey, sign } from 'node:crypto';
import { sizeNamedBy } from '../../../../core/audit/log/checkpoint';
import { commitmentKeyBytes, entryOf } from '../../../../core/audit/log/commitment';
import { decodeEdge, encodeEdge } from '../../../../core/audit/log/edge';
import {
  decodeStaged,
  emptyHead,
  encodeStaged,
  type LogHead,
  type StagedEntry,
} from '../../../../core/audit/log/head';
import { rawPublicKey, signedNote, verifierKey } from '../../../../core/audit/log/note';
import {
  type HeadStore,
  LogConflict,
  type LogObjects,
  type NoteSigner,
  type StagedEvents,
} from '../../../../core/audit/log/ports';
import type { SealDeps } from '../../../../core/audit/log/seal';
import { sizeInPath } from '../../../../core/audit/log/tile-path';
import { type LogKey, parseLogKey } from '../../../../core/audit/log/verifier/open-note';

export const origin = 'example.org/made-up-log';

/** A key pair of a fixed seed. */
export function madeKey(seed: Uint8Array) {
  const der = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), seed]);
  const privateKey = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
  const publicKey = rawPublicKey(createPublicKey(privateKey).export({ format: 'der', type: 'spki' }));
  return { privateKey, publicKey };
}

const signingKey = madeKey(Buffer.alloc(32, 7));

/** What a verifier of the made-up log is given. */
export const logKeyText = verifierKey(origin, signingKey.publicKey);
export const logKey: LogKey = parseLogKey(logKeyText) ?? fail();

function fail(): never {
  throw new Error('the made-up key does not parse');
}

interface Row {
  readonly event: string;
  readonly commitmentKey: Uint8Array;
  isWaiting: boolean;
  logIndex?: number;
}

/** How calls of one sealer go: when they wait, and which of them fail. */
export interface Weather {
  pause(): Promise<void>;
  /** Throws now or after the effect, or does not. */
  strike(): 'no' | 'not-done' | 'done-but-lost';
}

export class Struck extends Error {}

export const calm: Weather = { pause: async () => undefined, strike: () => 'no' };

/** The stores of one log in memory, with the semantics of the real ones; each call is one step of other sealers. */
export class MadeLog {
  readonly files = new Map<string, Uint8Array>();
  readonly rows = new Map<string, Row>();
  readonly signed: string[] = [];
  nowMs = Date.parse('2026-11-24T12:00:00Z');
  #head:
    | { size: number; root: Uint8Array; edge: Uint8Array; staged?: Uint8Array; publishedAtMs: number }
    | undefined;

  append(count: number): void {
    for (let each = 0; each < count; each++) {
      const number = this.rows.size;
      const event = JSON.stringify({ number, what: 'made-up event' });
      const commitmentKey = Buffer.alloc(commitmentKeyBytes, number % 251);
      this.rows.set(String(number).padStart(8, '0'), { event, commitmentKey, isWaiting: true });
    }
  }

  /** What a sealer sees of the log under that weather. */
  deps(weather: Weather = calm): SealDeps {
    const step = async <T>(effect: () => T): Promise<T> => {
      await weather.pause();
      const strike = weather.strike();
      if (strike === 'not-done') throw new Struck();
      const value = effect();
      if (strike === 'done-but-lost') throw new Struck();
      return value;
    };
    return {
      origin,
      head: this.#headStore(step),
      objects: this.#objects(step),
      events: this.#events(step),
      signer: this.#signer(step),
      now: () => this.nowMs,
    };
  }

  head(): LogHead {
    const head = this.#head;
    if (head === undefined) return emptyHead();
    const staged = head.staged === undefined ? [] : decodeStaged(head.staged);
    return { ...head, staged, edge: decodeEdge(head.edge, head.size - staged.length) };
  }

  setBack(head: LogHead): void {
    this.#head = { ...head, edge: encodeEdge(head.edge), staged: encodeStaged(head.staged) };
    if (head.staged.length === 0) delete this.#head.staged;
  }

  #headStore(step: Step): HeadStore {
    return {
      read: () => step(() => this.head()),
      commit: (from, to) =>
        step(() => {
          const there = this.#head;
          const isFrom = from.size === 0 ? there === undefined : there?.size === from.size && !there.staged;
          if (!isFrom) return 'beaten';
          const edge = there?.edge ?? encodeEdge(from.edge);
          const publishedAtMs = there?.publishedAtMs ?? 0;
          this.#head = { size: to.size, root: to.root, edge, staged: encodeStaged(to.staged), publishedAtMs };
          return 'committed';
        }),
      settle: ({ size }, { edge, atMs }) =>
        step(() => {
          if (this.#head?.size !== size) return;
          this.#head = { size, root: this.#head.root, edge: encodeEdge(edge), publishedAtMs: atMs };
        }),
    };
  }

  #objects(step: Step): LogObjects {
    const putFull = (path: string, bytes: Uint8Array) =>
      step(() => {
        const there = this.files.get(path);
        if (there === undefined) this.files.set(path, bytes);
        else if (!Buffer.from(there).equals(bytes)) throw new LogConflict('object-differs');
      });
    const pointer = () => this.files.get('checkpoint');
    const sizeOf = (bytes: Uint8Array | undefined) =>
      bytes === undefined ? 0 : (sizeNamedBy(Buffer.from(bytes).toString()) ?? 0);
    return {
      putFull,
      putPartial: (path, bytes) => step(() => void this.files.set(path, bytes)),
      movePointer: async (checkpoint, size) => {
        for (;;) {
          const there = await step(pointer);
          if (sizeOf(there) >= size) return;
          const isMoved = await step(() => {
            if (pointer() !== there) return false;
            this.files.set('checkpoint', Buffer.from(checkpoint));
            return true;
          });
          if (isMoved) return;
        }
      },
      isBeyond: (size) =>
        step(() => {
          const numbered = [...this.files.keys()].map((path) => sizeInPath(path) ?? 0);
          return Math.max(sizeOf(pointer()), ...numbered) > size;
        }),
    };
  }

  #events(step: Step): StagedEvents {
    return {
      find: (max) =>
        step(() => {
          const waiting = [...this.rows].filter(([, row]) => row.isWaiting).slice(0, max);
          const entries = waiting.map(([at, { event, commitmentKey }]) => ({
            key: { hour: '2026-11-24T12', at },
            entry: entryOf(event, commitmentKey),
          }));
          return { entries, unreadable: [], ...(waiting.length > 0 ? { oldestAtMs: this.nowMs } : {}) };
        }),
      mark: async (firstIndex: number, entries: readonly StagedEntry[]) => {
        for (const [at, { key }] of entries.entries())
          await step(() => {
            const row = this.rows.get(key.at);
            if (row === undefined) return;
            if (row.logIndex !== undefined && row.logIndex !== firstIndex + at)
              throw new Error('an event would get a second place');
            row.logIndex = firstIndex + at;
            row.isWaiting = false;
          });
      },
    };
  }

  #signer(step: Step): NoteSigner {
    return {
      sign: (text) =>
        step(() => {
          const signature = sign(null, Buffer.from(text), signingKey.privateKey);
          const note = signedNote(text, { name: origin, publicKey: signingKey.publicKey }, signature);
          this.signed.push(note);
          return note;
        }),
    };
  }

  /** The published log as a verifier gets it. */
  published() {
    return { read: (path: string) => this.files.get(path), list: () => [...this.files.keys()] };
  }
}

type Step = <T>(effect: () => T) => Promise<T>;
