import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import { join } from 'node:path';
import { createContext, Script } from 'node:vm';
import { buildSync } from 'esbuild';
import { checkpointText } from '../../../../core/audit/log/checkpoint';
import { rawPublicKey, signedNote, verifierKey } from '../../../../core/audit/log/note';
import { sealAll } from '../../../../core/audit/log/seal';
import { inclusionText, stepText } from '../../../../core/audit/log/verifier/proof-files';
import { consistencyPath, inclusionPath } from '../../../../core/audit/log/verifier/proofs';
import { subtreesIn } from '../../../../core/audit/log/verifier/tile-files';
import { pageScript } from '../../../../lib/bundling/bundle-page-script';
import type { check } from '../../../../web/portal/verify/check';
import { logKeyText, MadeLog } from '../../../core/audit/log/made-log';
import { cosignature, witnessKeyText } from '../../../core/audit/log/made-witness';

/** The page's own script, built as it is published, in a realm that has what a browser has and nothing of Node. */
const browser = inBrowser();
let log: MadeLog;
const text = (path: string) => Buffer.from(log.files.get(path) ?? '').toString();
const file = (name: string, body: string) => ({ name, bytes: new TextEncoder().encode(body) });
const day = (older: number, newer: number) =>
  stepText({
    olderSize: older,
    path: consistencyPath(older, newer, subtreesIn(log.published(), newer)),
    checkpoint: text(`checkpoints/${newer}`),
  });
const check_ = (files: Parameters<typeof check>[0], witnesses = '') =>
  browser.check(files, { log: logKeyText, witnesses });

beforeEach(async () => {
  log = new MadeLog();
  for (const count of [3, 300]) {
    log.append(count);
    await sealAll(log.deps());
  }
});

it('hashes as Node does, whatever the length', () => {
  for (const length of [0, 1, 55, 56, 63, 64, 65, 119, 1000, 8192]) {
    const bytes = randomBytes(length);
    expect(Buffer.from(browser.sha256(bytes)).toString('hex')).toBe(
      createHash('sha256').update(bytes).digest('hex'),
    );
  }
});

it('proves in a browser that a kept checkpoint still stands, by the days published since', async () => {
  const files = [file('kept', text('checkpoints/3')), file('2026-11-24', day(3, 303))];
  expect(await check_(files)).toEqual({
    kind: 'checked',
    statements: [
      { kind: 'signed', name: 'kept', size: 3, cosigned: [] },
      { kind: 'signed', name: '2026-11-24', size: 303, cosigned: [] },
      { kind: 'continues', older: 3, newer: 303 },
    ],
  });
});

it('proves one event by its proof, and tells who cosigned', async () => {
  const row = log.rows.get('00000100');
  const event = JSON.stringify({
    event: row?.event,
    commitmentKey: Buffer.from(row?.commitmentKey ?? []).toString('base64'),
    logIndex: 100,
  });
  const proof = inclusionText({
    index: 100,
    path: inclusionPath(100, 303, subtreesIn(log.published(), 303)),
    checkpoint: text('checkpoints/303') + cosignature(text('checkpoints/303'), 1_795_000_000),
  });
  const files = [file('event.json', event), file('event.tlog-proof', proof)];
  expect(await check_(files, witnessKeyText)).toMatchObject({
    statements: [
      { kind: 'signed', cosigned: [{ witness: 'witness.example/w1', atS: 1_795_000_000 }] },
      { kind: 'included', name: 'event.tlog-proof', index: 100, size: 303 },
    ],
  });
});

it('says so when the log was changed, and proves nothing that nobody signed', async () => {
  const forged = day(3, 303).replace(/^old 3\n(.)/, (_, first) => `old 3\n${first === 'A' ? 'B' : 'A'}`);
  expect(await check_([file('kept', text('checkpoints/3')), file('forged', forged)])).toMatchObject({
    statements: expect.arrayContaining([
      expect.objectContaining({
        kind: 'false',
        finding: expect.objectContaining({ code: 'not-consistent' }),
      }),
    ]),
  });
  const other = generateKeyPairSync('ed25519');
  const publicKey = rawPublicKey(other.publicKey.export({ format: 'der', type: 'spki' }));
  const name = 'example.org/made-up-log';
  const claim = checkpointText(name, { size: 1, root: Buffer.alloc(32) });
  const note = signedNote(claim, { name, publicKey }, sign(null, Buffer.from(claim), other.privateKey));
  expect(await check_([file('claim', note)])).toMatchObject({
    statements: [{ kind: 'false', finding: { code: 'signature-missing' } }],
  });
  expect(verifierKey(name, publicKey)).not.toBe(logKeyText);
});

it('finds a fork: two signed checkpoints of one size that differ', async () => {
  const twin = new MadeLog();
  twin.append(4);
  twin.rows.delete('00000000');
  await sealAll(twin.deps());
  const other = Buffer.from(twin.files.get('checkpoints/3') ?? '').toString();
  expect(await check_([file('mine', text('checkpoints/3')), file('yours', other)])).toMatchObject({
    statements: expect.arrayContaining([
      expect.objectContaining({ kind: 'false', finding: expect.objectContaining({ code: 'fork' }) }),
    ]),
  });
});

it('asks for a key that is one', async () => {
  expect(await browser.check([], { log: 'no key', witnesses: '' })).toEqual({ kind: 'no-key' });
  expect(await browser.check([], { log: logKeyText, witnesses: 'no key' })).toEqual({ kind: 'no-key' });
});

function inBrowser(): { check: typeof check; sha256: (bytes: Uint8Array) => Uint8Array } {
  const root = join(__dirname, '../../../..');
  const { outputFiles } = buildSync({
    ...pageScript,
    format: 'iife',
    globalName: 'page',
    write: false,
    stdin: {
      resolveDir: root,
      loader: 'ts',
      contents: `export { check } from './web/portal/verify/check';
        import { createHash } from 'node:crypto';
        export const sha256 = (bytes) => createHash('sha256').update(bytes).digest();`,
    },
  });
  const realm = createContext({ crypto, TextEncoder, TextDecoder, atob, btoa, Uint8Array, ArrayBuffer });
  new Script(outputFiles[0]?.text ?? '').runInContext(realm);
  return new Script('page').runInContext(realm);
}
