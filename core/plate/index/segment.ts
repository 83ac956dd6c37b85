import { matchesPattern, type PlatePattern } from '../pattern';
import { type Plate, parsePlate } from '../plate';
import { rangeOfPrefix, rangeOfSuffix } from './ranges';

/**
 * The distinct plates of one day and network, packed: groups by length and letter/digit shape, each group sorted
 * forward and, by a permutation, backward, so that a pattern with a known beginning or end reads a short range.
 */
export interface PlateSegment {
  readonly size: number;
  /** Every plate that the pattern may mean, in no order. */
  search(pattern: PlatePattern): readonly Plate[];
}

/** Bytes that are no segment, or one of a newer format. */
export class UnknownSegmentFormat extends Error {
  constructor(readonly code: 'magic' | 'length' | 'content') {
    super(`the index segment cannot be read: ${code}`);
    this.name = 'UnknownSegmentFormat';
  }
}

interface Group {
  readonly length: number;
  /** Of each position: letter or not; groups with a `?` stand apart, since it may be either. */
  readonly shape: string;
  /** Sorted, concatenated, fixed width. */
  readonly text: string;
  readonly count: number;
  /** Row numbers in order of the reversed plates. */
  readonly backward: Uint32Array;
}

const magic = 'PKX1';

/** `PKX1`, then of each group: length, count, the sorted plates, the backward order (little endian). */
export function buildSegment(plates: Iterable<Plate>): Uint8Array {
  const groups = new Map<string, Set<Plate>>();
  for (const plate of plates) {
    const shape = shapeOf(plate);
    const group = groups.get(shape) ?? new Set();
    groups.set(shape, group.add(plate));
  }
  const parts: Buffer[] = [Buffer.from(magic, 'latin1')];
  for (const shape of [...groups.keys()].sort())
    parts.push(encodeGroup([...(groups.get(shape) ?? [])].sort()));
  return Buffer.concat(parts);
}

/** Throws `UnknownSegmentFormat`. */
export function openSegment(bytes: Uint8Array): PlateSegment {
  const groups = decodeGroups(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length));
  return {
    size: groups.reduce((sum, group) => sum + group.count, 0),
    search: (pattern) => groups.flatMap((group) => searchGroup(group, pattern)),
  };
}

function searchGroup(group: Group, pattern: PlatePattern): Plate[] {
  if (!mayFit(group, pattern)) return [];
  const found: Plate[] = [];
  for (const row of candidateRows(group, pattern)) {
    const plate = group.text.slice(row * group.length, (row + 1) * group.length) as Plate;
    if (matchesPattern(pattern, plate)) found.push(plate);
  }
  return found;
}

/** The shorter of what the known beginning and the known end leave; a group with unread characters is read whole. */
function candidateRows(group: Group, pattern: PlatePattern): Iterable<number> {
  if (group.shape.includes('?')) return rows(0, group.count);
  const [from, to] = rangeOfPrefix(group, /^[^?*]*/.exec(pattern)?.[0] ?? '');
  const [backFrom, backTo] = rangeOfSuffix(group, /[^?*]*$/.exec(pattern)?.[0] ?? '');
  return to - from <= backTo - backFrom ? rows(from, to) : group.backward.subarray(backFrom, backTo);
}

function mayFit(group: Group, pattern: PlatePattern): boolean {
  const single = pattern.replaceAll('*', '').length;
  return pattern.includes('*') ? single <= group.length : single === group.length;
}

function* rows(from: number, to: number): Iterable<number> {
  for (let row = from; row < to; row++) yield row;
}

function shapeOf(plate: string): string {
  return plate.replace(/[A-Z]/g, 'A').replace(/[0-9]/g, '0');
}

function encodeGroup(sorted: readonly Plate[]): Buffer {
  const length = sorted[0]?.length ?? 0;
  const header = Buffer.alloc(5);
  header.writeUInt8(length, 0);
  header.writeUInt32LE(sorted.length, 1);
  const order = sorted.map((plate, row) => ({ row, key: reversed(plate) }));
  order.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
  const backward = Buffer.alloc(sorted.length * 4);
  for (const [at, { row }] of order.entries()) backward.writeUInt32LE(row, at * 4);
  return Buffer.concat([header, Buffer.from(sorted.join(''), 'latin1'), backward]);
}

function decodeGroups(bytes: Buffer): Group[] {
  if (bytes.toString('latin1', 0, 4) !== magic) throw new UnknownSegmentFormat('magic');
  const groups: Group[] = [];
  let at = 4;
  while (at < bytes.length) {
    if (at + 5 > bytes.length) throw new UnknownSegmentFormat('length');
    const length = bytes.readUInt8(at);
    const count = bytes.readUInt32LE(at + 1);
    const end = at + 5 + count * length + count * 4;
    if (end > bytes.length || length === 0 || count === 0) throw new UnknownSegmentFormat('length');
    const text = bytes.toString('latin1', at + 5, at + 5 + count * length);
    if (!isPlates(text, length)) throw new UnknownSegmentFormat('content');
    const backward = new Uint32Array(count);
    for (let row = 0; row < count; row++) {
      const value = bytes.readUInt32LE(at + 5 + count * length + row * 4);
      if (value >= count) throw new UnknownSegmentFormat('content');
      backward[row] = value;
    }
    groups.push({ length, shape: shapeOf(text.slice(0, length)), text, count, backward });
    at = end;
  }
  return groups;
}

/** Each row is a plate, so that whatever a segment holds, a search gives plates. */
function isPlates(text: string, length: number): boolean {
  return parsePlate(text.slice(0, length)) !== undefined && /^[A-Z0-9?]+$/.test(text);
}

function reversed(text: string): string {
  return [...text].reverse().join('');
}
