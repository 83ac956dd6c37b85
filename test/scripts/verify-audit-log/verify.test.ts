import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { entryOf } from '../../../core/audit/log/commitment';
import { leafHash } from '../../../core/audit/log/hash';
import { sealAll } from '../../../core/audit/log/seal';
import { drawPlaces } from '../../../core/audit/log/verifier/draw';
import { stepText } from '../../../core/audit/log/verifier/proof-files';
import { consistencyPath } from '../../../core/audit/log/verifier/proofs';
import { subtreesIn } from '../../../core/audit/log/verifier/tile-files';
import { parseArguments } from '../../../scripts/verify-audit-log/arguments';
import { parseOpenedEvent } from '../../../scripts/verify-audit-log/opened-event-file';
import { UnreadableInput, verify } from '../../../scripts/verify-audit-log/verify';
import { logKeyText as key, MadeLog, origin } from '../../core/audit/log/made-log';
import { cosignature, witnessKeyText } from '../../core/audit/log/made-witness';

let folder: string;
let kept: string;
let log: MadeLog;

beforeEach(async () => {
  kept = mkdtempSync(join(tmpdir(), 'made-log-'));
  folder = join(kept, 'log');
  log = new MadeLog();
  for (const count of [2, 260]) {
    log.append(count);
    await sealAll(log.deps());
  }
  copy();
});
afterEach(() => rmSync(kept, { recursive: true }));

describe('verify', () => {
  it('proves a whole log from files alone', () => {
    expect(verify({ command: 'log', folder, key })).toEqual({
      kind: 'proven',
      value: 'The log holds 262 events, unaltered, under 2 checkpoints.',
    });
  });

  it('says what is wrong with an altered one', () => {
    writeFileSync(join(folder, 'tile/0/000'), Buffer.alloc(8192));
    expect(verify({ command: 'log', folder, key })).toEqual({
      kind: 'disproved',
      findings: [{ code: 'file-differs', message: 'tile/0/000 is not what the events give' }],
    });
  });

  it('proves that the log begins with the log of a checkpoint that an auditor kept', () => {
    const old = join(kept, 'last-month');
    writeFileSync(old, log.files.get('checkpoints/2') ?? '');
    const proof = { kind: 'proven', value: 'The first 2 of 262 events stand as they did.' };
    expect(verify({ command: 'consistency', folder, key, old })).toEqual(proof);
    expect(verify({ command: 'consistency', folder, key, old: '2', new: '262' })).toEqual(proof);
  });

  it('disproves a log that was made anew under the same key', async () => {
    const old = join(kept, 'last-month');
    writeFileSync(old, log.files.get('checkpoints/2') ?? '');
    rmSync(folder, { recursive: true });
    log = new MadeLog();
    log.append(3);
    log.rows.delete('00000000');
    await sealAll(log.deps());
    copy();
    expect(verify({ command: 'log', folder, key }).kind).toBe('proven');
    expect(verify({ command: 'consistency', folder, key, old })).toMatchObject({ kind: 'disproved' });
  });

  it('proves one event, as a table gives it', () => {
    const row = log.rows.get('00000100');
    const Item = {
      event: { S: row?.event },
      commitmentKey: { B: Buffer.from(row?.commitmentKey ?? []).toString('base64') },
      logIndex: { N: '100' },
    };
    const event = join(kept, 'event.json');
    writeFileSync(event, JSON.stringify({ Item }));
    expect(verify({ command: 'event', folder, key, event })).toEqual({
      kind: 'proven',
      value: 'The event is number 100 of the log of 262 events, word for word.',
    });
    writeFileSync(event, JSON.stringify({ Item: { ...Item, event: { S: '{}' } } }));
    expect(verify({ command: 'event', folder, key, event }).kind).toBe('disproved');
  });

  it('finds what was written over or deleted in the bucket, which no copy shows', () => {
    const versions = join(kept, 'versions.json');
    const once = [...log.files.keys()].map((Key) => ({ Key, VersionId: 'made-up' }));
    writeFileSync(versions, JSON.stringify({ Versions: once }));
    expect(verify({ command: 'log', folder, key, versions })).toMatchObject({
      kind: 'proven',
      value: expect.stringContaining('objects was written over or deleted'),
    });
    const hidden = { Versions: [...once, { Key: 'tile/0/000' }], DeleteMarkers: [{ Key: 'checkpoints/2' }] };
    writeFileSync(versions, JSON.stringify(hidden));
    expect(verify({ command: 'log', folder, key, versions })).toMatchObject({
      findings: [{ code: 'delete-marker' }, { code: 'version-hidden' }],
    });
  });

  it('proves that no event is gone, and names each hole', () => {
    const rows = join(kept, 'rows.json');
    const Items = [...log.rows.values()].map(({ event, commitmentKey, logIndex }) => ({
      event: { S: event },
      commitmentKey: { B: Buffer.from(commitmentKey).toString('base64') },
      logIndex: { N: String(logIndex) },
    }));
    writeFileSync(rows, JSON.stringify({ Items }));
    expect(verify({ command: 'openings', folder, key, rows })).toEqual({
      kind: 'proven',
      value: '262 events open their place of the log; 0 were lawfully redacted; none is missing.',
    });
    writeFileSync(rows, JSON.stringify({ Items: Items.filter((_, at) => at !== 7) }));
    expect(verify({ command: 'openings', folder, key, rows })).toMatchObject({
      findings: [{ code: 'opening-missing', message: expect.stringContaining('place 7') }],
    });
  });

  it('proves that a draw was honest, and disproves one that was picked', () => {
    const record = join(kept, 'draw.json');
    const [, , rootHash = ''] = String(log.files.get('checkpoint')).split('\n');
    const places = drawPlaces(origin, { size: 262, root: Buffer.from(rootHash, 'base64') }, 3);
    const leaves = places.map((index) => {
      const row = log.rows.get(String(index).padStart(8, '0'));
      const leaf = leafHash(entryOf(row?.event ?? '', row?.commitmentKey ?? Buffer.of()));
      return { index, state: 'opened', leaf: Buffer.from(leaf).toString('base64') };
    });
    const drawn = { version: 1, day: '2026-11-24', size: 262, rootHash, seed: '', drawnAtMs: 1 };
    writeFileSync(record, JSON.stringify({ ...drawn, leaves }));
    expect(verify({ command: 'draw', folder, key, record })).toEqual({
      kind: 'proven',
      value: 'The draw follows from the checkpoint of 262 events: 3 opened, 0 redacted, 0 failed.',
    });
    writeFileSync(record, JSON.stringify({ ...drawn, leaves: leaves.reverse() }));
    expect(verify({ command: 'draw', folder, key, record })).toMatchObject({
      findings: expect.arrayContaining([expect.objectContaining({ code: 'draw-differs' })]),
    });
  });

  it('says what published files prove by themselves, and which witnesses cosigned', () => {
    const [older, newer] = [join(kept, 'kept'), join(kept, 'day')];
    writeFileSync(older, log.files.get('checkpoints/2') ?? '');
    const path = consistencyPath(2, 262, subtreesIn(log.published(), 262));
    const note = String(log.files.get('checkpoint'));
    const checkpoint = note + cosignature(note, 1_679_315_147);
    writeFileSync(newer, stepText({ olderSize: 2, path, checkpoint }));
    const files = [older, newer];
    const proof = verify({ command: 'files', key, witness: [witnessKeyText], files });
    expect(proof.kind === 'proven' && proof.value.split('\n').map((line) => line.trim())).toEqual([
      `${older} is the log's signed checkpoint of 2 events, cosigned by no witness that was named.`,
      `${newer} is the log's signed checkpoint of 262 events, cosigned by witness.example/w1 at 2023-03-20T12:25:47.000Z.`,
      'The first 2 of 262 events stand as they did.',
    ]);
    writeFileSync(newer, stepText({ olderSize: 2, path: path.slice(1), checkpoint }));
    expect(verify({ command: 'files', key, witness: [], files })).toMatchObject({
      findings: [{ code: 'not-consistent' }],
    });
    expect(() => verify({ command: 'files', key, witness: ['no key'], files })).toThrow(UnreadableInput);
  });

  it('takes no key and no file that is not what it should be', () => {
    expect(() => verify({ command: 'log', folder, key: 'no key' })).toThrow(UnreadableInput);
    expect(() => verify({ command: 'event', folder, key, event: join(kept, 'absent') })).toThrow(
      UnreadableInput,
    );
    expect(parseOpenedEvent('{"event":"x","commitmentKey":"AAAA","logIndex":1}')).toBeUndefined();
    expect(parseOpenedEvent('no json')).toBeUndefined();
  });

  it('of a checkpoint that is not there proves nothing', () => {
    expect(verify({ command: 'consistency', folder, key, old: '3' })).toEqual({
      kind: 'disproved',
      findings: [{ code: 'checkpoint-missing', message: 'the log has no checkpoints/3' }],
    });
  });
});

it('answers with an exit code of its own for each outcome', () => {
  const run = (...argv: string[]) =>
    spawnSync(process.execPath, ['--import', 'tsx', 'scripts/verify-audit-log/main.ts', ...argv], {
      encoding: 'utf8',
    });
  const good = run('log', '--folder', folder, '--key', key);
  expect(good.stdout).toBe('PROVEN  The log holds 262 events, unaltered, under 2 checkpoints.\n');
  expect(good.status).toBe(0);
  rmSync(join(folder, 'checkpoint'));
  const bad = run('log', '--folder', folder, '--key', key);
  expect(bad.stdout).toBe('NOT PROVEN  there is no checkpoint (checkpoint-missing)\n');
  expect(bad.status).toBe(1);
  expect(run('log').status).toBe(2);
  expect(run('log', '--folder', join(kept, 'absent'), '--key', key).status).toBe(3);
}, 30_000);

it('names every option that is wrong or missing, and helps', () => {
  expect(parseArguments(['--help'])).toEqual({ kind: 'help' });
  expect(parseArguments([])).toMatchObject({ kind: 'mistake' });
  expect(parseArguments(['files', 'a', 'b', '--key', 'k', '--witness', 'w', '--witness', 'v'])).toEqual({
    kind: 'run',
    command: { command: 'files', key: 'k', witness: ['w', 'v'], files: ['a', 'b'] },
  });
  expect(parseArguments(['files', '--key', 'k'])).toMatchObject({ kind: 'mistake' });
  expect(parseArguments(['log', '--nonsense'])).toMatchObject({ kind: 'mistake' });
  const mistake = parseArguments(['consistency', '--folder', 'x']);
  expect(mistake.kind === 'mistake' && mistake.problems.map((each) => each.split(':')[0])).toEqual([
    'key',
    'old',
  ]);
});

function copy(): void {
  for (const [path, bytes] of log.files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), bytes);
  }
}
