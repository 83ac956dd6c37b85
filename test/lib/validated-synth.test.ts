import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const root = resolve(__dirname, '../..');

describe('the full synth', () => {
  const folder = () => process.env.PLATEKEEPER_TEST_FOLDER ?? '';
  const synth = (environment: Record<string, string>) =>
    spawnSync(process.execPath, ['--import', 'tsx', 'bin/platekeeper.ts'], {
      cwd: root,
      encoding: 'utf8',
      env: { PATH: process.env.PATH ?? '', HOME: folder(), NODE_NO_WARNINGS: '1', ...environment },
    });
  const strictContext = JSON.stringify({
    ...(JSON.parse(readFileSync(join(root, 'cdk.json'), 'utf8')) as { context: object }).context,
    '@aws-cdk/core:validateAgainstDefaultRules': true,
    '@aws-cdk/core:failSynthOnValidationErrors': true,
  });

  it('passes CloudFormation’s own checks, AwsSolutions and NIST 800-53 rev. 5, offline and without an account', () => {
    const output = join(folder(), 'validated');
    const run = synth({ CDK_OUTDIR: output, CDK_CONTEXT_JSON: strictContext });
    expect(run.stderr).toBe('');
    expect(run.status).toBe(0);
    const report = JSON.parse(readFileSync(join(output, 'validation-report.json'), 'utf8')) as {
      pluginReports: { violations: unknown[] }[];
    };
    expect(report.pluginReports.flatMap((each) => each.violations)).toEqual([]);
    rmSync(output, { recursive: true });
  }, 180_000);

  it('stops at a wrong deployment file and names every wrong field', () => {
    const wrong = JSON.parse(readFileSync(join(root, 'config/bloomington.json'), 'utf8')) as Record<
      string,
      unknown
    >;
    wrong.retentionDays = 45;
    wrong.siteRadiusM = -1;
    const path = join(folder(), 'wrong.json');
    writeFileSync(path, JSON.stringify(wrong));
    const run = synth({ PLATEKEEPER_CONFIGURATION: path, CDK_OUTDIR: join(folder(), 'never') });
    expect(run.status).toBe(1);
    expect(run.stderr).toContain('retentionDays: must be at most 30 days (Storage-A)');
    expect(run.stderr).toContain('siteRadiusM:');
  }, 60_000);
});
