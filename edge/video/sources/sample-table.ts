import { boxAt, damaged, requiredBox } from './boxes';

/** Where a coded picture lies in the file, and when it is shown. */
export interface Sample {
  readonly offset: number;
  readonly sizeBytes: number;
  /** In the track's own units. */
  readonly at: number;
  readonly isKeyframe: boolean;
}

/** The samples of a track's `stbl` box, in the order of decoding (ISO/IEC 14496-12, 8.5 to 8.7). */
export function* samplesOf(table: Buffer): Generator<Sample> {
  const durations = runs(requiredBox(table, 'stts'));
  const shifts = runs(boxAt(table, 'ctts'), { isSigned: true });
  const keyframes = boxAt(table, 'stss');
  const keyNumbers = keyframes && new Set(numbers(keyframes, 4));
  const sizes = requiredBox(table, 'stsz');
  const sizeOfAll = sizes.readUInt32BE(4);
  const count = sizes.readUInt32BE(8);
  const offsets = chunkOffsets(table);
  const perChunk = chunkLengths(requiredBox(table, 'stsc'), offsets.length);
  let number = 0;
  let decodeAt = 0;
  for (const [chunk, chunkOffset] of offsets.entries()) {
    let offset = chunkOffset;
    for (let index = 0; index < (perChunk[chunk] ?? 0) && number < count; index++) {
      const sizeBytes = sizeOfAll === 0 ? sizeAt(sizes, number) : sizeOfAll;
      const at = decodeAt + (shifts.next().value ?? 0);
      number++;
      yield { offset, sizeBytes, at, isKeyframe: keyNumbers === undefined || keyNumbers.has(number) };
      offset += sizeBytes;
      decodeAt += durations.next().value ?? 0;
    }
  }
}

/** Values that a table gives as pairs of a count and a value; 0 for ever where there is no table. */
function* runs(table: Buffer | undefined, { isSigned = false } = {}): Generator<number, undefined> {
  const entries = table === undefined ? 0 : table.readUInt32BE(4);
  for (let entry = 0; entry < entries; entry++) {
    const at = 8 + entry * 8;
    if (table === undefined || at + 8 > table.length) throw damaged();
    const value = isSigned ? table.readInt32BE(at + 4) : table.readUInt32BE(at + 4);
    for (let left = table.readUInt32BE(at); left > 0; left--) yield value;
  }
  return undefined;
}

function* numbers(table: Buffer, width: 4 | 8): Generator<number> {
  const entries = table.readUInt32BE(4);
  if (8 + entries * width > table.length) throw damaged();
  for (let entry = 0; entry < entries; entry++) {
    const at = 8 + entry * width;
    yield width === 4 ? table.readUInt32BE(at) : Number(table.readBigUInt64BE(at));
  }
}

function chunkOffsets(table: Buffer): readonly number[] {
  const short = boxAt(table, 'stco');
  return short === undefined ? [...numbers(requiredBox(table, 'co64'), 8)] : [...numbers(short, 4)];
}

function chunkLengths(table: Buffer, chunks: number): readonly number[] {
  const entries = table.readUInt32BE(4);
  if (8 + entries * 12 > table.length) throw damaged();
  const lengths: number[] = [];
  for (let entry = 0; entry < entries; entry++) {
    const at = 8 + entry * 12;
    const isLast = entry === entries - 1;
    const end = isLast ? chunks : table.readUInt32BE(at + 12) - 1;
    if (end > chunks) throw damaged();
    while (lengths.length < end) lengths.push(table.readUInt32BE(at + 4));
  }
  return lengths;
}

function sizeAt(table: Buffer, index: number): number {
  const at = 12 + index * 4;
  if (at + 4 > table.length) throw damaged();
  return table.readUInt32BE(at);
}
