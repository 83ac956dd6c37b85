import { createHash, createHmac } from 'node:crypto';
import type { OutsideEntry, OutsideListSource, OutsideRow, RefusedRow } from './outside-entry';
import { mergedEntry, readRow } from './read-row';

export const idBytes = 16;
export const digestBytes = 8;

/**
 * A whole delivery, packed, in the order of its entries' ids: a million entries are a few buffers and not millions of
 * objects.
 */
export interface Delivery {
  readonly entries: readonly OutsideEntry[];
  /**
   * 16 bytes of each entry: of the list's salt, the plate and the state, so the same in each delivery and of no use
   * outside.
   */
  readonly ids: Uint8Array;
  /** 8 bytes of each entry, of all that it says: other ones mean that it changed. */
  readonly digests: Uint8Array;
  /** The entries as JSON, one after another, and where each ends. */
  readonly texts: Uint8Array;
  readonly textEnds: Float64Array;
  readonly rows: number;
  readonly refusedRows: number;
  /** The first of them, for the report. */
  readonly refused: readonly RefusedRow[];
}

/** The report names so many refused rows; all are counted. */
export const refusedReportedMax = 1000;

/** Takes rows in one by one; what is refused never holds back its neighbours. */
export class Gathering {
  readonly #source: OutsideListSource;
  readonly #entries = new Map<string, OutsideEntry>();
  readonly #refused: RefusedRow[] = [];
  #rows = 0;
  #refusedRows = 0;

  constructor(source: OutsideListSource) {
    this.#source = source;
  }

  take(row: OutsideRow): void {
    this.#rows++;
    const read = readRow(row, this.#source);
    if (read.kind === 'refused') this.#refuse(read.refused);
    else this.#add(read.entry);
  }

  /** A row that could not even be cut into its fields. */
  refuse(row: number, message: string): void {
    this.#rows++;
    this.#refuse({ row, column: '(row)', message });
  }

  /** `salt`: 32 random bytes of the list, the same for all its deliveries. */
  delivery(salt: Uint8Array): Delivery {
    const { entries, ids } = sorted([...this.#entries.values()], salt);
    const rows = { rows: this.#rows, refusedRows: this.#refusedRows, refused: [...this.#refused] };
    return { entries, ids, ...textsOf(entries), ...rows };
  }

  #add(entry: OutsideEntry): void {
    const key = `${entry.plate}|${entry.state ?? ''}`;
    const before = this.#entries.get(key);
    this.#entries.set(key, before === undefined ? entry : mergedEntry(before, entry));
  }

  #refuse(refused: RefusedRow): void {
    this.#refusedRows++;
    if (this.#refused.length < refusedReportedMax) this.#refused.push(refused);
  }
}

/** Bytes of an id that fit a number exactly. Few ids share them; those are told apart by the rest. */
const leadingBytes = 6;

function sorted(
  entries: readonly OutsideEntry[],
  salt: Uint8Array,
): { readonly entries: readonly OutsideEntry[]; readonly ids: Uint8Array } {
  const unsorted = Buffer.alloc(entries.length * idBytes);
  const leading = new Float64Array(entries.length);
  const order = new Uint32Array(entries.length);
  entries.forEach(({ plate, state = '' }, at) => {
    createHmac('sha256', salt)
      .update(`${plate}|${state}`)
      .digest()
      .copy(unsorted, at * idBytes, 0, idBytes);
    leading[at] = unsorted.readUIntBE(at * idBytes, leadingBytes);
    order[at] = at;
  });
  const idAt = (at: number) => unsorted.subarray(at * idBytes, (at + 1) * idBytes);
  order.sort((a, b) => (leading[a] ?? 0) - (leading[b] ?? 0) || Buffer.compare(idAt(a), idAt(b)));
  const ids = Buffer.alloc(unsorted.length);
  order.forEach((from, to) => {
    unsorted.copy(ids, to * idBytes, from * idBytes, (from + 1) * idBytes);
  });
  return { entries: [...order].flatMap((at) => entries[at] ?? []), ids };
}

/** Usual rows take less; the buffer grows for others. */
const textBytesExpected = 160;

function textsOf(entries: readonly OutsideEntry[]): Pick<Delivery, 'texts' | 'textEnds' | 'digests'> {
  const digests = Buffer.alloc(entries.length * digestBytes);
  const textEnds = new Float64Array(entries.length);
  let texts = Buffer.allocUnsafe(Math.max(1024, entries.length * textBytesExpected));
  let end = 0;
  entries.forEach((entry, at) => {
    const text = JSON.stringify(entry);
    const most = text.length * 3;
    if (end + most > texts.length) texts = Buffer.concat([texts, Buffer.allocUnsafe(texts.length + most)]);
    end += texts.write(text, end, 'utf8');
    textEnds[at] = end;
    createHash('sha256')
      .update(text)
      .digest()
      .copy(digests, at * digestBytes, 0, digestBytes);
  });
  return { texts: texts.subarray(0, end), textEnds, digests };
}
