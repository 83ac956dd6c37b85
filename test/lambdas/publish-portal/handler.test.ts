import { makeHandler, type PublishedFile } from '../../../lambdas/publish-portal/handler';
import { madeConfiguration } from '../../core/contract/made-configuration';

it('publishes the page and its data from the configuration, the page last', async () => {
  const files = await publish();
  expect(files.map((file) => [file.name, file.contentType])).toEqual([
    ['style.css', 'text/css; charset=utf-8'],
    ['policy.json', 'application/json'],
    ['openapi.json', 'application/json'],
    ['index.html', 'text/html; charset=utf-8'],
  ]);
  expect(JSON.parse(files[2]?.body ?? '')).toMatchObject({
    openapi: '3.1.0',
    paths: { '/v1/searches': { post: { operationId: 'search-reads' } } },
  });
  expect(JSON.parse(files[1]?.body ?? '')).toMatchObject({
    department: 'Bloomington Police Department',
    publishedAt: '2026-11-24T12:00:00.000Z',
    retentionDays: 30,
  });
});

it('names every agency of the configuration on the page and in the data [Storage-E]', async () => {
  const [, data, , page] = await publish();
  for (const name of ['Normal Police Department', 'Peoria Police Department']) {
    expect(data?.body).toContain(name);
    expect(page?.body).toContain(name);
  }
});

it('says what is permitted, what is prohibited, and for how long data is kept [Policy-B] [Policy-C] [Storage-A]', async () => {
  const page = (await publish())[3]?.body ?? '';
  expect(page).toContain('30 days');
  expect(page).toContain('Persons with active arrest warrants');
  expect(page).toContain('Immigration enforcement (Policy-C)');
});

async function publish(): Promise<PublishedFile[]> {
  const files: PublishedFile[] = [];
  const handler = makeHandler({
    configuration: madeConfiguration(),
    now: () => Date.parse('2026-11-24T12:00:00Z'),
    put: async (file) => {
      files.push(file);
    },
  });
  await handler();
  return files;
}
