import { sign } from 'node:crypto';
import fc from 'fast-check';
import { checkpointText } from '../../../../core/audit/log/checkpoint';
import { commitmentKeyBytes, entryOf } from '../../../../core/audit/log/commitment';
import {
  decodeEdge,
  type Edge,
  emptyEdge,
  encodeEdge,
  grow,
  partialsOf,
  rootOf,
} from '../../../../core/audit/log/edge';
import { decodeFields, encodeFields, FieldsMalformed } from '../../../../core/audit/log/fields';
import { leafHash } from '../../../../core/audit/log/hash';
import { isKeyName, signedNote, verifierKey } from '../../../../core/audit/log/note';
import { tilePath } from '../../../../core/audit/log/tile-path';
import { openCheckpoint } from '../../../../core/audit/log/verifier/open-checkpoint';
import { openNote, parseLogKey } from '../../../../core/audit/log/verifier/open-note';
import { fullPath } from '../../../../core/audit/log/verifier/tile-files';
import { TreeRebuild } from '../../../../core/audit/log/verifier/tree-rebuild';
import { madeKey } from './made-log';

/** Leaves and roots that the Certificate Transparency implementations publish for RFC 6962. */
const leaves = [
  '',
  '00',
  '10',
  '2021',
  '3031',
  '40414243',
  '5051525354555657',
  '606162636465666768696a6b6c6d6e6f',
];
const roots = [
  'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
];
const bytes = (hex: string) => Buffer.from(hex, 'hex');
const hex = (value: Uint8Array) => Buffer.from(value).toString('hex');

describe('the Merkle tree', () => {
  it('has the published roots of RFC 6962, by the writer and by the verifier', () => {
    expect(
      roots.map((_, size) => hex(rootOf(grow(emptyEdge, leaves.slice(0, size).map(bytes)).edge))),
    ).toEqual(roots);
    const rebuilt = new TreeRebuild();
    const seen = [hex(rebuilt.root())];
    for (const leaf of leaves) {
      rebuilt.add(bytes(leaf));
      seen.push(hex(rebuilt.root()));
    }
    expect(seen).toEqual(roots);
  });

  it('has the same root however its entries came in', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(300), { maxLength: 6 }), (sizes) => {
        let edge = emptyEdge;
        let number = 0;
        const whole = new TreeRebuild();
        for (const size of sizes) {
          const batch = Array.from({ length: size }, () => Buffer.from(`entry ${number++}`));
          for (const entry of batch) whole.add(entry);
          edge = decodeEdge(encodeEdge(grow(edge, batch).edge), number);
        }
        expect(hex(rootOf(edge))).toBe(hex(whole.root()));
      }),
      { numRuns: 30 },
    );
  });
});

describe('tiles', () => {
  it('lie where tlog-tiles says', () => {
    expect(tilePath({ level: 0, index: 1234067, width: 256 })).toBe('tile/0/x001/x234/067');
    expect(tilePath({ level: 'entries', index: 0, width: 1 })).toBe('tile/entries/000.p/1');
    expect(fullPath(0, 1234067)).toBe('tile/0/x001/x234/067');
    expect(fullPath('entries', 999)).toBe('tile/entries/999');
    expect(fullPath(1, 1000)).toBe('tile/1/x001/000');
  });

  it('of 70,000 entries are those that tlog-tiles names', () => {
    const entries = Array.from({ length: 70_000 }, (_, at) => Buffer.from(String(at)));
    const { edge, full } = grow(emptyEdge, entries);
    const tiles = full.filter(({ path }) => !path.startsWith('tile/entries/'));
    expect(tiles.filter(({ path }) => path.startsWith('tile/0/'))).toHaveLength(273);
    expect(tiles.filter(({ path }) => path.startsWith('tile/1/')).map(({ path }) => path)).toEqual([
      'tile/1/000',
    ]);
    expect(full.filter(({ path }) => path.startsWith('tile/entries/'))).toHaveLength(273);
    expect(tiles.every((tile) => tile.bytes.length === 8192)).toBe(true);
    expect(partialsOf(edge).map(({ path }) => path)).toEqual([
      'tile/0/273.p/112',
      'tile/1/001.p/17',
      'tile/2/000.p/1',
      'tile/entries/273.p/112',
    ]);
  });

  it('of 256 entries are a full one and a partial one of width 1 above it', () => {
    const { edge, full } = grow(
      emptyEdge,
      Array.from({ length: 256 }, () => Buffer.from('x')),
    );
    expect(full.map(({ path }) => path)).toEqual(['tile/0/000', 'tile/entries/000']);
    expect(partialsOf(edge).map(({ path }) => path)).toEqual(['tile/1/000.p/1']);
  });

  it('hold leaf hashes, and bundles the entries after a big-endian length each', () => {
    const { edge } = grow(emptyEdge, [bytes('aabb'), Buffer.alloc(258, 1)]);
    const [tile, bundle] = partialsOf(edge);
    expect(hex(tile?.bytes.subarray(0, 32) ?? Buffer.of())).toBe(hex(leafHash(bytes('aabb'))));
    expect(hex(bundle?.bytes.subarray(0, 8) ?? Buffer.of())).toBe('0002aabb01020101');
  });
});

describe('signed notes', () => {
  /** The example of Go’s sumdb/note. */
  const seed = Buffer.from('AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz', 'base64').subarray(1);
  const text =
    'If you think cryptography is the answer to your problem,\nthen you don’t know what your problem is.\n'.replace(
      '’',
      "'",
    );
  const note = `${text}\n— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n`;
  const vkey = 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW';
  const key = madeKey(seed);
  const opened = (value: string) => {
    const parsed = parseLogKey(vkey);
    return parsed && openNote(Buffer.from(value), parsed);
  };

  it('are, with their key, byte for byte those of the Go implementation', () => {
    expect(verifierKey('PeterNeumann', key.publicKey)).toBe(vkey);
    const signature = sign(null, Buffer.from(text), key.privateKey);
    expect(signedNote(text, { name: 'PeterNeumann', publicKey: key.publicKey }, signature)).toBe(note);
    expect(opened(note)).toEqual({ kind: 'proven', value: text });
  });

  it('carry other signatures, which are ignored', () => {
    const others = `${note}— somebody.example ${Buffer.alloc(68, 1).toString('base64')}\n`;
    expect(opened(others)).toEqual({ kind: 'proven', value: text });
  });

  it.each([
    ['another text', note.replace('answer', 'Answer'), 'signature-wrong'],
    ['no signature of the key', note.replace('PeterNeumann', 'PaulNeumann'), 'signature-missing'],
    ['no signature at all', `${text}\n`, 'note-malformed'],
    ['no end', note.slice(0, -1), 'note-malformed'],
    ['a control character', note.replace('answer', 'ans\twer'), 'note-malformed'],
    ['a signature that is no base64', note.replace('x08go', 'x08g*'), 'note-malformed'],
    ['a dash that looks like it', note.replace('—', '–'), 'note-malformed'],
    [
      'a wrong one before a right one',
      `${note}${note.slice(text.length + 1).replace('/ZJ', '/ZK')}`,
      'signature-wrong',
    ],
  ])('with %s prove nothing', (_, value, code) => {
    expect(opened(value)).toMatchObject({ kind: 'disproved', findings: [{ code }] });
  });

  it('never open by accident', () => {
    fc.assert(
      fc.property(fc.nat(note.length - 1), fc.integer({ min: 32, max: 126 }), (at, code) => {
        const altered = note.slice(0, at) + String.fromCharCode(code) + note.slice(at + 1);
        fc.pre(altered !== note);
        expect(opened(altered)?.kind).toBe('disproved');
      }),
    );
  });

  it('take no key whose id is not its own', () => {
    expect(parseLogKey(vkey.replace('c74f20a3', 'c74f20a4'))).toBeUndefined();
    expect(parseLogKey('PeterNeumann')).toBeUndefined();
    expect(isKeyName('two words')).toBe(false);
    expect(isKeyName('a+b')).toBe(false);
    expect(isKeyName('example.org/log')).toBe(true);
  });

  it('that are checkpoints have three lines and the origin of their key', () => {
    const root = Buffer.from('CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=', 'base64');
    const body = checkpointText('example.com/behind-the-sofa', { size: 20852163, root });
    expect(body).toBe(
      'example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n',
    );
    const open = (origin: string, name: string) => {
      const signedText = checkpointText(origin, { size: 3, root });
      const signature = sign(null, Buffer.from(signedText), key.privateKey);
      const own = parseLogKey(verifierKey(name, key.publicKey));
      const signed = signedNote(signedText, { name, publicKey: key.publicKey }, signature);
      return own && openCheckpoint(Buffer.from(signed), own);
    };
    expect(open('example.com/a', 'example.com/a')).toMatchObject({ kind: 'proven', value: { size: 3 } });
    expect(open('example.com/b', 'example.com/a')).toMatchObject({
      kind: 'disproved',
      findings: [{ code: 'checkpoint-malformed' }],
    });
  });
});

describe('length-prefixed fields', () => {
  it('come back as they were', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 600 })), (fields) => {
        expect(decodeFields(encodeFields(fields)).map(hex)).toEqual(fields.map(hex));
      }),
    );
  });

  it('that end early are refused', () => {
    expect(() => decodeFields(bytes('0003aabb'))).toThrow(FieldsMalformed);
    expect(() => decodeFields(bytes('00'))).toThrow(FieldsMalformed);
  });

  it('of an edge of another size are refused', () => {
    const edge: Edge = grow(emptyEdge, [bytes('aa'), bytes('bb')]).edge;
    expect(decodeEdge(encodeEdge(edge), 2).size).toBe(2);
    expect(() => decodeEdge(encodeEdge(edge), 3)).toThrow(FieldsMalformed);
    expect(() => decodeEdge(encodeEdge(edge), 258)).toThrow(FieldsMalformed);
  });
});

describe('a commitment', () => {
  it('is the version and SHA-256 of key and event', () => {
    const key = Buffer.alloc(commitmentKeyBytes, 1);
    expect(hex(entryOf('{"made":"up"}', key))).toBe(
      '01943f90753c6ab3c157b8bf51dd3f51a0f38582180805af8fc62a0e13c63b7e33',
    );
  });

  it('needs a whole key', () => {
    expect(() => entryOf('x', Buffer.alloc(31))).toThrow(RangeError);
  });
});
