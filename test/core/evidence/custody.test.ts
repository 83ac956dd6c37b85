import fc from 'fast-check';
import { type CustodyEntry, custodyHash, isUnbroken, nextEntry } from '../../../core/evidence/custody';

const fact = (act: CustodyEntry['act'], atMs: number) => ({
  atMs,
  by: 'made-up.detective',
  act,
  requestId: '00000000-0000-4000-8000-000000000001',
});

function chainOf(...acts: readonly CustodyEntry['act'][]): CustodyEntry[] {
  const chain: CustodyEntry[] = [];
  for (const [at, act] of acts.entries()) chain.push(nextEntry(chain.at(-1), fact(act, 1000 + at)));
  return chain;
}

describe('a chain of custody', () => {
  it('begins with the taking, and binds each link to the one before [Storage-B]', () => {
    const chain = chainOf('taken', 'handed-over', 'opened', 'released');
    expect(isUnbroken(chain)).toBe(true);
    expect(chain[0]?.before).toBe('0'.repeat(64));
    expect(chain.map(({ number }) => number)).toEqual([1, 2, 3, 4]);
  });

  it('hashes fields in one order that never changes, so that old chains stay provable', () => {
    const first = nextEntry(undefined, { atMs: 1, by: 'a', act: 'taken', requestId: 'r' });
    expect(custodyHash(first)).toBe('d18a935c129cf3503a9a1fc3a392b83e27f903477127b17bcf28bb7d901bd835');
  });

  it('is broken by any change, loss or change of places of a link [Storage-B]', () => {
    const chain = chainOf('taken', 'handed-over', 'opened', 'opened', 'released');
    fc.assert(
      fc.property(
        fc.nat(3),
        fc.constantFrom<(entry: CustodyEntry) => CustodyEntry>(
          (entry) => ({ ...entry, by: 'made-up.other' }),
          (entry) => ({ ...entry, atMs: entry.atMs + 1 }),
          (entry) => ({ ...entry, requestId: 'another' }),
          (entry) => ({ ...entry, act: 'asked-again' }),
        ),
        (at, change) => {
          const changed = chain.map((entry, index) => (index === at ? change(entry) : entry));
          const lost = chain.filter((_, index) => index !== at);
          const swapped = chain.toSpliced(at, 2, ...chain.slice(at, at + 2).toReversed());
          return !isUnbroken(changed) && !isUnbroken(lost) && !isUnbroken(swapped);
        },
      ),
    );
  });

  it('does not begin with anything but a taking, and is none when empty', () => {
    expect(isUnbroken([])).toBe(false);
    expect(isUnbroken(chainOf('opened', 'taken'))).toBe(false);
  });
});
