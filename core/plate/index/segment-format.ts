import { type Shape, shapeOf, wideShapeOf } from './shape';

/** Plates of one shape: their numbers in each order of the shape, ascending. */
export interface Group {
  readonly shape: Shape;
  readonly count: number;
  /** 32 bits each, or doubles for wide shapes. */
  readonly numbers: readonly (Uint32Array | Float64Array)[];
}

/** Bytes that are no segment, or one of another format. */
export class UnknownSegmentFormat extends Error {
  constructor(readonly code: 'magic' | 'length' | 'content') {
    super(`the index segment cannot be read: ${code}`);
    this.name = 'UnknownSegmentFormat';
  }
}

const magic = 'PKX2';
const headerBytes = 8;
/** In place of the letters of a shape: any character anywhere. */
const wide = 0xffff;
const plateCharacters = { min: 2, max: 10 };

/** docs/formats/plate-index.md. */
export function encodeSegment(groups: readonly Group[]): Uint8Array {
  const head = Buffer.alloc(headerBytes);
  head.write(magic, 'latin1');
  head.writeUInt32LE(groups.length, 4);
  const parts: Uint8Array[] = [head];
  for (const { shape, count, numbers } of groups) {
    const header = Buffer.alloc(headerBytes);
    header.writeUInt16LE(shape.length, 0);
    header.writeUInt16LE(shape.letters ?? wide, 2);
    header.writeUInt32LE(count, 4);
    parts.push(header, ...numbers.map(bytesOf), Buffer.alloc(paddingOf(shape, count)));
  }
  return Buffer.concat(parts);
}

/**
 * Uses the bytes where they lie, and copies them only if they do not lie on a double word. Whatever the numbers are,
 * they name plates; doubles that are none are refused. Throws `UnknownSegmentFormat`.
 */
export function decodeSegment(given: Uint8Array): readonly Group[] {
  const bytes = given.byteOffset % 8 === 0 ? given : Uint8Array.from(given);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  if (bytes.length < headerBytes) throw new UnknownSegmentFormat('length');
  if (Buffer.from(bytes.subarray(0, 4)).toString('latin1') !== magic) throw new UnknownSegmentFormat('magic');
  const groups: Group[] = [];
  let at = headerBytes;
  for (let left = view.getUint32(4, true); left > 0; left--) {
    if (at + headerBytes > bytes.length) throw new UnknownSegmentFormat('length');
    const shape = shapeNamed(view.getUint16(at, true), view.getUint16(at + 2, true));
    const count = view.getUint32(at + 4, true);
    at += headerBytes;
    const end = at + bodyBytes(shape, count) + paddingOf(shape, count);
    if (end > bytes.length) throw new UnknownSegmentFormat('length');
    groups.push({ shape, count, numbers: numbersAt(bytes, at, shape, count) });
    at = end;
  }
  if (at !== bytes.length) throw new UnknownSegmentFormat('length');
  return groups;
}

function numbersAt(bytes: Uint8Array, at: number, shape: Shape, count: number): Group['numbers'] {
  const from = (order: number) => bytes.byteOffset + at + order * count * widthOf(shape);
  if (shape.letters !== undefined)
    return shape.orders.map((_, order) => new Uint32Array(bytes.buffer, from(order), count));
  const numbers = shape.orders.map((_, order) => new Float64Array(bytes.buffer, from(order), count));
  const isNumber = (number: number) => Number.isSafeInteger(number) && number >= 0;
  if (!numbers.every((each) => each.every(isNumber))) throw new UnknownSegmentFormat('content');
  return numbers;
}

function shapeNamed(length: number, letters: number): Shape {
  if (length < plateCharacters.min || length > plateCharacters.max) throw new UnknownSegmentFormat('content');
  if (letters === wide) return wideShapeOf(length);
  const shape = letters < 1 << length ? shapeOf(length, letters) : undefined;
  if (shape === undefined) throw new UnknownSegmentFormat('content');
  return shape;
}

function bodyBytes(shape: Shape, count: number): number {
  return count * widthOf(shape) * shape.orders.length;
}

/** So that every group begins on a double word. */
function paddingOf(shape: Shape, count: number): number {
  return bodyBytes(shape, count) % 8;
}

function widthOf({ letters }: Shape): number {
  return letters === undefined ? 8 : 4;
}

function bytesOf(numbers: Uint32Array | Float64Array): Uint8Array {
  return new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength);
}
