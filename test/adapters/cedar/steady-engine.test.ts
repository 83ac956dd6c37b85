import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

it('outlives an optimised call of the engine whose caller is compiled anew meanwhile', () => {
  const ran = spawnSync(process.execPath, ['--import', 'tsx', join(__dirname, 'optimised-call.ts')], {
    encoding: 'utf8',
  });
  expect({ signal: ran.signal, status: ran.status, stdout: ran.stdout.trim() }).toEqual({
    signal: null,
    status: 0,
    stdout: '3',
  });
});
