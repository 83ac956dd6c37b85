import { execFileSync } from 'node:child_process';
import { apiVersion, openApiDocument } from '../../../core/contract/openapi';
import { version } from '../../../package.json';

const document = openApiDocument({ version: '0.1.0', serverUrl: 'https://alpr.example.org/live' });

/** The linter is an ES module, which jest does not load; so it runs in a process of its own. */
const lint = `
  import { createConfig, lintFromString } from '@redocly/openapi-core';
  let source = '';
  for await (const chunk of process.stdin) source += chunk;
  const config = await createConfig({ extends: ['recommended'] });
  const problems = await lintFromString({ source, config });
  console.log(JSON.stringify(problems.filter((each) => each.severity === 'error').map((each) => each.message)));
`;

it('is a valid OpenAPI 3.1 document', () => {
  const options = { input: JSON.stringify(document), cwd: process.cwd(), encoding: 'utf8' } as const;
  const problems: unknown = JSON.parse(
    execFileSync(process.execPath, ['--input-type=module', '-e', lint], options),
  );
  expect(problems).toEqual([]);
}, 30_000);

it('describes each operation with its clauses and the access it needs', () => {
  expect(document).toMatchObject({
    security: [{ accessToken: [] }],
    paths: {
      '/v1/searches': {
        post: { operationId: 'search-reads', 'x-sop-clauses': expect.arrayContaining(['Access-E']) },
      },
      '/v1/images/{token}': {
        get: {
          parameters: [{ name: 'token', in: 'path', required: true }],
          responses: { 200: { content: { 'image/jpeg': {} } } },
        },
      },
      '/v1/hot-list/entries/{entryId}': { delete: { operationId: 'remove-hot-list-entry' } },
    },
  });
});

it('is of the version of the package', () => {
  expect(apiVersion).toBe(version);
});
