import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { operationList } from '../../../core/contract/operations';
import { openApiPage } from '../../../scripts/docs/openapi';

const committed = readFileSync(join(__dirname, '..', '..', '..', 'docs', 'openapi.json'), 'utf8');

it('publishes the API as the contract has it', () => {
  expect(committed).toBe(openApiPage());
});

it.each(operationList.map((each) => [each.id, each.path, each.method] as const))(
  'publishes %s',
  (operationId, path, method) => {
    expect(JSON.parse(committed)).toMatchObject({
      paths: { [path]: { [method.toLowerCase()]: { operationId } } },
    });
  },
);
