import { type Edge, emptyEdge, type Growth, grow, rootOf } from './edge';
import { decodeFields, encodeFields, FieldsMalformed } from './fields';
import { type Hash, sameBytes } from './hash';

/** Where an event is stored. */
export interface EventKey {
  readonly hour: string;
  readonly at: string;
}

/** An event that has its place in the log, as the log holds it. */
export interface StagedEntry {
  readonly key: EventKey;
  readonly entry: Uint8Array;
}

/**
 * The one truth of the log. `size` and `root` are committed; `staged` are the newest entries, committed with them and
 * perhaps not all published; `edge` is the tree without those. Nothing staged: all is published.
 */
export interface LogHead {
  readonly size: number;
  readonly root: Hash;
  readonly edge: Edge;
  readonly staged: readonly StagedEntry[];
  /** When all of it was last published, milliseconds. */
  readonly publishedAtMs: number;
}

/** The head does not agree with itself: whoever goes on from it would fork the log. */
export class HeadBroken extends Error {
  readonly code = 'log-head-broken';

  constructor() {
    super('the log head does not agree with itself');
    this.name = 'HeadBroken';
  }
}

export const emptyHead = (): LogHead => ({
  size: 0,
  root: rootOf(emptyEdge),
  edge: emptyEdge,
  staged: [],
  publishedAtMs: 0,
});

/** The head after these entries, nothing of them published. Only from a head without staged entries. */
export function committing(head: LogHead, staged: readonly StagedEntry[]): LogHead {
  if (head.staged.length > 0) throw new RangeError('publish the staged entries first');
  const { edge } = growthOf({ ...head, size: head.size + staged.length, staged });
  return { ...head, size: edge.size, root: rootOf(edge), staged };
}

/** The committed tree and what its staged entries filled. Throws `HeadBroken` when they do not give the committed root. */
export function committedGrowth(head: LogHead): Growth {
  const growth = growthOf(head);
  if (!sameBytes(rootOf(growth.edge), head.root)) throw new HeadBroken();
  return growth;
}

export function encodeStaged(staged: readonly StagedEntry[]): Uint8Array {
  return encodeFields(
    staged.flatMap(({ key, entry }) => [Buffer.from(key.hour), Buffer.from(key.at), entry]),
  );
}

export function decodeStaged(bytes: Uint8Array): readonly StagedEntry[] {
  const fields = decodeFields(bytes);
  if (fields.length % 3 !== 0) throw new FieldsMalformed();
  const staged: StagedEntry[] = [];
  for (let at = 0; at < fields.length; at += 3) {
    const [hour, sort, entry] = fields.slice(at, at + 3);
    if (hour === undefined || sort === undefined || entry === undefined) throw new FieldsMalformed();
    const key = { hour: Buffer.from(hour).toString('utf8'), at: Buffer.from(sort).toString('utf8') };
    staged.push({ key, entry });
  }
  return staged;
}

function growthOf({ edge, staged, size }: LogHead): Growth {
  if (edge.size + staged.length !== size) throw new HeadBroken();
  return grow(
    edge,
    staged.map(({ entry }) => entry),
  );
}
