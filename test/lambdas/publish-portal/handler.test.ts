import { makeHandler, type PublishedFile } from '../../../lambdas/publish-portal/handler';
import { madeConfiguration } from '../../core/contract/made-configuration';

it('publishes the page and its data from the configuration, the page last', async () => {
  const files = await publish();
  expect(files.map((file) => [file.name, file.contentType])).toEqual([
    ['style.css', 'text/css; charset=utf-8'],
    ['policy.json', 'application/json'],
    ['verify.js', 'text/javascript; charset=utf-8'],
    ['verify.html', 'text/html; charset=utf-8'],
    ['verificar.html', 'text/html; charset=utf-8'],
    ['openapi.json', 'application/json'],
    ['es.html', 'text/html; charset=utf-8'],
    ['index.html', 'text/html; charset=utf-8'],
  ]);
  expect(JSON.parse(files[5]?.body ?? '')).toMatchObject({
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
  const [, data, ...pages] = await publish();
  const page = pages.at(-1);
  for (const name of ['Normal Police Department', 'Peoria Police Department']) {
    expect(data?.body).toContain(name);
    expect(page?.body).toContain(name);
  }
});

it('says what is permitted, what is prohibited, and for how long data is kept [Policy-B] [Policy-C] [Storage-A]', async () => {
  const page = (await publish()).at(-1)?.body ?? '';
  expect(page).toContain('30 days');
  expect(page).toContain('Persons with active arrest warrants');
  expect(page).toContain('Immigration enforcement (Policy-C)');
});

it('lets the page that checks the log run the published script and no other', async () => {
  const files = await publish();
  for (const [name, language] of [
    ['verify.html', 'en'],
    ['verificar.html', 'es'],
  ]) {
    const page = files.find((file) => file.name === name)?.body ?? '';
    expect(page).toContain(`<html lang="${language}">`);
    expect(page.match(/<script[^>]*>/g)).toEqual([
      '<script type="module" src="verify.js" integrity="sha384-ogBTmQeqspB7pnOvL/Uqu0xd79NsZD5QXhBjl+x7plhTkvb5hN1y8HJADD13U+3z">',
    ]);
  }
});

async function publish(): Promise<PublishedFile[]> {
  const files: PublishedFile[] = [];
  const handler = makeHandler({
    configuration: madeConfiguration(),
    verifyScript: 'made-up script',
    now: () => Date.parse('2026-11-24T12:00:00Z'),
    put: async (file) => {
      files.push(file);
    },
  });
  await handler();
  return files;
}
