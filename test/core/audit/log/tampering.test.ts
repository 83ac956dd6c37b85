import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { emptyEdge, grow, partialsOf, rootOf } from '../../../../core/audit/log/edge';
import { encodeFields } from '../../../../core/audit/log/fields';
import { sealAll } from '../../../../core/audit/log/seal';
import { checkLog } from '../../../../core/audit/log/verifier/check-log';
import { logKey, MadeLog } from './made-log';

let log: MadeLog;
const check = (files: Map<string, Uint8Array>) =>
  checkLog({ read: (path) => files.get(path), list: () => [...files.keys()] }, logKey);
const codes = (files: Map<string, Uint8Array>) => {
  const verdict = check(files);
  return verdict.kind === 'proven' ? [] : verdict.findings.map(({ code }) => code);
};

beforeEach(async () => {
  log = new MadeLog();
  for (const count of [2, 3]) {
    log.append(count);
    await sealAll(log.deps());
  }
});

describe('the verifier', () => {
  it('finds every altered byte of every file of a small log [Acct-A]', () => {
    let altered = 0;
    for (const [path, bytes] of log.files)
      for (let at = 0; at < bytes.length; at++) {
        const copy = Buffer.from(bytes);
        copy.writeUInt8((copy.readUInt8(at) + 1) % 256, at);
        expect({ path, at, kind: check(new Map([...log.files, [path, copy]])).kind }).toEqual({
          path,
          at,
          kind: 'disproved',
        });
        altered++;
      }
    expect(altered).toBeGreaterThan(1000);
  });

  it('finds every file that is cut short', () => {
    for (const [path, bytes] of log.files)
      expect(check(new Map([...log.files, [path, bytes.subarray(0, -1)]])).kind).toBe('disproved');
  });

  it.each([
    ['the newest checkpoint', 'checkpoint', 'checkpoint-missing'],
    ['its numbered copy', 'checkpoints/5', 'checkpoint-missing'],
    ['the entries', 'tile/entries/000.p/5', 'file-missing'],
    ['the tile', 'tile/0/000.p/5', 'file-missing'],
  ])('finds that %s was removed', (_, path, code) => {
    const files = new Map(log.files);
    files.delete(path);
    expect(codes(files)).toContain(code);
  });

  it('finds a file that does not belong', () => {
    expect(codes(new Map([...log.files, ['notes.txt', Buffer.of(1)]]))).toEqual(['file-unexpected']);
    expect(codes(new Map([...log.files, ['tile/0/000.p/0', Buffer.of(1)]]))).toEqual(['file-unexpected']);
  });

  it('leaves alone what a copy has that was made while the log was growing', () => {
    expect(codes(new Map([...log.files, ['tile/0/000.p/7', Buffer.of(1)]]))).toEqual([]);
  });

  it.each([
    ['dropped', (entries: Uint8Array[]) => [...entries.slice(0, 2), ...entries.slice(3)]],
    ['moved', ([a, b, ...others]: Uint8Array[]) => [b, a, ...others].flatMap((each) => each ?? [])],
    ['added', (entries: Uint8Array[]) => [...entries, ...entries.slice(0, 1)]],
  ])('finds that an event was %s, even when the tiles were made anew to fit', (_, change) => {
    const tree = grow(emptyEdge, change(entriesOf(log)));
    const files = new Map(log.files);
    for (const path of files.keys()) if (path.startsWith('tile/')) files.delete(path);
    for (const { path, bytes } of partialsOf(tree.edge)) files.set(path, bytes);
    expect(rootOf(tree.edge)).toHaveLength(32);
    expect(check(files).kind).toBe('disproved');
  });

  it('finds a log that was replaced as a whole under another key', async () => {
    const files = new Map(log.files);
    for (const path of ['checkpoint', 'checkpoints/5']) {
      const note = Buffer.from(files.get(path) ?? []).toString();
      files.set(
        path,
        Buffer.from(note.replace(/ [A-Za-z0-9+/=]+\n$/, ` ${Buffer.alloc(68, 3).toString('base64')}\n`)),
      );
    }
    expect(codes(files)).toContain('signature-missing');
  });

  it('shares nothing with the writer but hashing', () => {
    const folder = join(__dirname, '../../../../core/audit/log/verifier');
    const imports = readdirSync(folder).flatMap((file) => {
      const source = readFileSync(join(folder, file), 'utf8');
      return [...source.matchAll(/from '([^']+)'/g)].map(([, from]) => String(from));
    });
    const outside = [...new Set(imports.filter((from) => !from.startsWith('./')))].sort();
    expect(outside).toEqual(['../commitment', '../hash', 'node:crypto']);
  });
});

function entriesOf({ files }: MadeLog): Uint8Array[] {
  const bundle = files.get('tile/entries/000.p/5') ?? Buffer.of();
  const length = encodeFields([Buffer.alloc(33)]).length;
  return Array.from({ length: 5 }, (_, at) => bundle.subarray(at * length + 2, (at + 1) * length));
}
