import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { bundleCodeOnce } from '../../lib/bundling/kept-code';

let root: string;
let count = 0;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'platekeeper-kept-code-'));
  write(
    'lambdas/greet/main.ts',
    "import { word } from '../../core/word'; import { mark } from 'made-up'; console.log(word, mark);",
  );
  write('core/word/index.ts', "export const word = 'hello';");
  write('node_modules/made-up/index.js', "exports.mark = '.';");
  write('package-lock.json', '{}');
});

afterEach(() => rmSync(root, { recursive: true, force: true }));

it('takes what was bundled from the same inputs, and does not bundle it again', () => {
  const first = bundled();
  const again = bundled();
  expect(again.text).toBe(first.text);
  expect(again.inode).toBe(first.inode);
});

it.each([
  ['a source of ours changed', 'core/word/index.ts', "export const word = 'good day';", 'good day'],
  ['a file now stands before the one that went in', 'core/word.ts', "export const word = 'early';", 'early'],
  ['a file of a package changed by hand', 'node_modules/made-up/index.js', "exports.mark = '!!';", '!!'],
])('bundles anew when %s', (_what, path, content, expected) => {
  expect(bundled().text).not.toContain(expected);
  write(path, content);
  expect(bundled().text).toContain(expected);
});

it('bundles anew when the lockfile changed, and keeps one bundle only', () => {
  const first = bundled();
  write('package-lock.json', '{"lockfileVersion":3}');
  expect(bundled().inode).not.toBe(first.inode);
  expect(readdirSync(join(root, '.kept'))).toHaveLength(1);
});

it('keeps no bundle that holds code from elsewhere, which it would not see change', () => {
  write('elsewhere/word.ts', "export const word = 'far';");
  write('core/word/index.ts', "export { word } from '../../elsewhere/word';");
  expect(bundled().text).toContain('far');
  write('elsewhere/word.ts', "export const word = 'farther';");
  expect(bundled().text).toContain('farther');
});

function bundled(): { text: string; inode: number } {
  count += 1;
  const folder = join(root, `.out-${count}`);
  bundleCodeOnce(root, { kept: join(root, '.kept'), folder });
  const file = join(folder, 'greet', 'index.js');
  return { text: readFileSync(file, 'utf8'), inode: statSync(file).ino };
}

function write(path: string, content: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), content);
}
