import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makePackage } from '../../../core/evidence/package/make-package';
import { unpackTar } from '../../../core/evidence/package/tar';
import { verify } from '../../../scripts/verify-evidence/verify';
import { evidenceKeyPem, madeSigner, madeTaking, otherKeyPem } from '../../core/evidence/made-evidence';

let folder: string;
let packed: Uint8Array;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'evidence-'));
  packed = await makePackage(madeTaking(), madeSigner);
  write('key.pem', evidenceKeyPem);
  write('package.tar', packed);
});
afterEach(() => rmSync(folder, { recursive: true }));

const at = (name: string) => join(folder, name);
const write = (name: string, bytes: string | Uint8Array) => writeFileSync(at(name), bytes);

it('proves a package from its archive and its public key alone, and says who took it for which case [Storage-B]', () => {
  const { isProven, lines } = verify(at('package.tar'), at('key.pem'));
  expect(isProven).toBe(true);
  expect(lines.join('\n')).toContain('case 2026-0012345');
  expect(lines.join('\n')).toContain('taken by made-up.detective at 2026-11-02T13:00:00.000Z');
});

it('proves the same of the files as handed over, and names the one that was changed or put there [Storage-B]', () => {
  const files = mkdtempSync(join(folder, 'files-'));
  for (const { name, bytes } of unpackTar(packed) ?? []) writeFileSync(join(files, name), bytes);
  expect(verify(files, at('key.pem')).isProven).toBe(true);
  writeFileSync(join(files, 'read.json'), '{"plate":"TEST777"}');
  expect(verify(files, at('key.pem')).lines).toEqual(['NOT PROVEN  read.json was changed']);
  writeFileSync(join(files, 'note.txt'), 'made-up');
  expect(verify(files, at('key.pem')).lines).toEqual(['NOT PROVEN  note.txt belongs to no package']);
});

it('proves nothing under another key or of another file', () => {
  write('other.pem', otherKeyPem);
  expect(verify(at('package.tar'), at('other.pem')).isProven).toBe(false);
  expect(verify(at('key.pem'), at('key.pem')).lines).toEqual(['NOT PROVEN  this is no package']);
});

it('is an archive that tar itself unpacks', () => {
  const names = execFileSync('tar', ['-tf', at('package.tar')], { encoding: 'utf8' });
  expect(names.trim().split('\n')).toEqual([
    'plate.jpg',
    'vehicle.jpg',
    'read.json',
    'record.pdf',
    'manifest.json',
    'manifest.sig',
  ]);
});
