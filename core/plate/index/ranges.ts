/** Fixed-width rows, sorted forward, with the order of their reversals beside them. */
export interface SortedRows {
  readonly length: number;
  readonly text: string;
  readonly count: number;
  readonly backward: Uint32Array;
}

export type Range = readonly [from: number, to: number];

/** Rows that begin with `prefix`; all of them for an empty one. Binary search. */
export function rangeOfPrefix(rows: SortedRows, prefix: string): Range {
  const start = (row: number) => rows.text.slice(row * rows.length, row * rows.length + prefix.length);
  return [
    firstWhere(rows.count, (row) => start(row) >= prefix),
    firstWhere(rows.count, (row) => start(row) > prefix),
  ];
}

/** Places in `backward` whose rows end with `suffix`. */
export function rangeOfSuffix(rows: SortedRows, suffix: string): Range {
  const wanted = reverse(suffix);
  const ending = (place: number) => {
    const end = ((rows.backward[place] ?? 0) + 1) * rows.length;
    return reverse(rows.text.slice(end - suffix.length, end));
  };
  return [
    firstWhere(rows.count, (place) => ending(place) >= wanted),
    firstWhere(rows.count, (place) => ending(place) > wanted),
  ];
}

function firstWhere(count: number, holds: (at: number) => boolean): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}

function reverse(text: string): string {
  let reversed = '';
  for (let at = text.length - 1; at >= 0; at--) reversed += text[at];
  return reversed;
}
