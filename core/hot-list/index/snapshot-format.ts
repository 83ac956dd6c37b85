import { createHash } from 'node:crypto';
import { filterWordsFor } from './filter';
import type { NearIndex } from './near';
import { wordsPerEntry } from './packed-entry';

/**
 * A snapshot of a hot list: 64 bytes of header, then arrays that are used where they lie, so that opening costs the same
 * for any length. All numbers are unsigned, little endian; `docs/formats/hot-list-snapshot.md` describes the bytes.
 */
export interface SnapshotCounts {
  readonly entries: number;
  /** Words of the filter, a power of two. */
  readonly filterWords: number;
  /** A power of two. */
  readonly buckets: number;
  /** Of the index of near plates: a power of two, or 0 where there is none. */
  readonly nearBuckets: number;
  readonly nearSlots: number;
}

/** The arrays of a snapshot. Entry by entry, they are in order of their buckets. */
export interface SnapshotParts {
  readonly filter: Uint32Array;
  /** Bucket b's entries stand from `directory[b]` to before `directory[b + 1]`. */
  readonly directory: Uint32Array;
  /** Plate, state and place in the list that the snapshot was built of (`packed-entry.ts`). */
  readonly entries: Uint32Array;
  /** Empty where the list is not tolerant. */
  readonly near: NearIndex;
}

/** Bytes that are no snapshot, a damaged one, or one of a newer format. */
export class SnapshotUnusable extends Error {
  override readonly name = 'SnapshotUnusable';
  constructor(readonly code: 'magic' | 'version' | 'header' | 'length') {
    super(`the hot list’s snapshot cannot be used: ${code}`);
  }
}

/** `PKHL`. */
const magic = 0x4c484b50;
const version = 2;
const headerBytes = 64;
/** The header's words that its checksum covers; the checksum is the rest of it. */
const statedWords = 8;
const wordBytes = 4;

/** A snapshot with its header written and everything else 0. */
export function layOut(counts: SnapshotCounts): {
  readonly bytes: Uint8Array;
  readonly parts: SnapshotParts;
} {
  const bytes = new Uint8Array(totalBytesOf(counts));
  const { entries, filterWords, buckets, nearBuckets, nearSlots } = counts;
  const stated = [magic, version, bytes.length, entries, filterWords, buckets, nearBuckets, nearSlots];
  const view = new DataView(bytes.buffer);
  stated.forEach((word, at) => {
    view.setUint32(at * wordBytes, word, true);
  });
  bytes.set(checksumOf(bytes), statedWords * wordBytes);
  return { bytes, parts: partsOf(bytes, counts) };
}

/**
 * The arrays of a snapshot, without a copy where the bytes are aligned. The checksum is the header's: it proves that
 * every array lies inside the bytes. What is in them is proven by the store that they come from, and no alert rests on
 * them alone. Throws `SnapshotUnusable`.
 */
export function readParts(bytes: Uint8Array): {
  readonly counts: SnapshotCounts;
  readonly parts: SnapshotParts;
} {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const word = (at: number) => view.getUint32(at * wordBytes, true);
  if (bytes.length < headerBytes || word(0) !== magic) throw new SnapshotUnusable('magic');
  if (word(1) !== version) throw new SnapshotUnusable('version');
  const checksum = bytes.subarray(statedWords * wordBytes, headerBytes);
  if (Buffer.compare(checksum, checksumOf(bytes)) !== 0) throw new SnapshotUnusable('header');
  const counts = {
    entries: word(3),
    filterWords: word(4),
    buckets: word(5),
    nearBuckets: word(6),
    nearSlots: word(7),
  };
  if (word(2) !== bytes.length || totalBytesOf(counts) !== bytes.length) throw new SnapshotUnusable('length');
  const aligned = bytes.byteOffset % wordBytes === 0 ? bytes : bytes.slice();
  return { counts, parts: partsOf(aligned, counts) };
}

function partsOf(bytes: Uint8Array, counts: SnapshotCounts): SnapshotParts {
  const { entries, filterWords, buckets, nearSlots } = counts;
  let at = bytes.byteOffset + headerBytes;
  const words = (length: number): Uint32Array => {
    const array = new Uint32Array(bytes.buffer, at, length);
    at += length * wordBytes;
    return array;
  };
  return {
    filter: words(filterWords),
    directory: words(buckets + 1),
    entries: words(wordsPerEntry * entries),
    near: {
      filter: words(nearFilterWords(counts)),
      directory: words(nearDirectoryWords(counts)),
      slots: words(nearSlots),
    },
  };
}

function totalBytesOf(counts: SnapshotCounts): number {
  const { entries, filterWords, buckets, nearSlots } = counts;
  const nearWords = nearFilterWords(counts) + nearDirectoryWords(counts) + nearSlots;
  const words = filterWords + buckets + 1 + wordsPerEntry * entries + nearWords;
  return headerBytes + words * wordBytes;
}

function nearFilterWords({ nearBuckets, nearSlots }: SnapshotCounts): number {
  return nearBuckets === 0 ? 0 : filterWordsFor(nearSlots);
}

function nearDirectoryWords({ nearBuckets }: SnapshotCounts): number {
  return nearBuckets === 0 ? 0 : nearBuckets + 1;
}

function checksumOf(bytes: Uint8Array): Uint8Array {
  return createHash('sha256')
    .update(bytes.subarray(0, statedWords * wordBytes))
    .digest();
}
