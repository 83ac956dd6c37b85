/** @jest-environment ./test/reader/onnx-environment.cjs */
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadConfiguration } from '../../lib/config';
import { startSystem } from '../../local/system';
import { clientsFor } from '../../scripts/start/clients';
import { liveOneDay } from '../../scripts/start/day';
import type { Progress } from '../../scripts/start/progress';
import { assembly } from '../support/assembly';

const quiet: Progress = {
  stage: () => undefined,
  bar: () => ({ step: () => undefined, done: () => undefined }),
};

interface Statement {
  Action: string | string[];
  Resource: unknown;
}

describe('a grant that the template forgot', () => {
  it('fails the run and is named: action, resource and role', async () => {
    const folder = join(process.env.PLATEKEEPER_TEST_FOLDER ?? '', 'missing-grant');
    cpSync(await assembly(), folder, { recursive: true });
    removeGrant(join(folder, 'PlatekeeperIngest.template.json'), {
      role: 'RecordReadsRole',
      action: 'dynamodb:PutItem',
      table: 'ReadsTable',
    });

    const system = await startSystem({ assembly: folder });
    try {
      const day = await liveOneDay({
        system,
        operator: clientsFor(system, system.operator),
        configuration: loadConfiguration('config/bloomington.json'),
        progress: quiet,
        args: { isHelp: false, isServing: true },
      }).catch((error: unknown) => error);
      const told = day instanceof Error ? day.message : JSON.stringify(day);
      expect(told).toMatch(
        /assumed-role\/[^ ]*RecordReadsRole[^ ]* is not authorized to perform: dynamodb:PutItem on resource: arn:aws:dynamodb:[^ ]*table\/PlatekeeperData-ReadsTable/,
      );
    } finally {
      await system.stop();
    }
  }, 240_000);
});

/** Takes one action on one table out of the policy of one role; fails the test when it is not there. */
function removeGrant(
  path: string,
  { role, action, table }: { readonly role: string; readonly action: string; readonly table: string },
): void {
  const template = JSON.parse(readFileSync(path, 'utf8')) as {
    Resources: Record<string, { Type: string; Properties: { PolicyDocument?: { Statement: Statement[] } } }>;
  };
  let removed = 0;
  for (const [id, { Type, Properties }] of Object.entries(template.Resources)) {
    if (Type !== 'AWS::IAM::Policy' || !id.startsWith(role)) continue;
    for (const statement of Properties.PolicyDocument?.Statement ?? []) {
      const actions = [statement.Action].flat();
      if (!actions.includes(action) || !JSON.stringify(statement.Resource).includes(table)) continue;
      statement.Action = actions.filter((each) => each !== action);
      removed += 1;
    }
  }
  expect(removed).toBe(1);
  writeFileSync(path, JSON.stringify(template));
}
