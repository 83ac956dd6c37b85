import { createHash } from 'node:crypto';

/** What somebody did with a piece of evidence. */
export const custodyActs = ['taken', 'asked-again', 'handed-over', 'opened', 'released'] as const;
export type CustodyAct = (typeof custodyActs)[number];

/** One link of the chain of custody (Storage-B). */
export interface CustodyEntry {
  /** From 1, without a gap. */
  readonly number: number;
  readonly atMs: number;
  /** User name; for `handed-over` that of the person whose request handed it over. */
  readonly by: string;
  readonly act: CustodyAct;
  /** Names the request's events in the audit log. */
  readonly requestId: string;
  /** `custodyHash` of the entry before; zeros for the first. */
  readonly before: string;
}

const nothingBefore = '0'.repeat(64);

/** SHA-256, hex, over the entry's fields in a fixed order: what a following entry is bound to. */
export function custodyHash(entry: CustodyEntry): string {
  const { number, atMs, by, act, requestId, before } = entry;
  return createHash('sha256')
    .update(JSON.stringify([number, atMs, by, act, requestId, before]), 'utf8')
    .digest('hex');
}

/** The entry after `last`, or the first of a chain. */
export function nextEntry(
  last: CustodyEntry | undefined,
  fact: Pick<CustodyEntry, 'atMs' | 'by' | 'act' | 'requestId'>,
): CustodyEntry {
  const { atMs, by, act, requestId } = fact;
  return {
    number: (last?.number ?? 0) + 1,
    atMs,
    by,
    act,
    requestId,
    before: last === undefined ? nothingBefore : custodyHash(last),
  };
}

/** Whether every entry is bound to the one before it, from the taking on. An empty chain is none. */
export function isUnbroken(chain: readonly CustodyEntry[]): boolean {
  return (
    chain[0]?.act === 'taken' &&
    chain.every((entry, at) => {
      const last = chain[at - 1];
      return (
        entry.number === at + 1 && entry.before === (last === undefined ? nothingBefore : custodyHash(last))
      );
    })
  );
}
