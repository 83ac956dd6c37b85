import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { sealAll } from '../../../core/audit/log/seal';
import { parseArguments } from '../../../scripts/verify-audit-log/arguments';
import { parseOpenedEvent } from '../../../scripts/verify-audit-log/opened-event-file';
import { UnreadableInput, verify } from '../../../scripts/verify-audit-log/verify';
import { logKeyText as key, MadeLog } from '../../core/audit/log/made-log';

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
