import { isEntry } from '../commitment';
import { sameBytes } from '../hash';
import { joined } from './bytes';
import type { LogFiles } from './files';
import { type Finding, type FindingCode, proven, type Verdict } from './finding';
import { type Checkpoint, openCheckpoint } from './open-checkpoint';
import type { LogKey } from './open-note';
import { fullPath, widthIn } from './tile-files';
import { TreeRebuild } from './tree-rebuild';

const widthOfTile = 256;
const findingsMax = 100;
const newest = 'checkpoint';
const numbered = /^checkpoints\/(0|[1-9]\d{0,15})$/;

export interface CheckedLog {
  readonly size: number;
  /** How many signed checkpoints were found to be beginnings of the newest. */
  readonly checkpoints: number;
}

/**
 * The whole log: every checkpoint is signed and is the root over exactly the entries it covers, every tile and bundle
 * holds the bytes that the entries give, nothing is missing and nothing else lies there. Tiles beyond the largest
 * checkpoint are what a copy made while the log was growing has, and are left alone; a pointer behind it is, too. One
 * pass in the order of the log; memory does not grow with it beyond the names of the files.
 */
export function checkLog(files: LogFiles, key: LogKey): Verdict<CheckedLog> {
  const check = new LogCheck(files, key);
  const findings = check.run();
  if (findings.length > 0) return { kind: 'disproved', findings };
  return proven({ size: check.size, checkpoints: check.roots.size });
}

class LogCheck {
  readonly findings: Finding[] = [];
  readonly roots = new Map<number, Checkpoint>();
  readonly #paths: Set<string>;
  readonly #partials = new Map<string, number[]>();
  readonly #tree = new TreeRebuild();
  size = 0;

  constructor(
    readonly files: LogFiles,
    readonly key: LogKey,
  ) {
    this.#paths = new Set(files.list());
    for (const path of this.#paths) {
      const [, base, width] = /^(.+)\.p\/([1-9]\d{0,2})$/.exec(path) ?? [];
      if (base === undefined || Number(width) >= widthOfTile) continue;
      this.#partials.set(base, [...(this.#partials.get(base) ?? []), Number(width)]);
    }
  }

  run(): readonly Finding[] {
    this.#openCheckpoints();
    if (this.#entries()) this.#lastPartials();
    for (const path of this.#paths)
      if (!isAhead(path, this.size)) this.#find('file-unexpected', `no part of the log: ${path}`);
    return this.findings;
  }

  #openCheckpoints(): void {
    for (const path of [...this.#paths]) {
      const size = Number(numbered.exec(path)?.[1] ?? Number.NaN);
      if (Number.isNaN(size)) continue;
      const checkpoint = this.#checkpointAt(path);
      if (checkpoint === undefined) continue;
      if (checkpoint.size !== size)
        this.#find('checkpoint-misplaced', `${path} is the checkpoint of ${checkpoint.size} events`);
      else this.roots.set(size, checkpoint);
    }
    const pointer = this.#checkpointAt(newest);
    const copy = pointer && this.roots.get(pointer.size);
    if (pointer !== undefined && copy === undefined)
      this.#find('checkpoint-missing', `the newest checkpoint has no copy at checkpoints/${pointer.size}`);
    if (pointer !== undefined && copy !== undefined && !sameBytes(copy.root, pointer.root))
      this.#find('root-differs', `two signed checkpoints of ${pointer.size} events differ`);
    if (pointer !== undefined && copy === undefined) this.roots.set(pointer.size, pointer);
    this.size = [...this.roots.keys()].reduce((a, b) => Math.max(a, b), 0);
  }

  #checkpointAt(path: string): Checkpoint | undefined {
    const bytes = this.#take(path);
    if (bytes === undefined) {
      this.#find('checkpoint-missing', `there is no ${path}`);
      return undefined;
    }
    const opened = openCheckpoint(bytes, this.key);
    if (opened.kind === 'proven') return opened.value;
    for (const { code, message } of opened.findings) this.#find(code, `${path}: ${message}`);
    return undefined;
  }

  /** `false`: entries are missing, so that nothing behind them can be checked. */
  #entries(): boolean {
    this.#compareRoot();
    for (let index = 0; index * widthOfTile < this.size; index++) {
      const width = widthIn(this.size, 0, index);
      const path = fullPath('entries', index);
      const bytes = this.#take(width < widthOfTile ? `${path}.p/${width}` : path);
      const entries = bytes === undefined ? undefined : entriesOf(bytes);
      if (entries?.length !== width) {
        this.#find(
          bytes === undefined ? 'file-missing' : 'entry-malformed',
          `events ${index * widthOfTile} to ${index * widthOfTile + width - 1} cannot be read`,
        );
        return false;
      }
      this.#partialBundles(path, entries);
      for (const entry of entries) this.#add(entry);
    }
    return true;
  }

  #add(entry: Uint8Array): void {
    if (!isEntry(entry)) this.#find('entry-malformed', `event ${this.#tree.size} is not an entry`);
    for (const { level, index, hashes } of this.#tree.add(entry))
      this.#compareTile(fullPath(level, index), joined(hashes), true);
    this.#compareRoot();
  }

  #compareRoot(): void {
    const checkpoint = this.roots.get(this.#tree.size);
    if (checkpoint !== undefined && !sameBytes(checkpoint.root, this.#tree.root()))
      this.#find(
        'root-differs',
        `the signed checkpoint of ${checkpoint.size} events is not over these events`,
      );
  }

  #lastPartials(): void {
    this.#tree.tiles.forEach((hashes, level) => {
      if (hashes.length === 0) return;
      const path = fullPath(level, Math.floor(this.size / widthOfTile ** (level + 1)));
      this.#compareTile(path, joined(hashes), false);
    });
  }

  /** The tile and whatever earlier partial tiles of it are left. */
  #compareTile(path: string, expected: Uint8Array, isFull: boolean): void {
    const width = expected.length / 32;
    this.#compare(isFull ? path : `${path}.p/${width}`, expected);
    for (const narrower of this.#partials.get(path) ?? [])
      if (narrower < width) this.#compare(`${path}.p/${narrower}`, expected.subarray(0, narrower * 32));
  }

  #partialBundles(path: string, entries: readonly Uint8Array[]): void {
    for (const width of this.#partials.get(path) ?? [])
      if (width < entries.length) this.#compare(`${path}.p/${width}`, bundleOf(entries.slice(0, width)));
  }

  #compare(path: string, expected: Uint8Array): void {
    const bytes = this.#take(path);
    if (bytes === undefined) this.#find('file-missing', `there is no ${path}`);
    else if (!sameBytes(bytes, expected)) this.#find('file-differs', `${path} is not what the events give`);
  }

  #take(path: string): Uint8Array | undefined {
    this.#paths.delete(path);
    return this.files.read(path);
  }

  #find(code: FindingCode, message: string): void {
    if (this.findings.length < findingsMax) this.findings.push({ code, message });
  }
}

/** Whether a tile or bundle reaches beyond that many events. */
function isAhead(path: string, size: number): boolean {
  const [, level, index, width] =
    /^tile\/(entries|\d|[1-5]\d|6[0-3])\/((?:x\d{3}\/)*\d{3})(?:\.p\/([1-9]\d{0,2}))?$/.exec(path) ?? [];
  if (level === undefined || index === undefined) return false;
  const first = Number(index.replace(/[x/]/g, '')) * widthOfTile;
  const reach =
    (first + Number(width ?? widthOfTile)) * widthOfTile ** (level === 'entries' ? 0 : Number(level));
  return reach > size;
}

/** Big-endian uint16 length, then the entry, and so on (C2SP tlog-tiles). */
function entriesOf(bundle: Uint8Array): readonly Uint8Array[] | undefined {
  const entries: Uint8Array[] = [];
  let at = 0;
  while (at < bundle.length) {
    const length = (bundle[at] ?? 0) * 256 + (bundle[at + 1] ?? 0);
    const end = at + 2 + length;
    if (end > bundle.length) return undefined;
    entries.push(bundle.subarray(at + 2, end));
    at = end;
  }
  return entries;
}

function bundleOf(entries: readonly Uint8Array[]): Uint8Array {
  return joined(
    entries.flatMap((entry) => [Uint8Array.of(Math.floor(entry.length / 256), entry.length % 256), entry]),
  );
}
