import fc from 'fast-check';
import { type Hash, leafHash, nodeHash } from '../../../../core/audit/log/hash';
import {
  consistencyPath,
  inclusionPath,
  provesConsistency,
  provesInclusion,
  type Subtree,
} from '../../../../core/audit/log/verifier/proofs';
import { TreeRebuild } from '../../../../core/audit/log/verifier/tree-rebuild';

const published = [
  '',
  '00',
  '10',
  '2021',
  '3031',
  '40414243',
  '5051525354555657',
  '606162636465666768696a6b6c6d6e6f',
];
const hex = (value: Uint8Array) => Buffer.from(value).toString('hex');
const entriesOf = (count: number) => Array.from({ length: count }, (_, at) => Buffer.from(`entry ${at}`));

describe('proofs over the published tree of RFC 6962', () => {
  const subtree = subtreeOf(published.map((leaf) => Buffer.from(leaf, 'hex')));

  it('of inclusion are the published ones', () => {
    expect(inclusionPath(0, 8, subtree).map(hex)).toEqual([
      '96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7',
      '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
      '6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4',
    ]);
    expect(inclusionPath(7, 8, subtree).map(hex)).toEqual([
      'b08693ec2e721597130641e8211e7eedccb4c26413963eee6c1e2ed16ffb1a5f',
      '0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a',
      'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
    ]);
  });

  it('of consistency are the published ones', () => {
    expect(consistencyPath(6, 8, subtree).map(hex)).toEqual([
      '0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a',
      'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0',
      'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
    ]);
    expect(consistencyPath(2, 5, subtree).map(hex)).toEqual([
      '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
      'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b',
    ]);
    expect(consistencyPath(1, 1, subtree)).toEqual([]);
  });
});

describe('proofs', () => {
  const entries = entriesOf(40);
  const subtree = subtreeOf(entries);
  const roots = rootsOf(entries);
  const root = (size: number) => roots[size] ?? Buffer.of();

  it('of inclusion hold for every place of every tree up to 40, and for no other place', () => {
    for (let size = 1; size <= 40; size++)
      for (let index = 0; index < size; index++) {
        const path = inclusionPath(index, size, subtree);
        const leaf = leafHash(entries[index] ?? Buffer.of());
        const claim = { index, size, leaf, path, root: root(size) };
        expect(provesInclusion(claim)).toBe(true);
        expect(provesInclusion({ ...claim, index: (index + 1) % size })).toBe(size === 1);
        expect(provesInclusion({ ...claim, root: root(size + 1) })).toBe(false);
        expect(provesInclusion({ ...claim, path: [...path, leaf] })).toBe(false);
        if (path.length > 0) expect(provesInclusion({ ...claim, path: path.slice(1) })).toBe(false);
      }
  });

  it('of consistency hold for every two trees up to 40, and for no altered one', () => {
    for (let newer = 1; newer <= 40; newer++)
      for (let older = 1; older <= newer; older++) {
        const path = consistencyPath(older, newer, subtree);
        const claim = {
          older: { size: older, root: root(older) },
          newer: { size: newer, root: root(newer) },
          path,
        };
        const other = Buffer.alloc(32, 9);
        expect(provesConsistency(claim)).toBe(true);
        expect(provesConsistency({ ...claim, older: { size: older, root: other } })).toBe(false);
        expect(provesConsistency({ ...claim, newer: { size: newer, root: other } })).toBe(false);
        expect(provesConsistency({ ...claim, path: [...path, other] })).toBe(false);
        path.forEach((_, at) => {
          expect(provesConsistency({ ...claim, path: path.with(at, other) })).toBe(false);
        });
      }
  });

  it('of nonsense hold for nothing', () => {
    const claim = { index: 0, size: 1, leaf: root(1), path: [], root: root(1) };
    expect(provesInclusion(claim)).toBe(true);
    for (const index of [-1, 1, 0.5, Number.NaN]) expect(provesInclusion({ ...claim, index })).toBe(false);
    expect(provesInclusion({ ...claim, size: 0 })).toBe(false);
    expect(
      provesConsistency({ older: { size: 2, root: root(2) }, newer: { size: 1, root: root(1) }, path: [] }),
    ).toBe(false);
  });

  it('of random paths hold for nothing', () => {
    const hash = fc.uint8Array({ minLength: 32, maxLength: 32 });
    fc.assert(
      fc.property(
        fc.nat(50),
        fc.nat(50),
        fc.array(hash, { maxLength: 8 }),
        hash,
        (index, size, path, leaf) => {
          expect(provesInclusion({ index, size, leaf, path, root: root(20) })).toBe(false);
        },
      ),
    );
  });
});

/** By the recursive definition. */
function subtreeOf(entries: readonly Uint8Array[]): Subtree {
  const of = (level: number, index: number): Hash =>
    level === 0
      ? leafHash(entries[index] ?? Buffer.of())
      : nodeHash(of(level - 1, 2 * index), of(level - 1, 2 * index + 1));
  return of;
}

function rootsOf(entries: readonly Uint8Array[]): readonly Hash[] {
  const tree = new TreeRebuild();
  return [
    tree.root(),
    ...entries.map((entry) => {
      tree.add(entry);
      return tree.root();
    }),
  ];
}
