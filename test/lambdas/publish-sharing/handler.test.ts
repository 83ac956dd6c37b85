import { asInTheFile, type SharingNow } from '../../../core/sharing/sharing-now';
import { makeHandler } from '../../../lambdas/publish-sharing/handler';
import { madeConfiguration } from '../../core/contract/made-configuration';

const nowMs = Date.parse('2026-11-24T12:00:00Z');

it('publishes what is shared now, not what the deployment file says, and leaves nobody off [Storage-E] [Acct-A]', async () => {
  const files = await published({
    revision: 3,
    agencies: [{ id: 'made-up-bureau', name: 'Made-up Bureau', kind: 'federal', state: 'MO' }],
    agreements: [
      {
        agreementId: '00000000-0000-4000-8000-0000000000a1',
        agencyId: 'made-up-bureau',
        kind: 'exigent',
        opensToUs: [],
        searchesOurs: ['bloomington'],
        matchesHotLists: false,
        endsAtMs: nowMs + 3_600_000,
      },
    ],
    ended: ['normal-pd'],
  });
  expect(JSON.parse(files.get('sharing/agencies.json') ?? '').agencies).toMatchObject([
    { name: 'Normal Police Department', hasAgreement: false, searchesOurs: [], opensToUs: [] },
    { name: "McLean County Sheriff's Office", hasAgreement: true },
    { name: 'Peoria Police Department', hasAgreement: false },
    { name: 'Made-up Bureau', isExigent: true, searchesOurs: ['Bloomington PD cameras'] },
  ]);
  const page = files.get('sharing/index.html') ?? '';
  expect(page).toContain('exigent access, until 2026-11-24');
  expect(files.get('sharing/es.html')).toContain('acceso urgente, hasta el 2026-11-24');
  expect(page).toMatch(/Normal Police Department<\/th><td>Municipal, IL<\/td><td>none in force/);
});

it('publishes the file’s own list while nothing else was decided', async () => {
  const files = await published(asInTheFile);
  expect(JSON.parse(files.get('sharing/agencies.json') ?? '').agencies).toHaveLength(3);
});

async function published(sharing: SharingNow): Promise<Map<string, string>> {
  const files = new Map<string, string>();
  await makeHandler({
    configuration: madeConfiguration(),
    sharing: async () => sharing,
    portal: { put: async ({ name, body }) => void files.set(name, String(body)) },
    now: () => nowMs,
  })();
  return files;
}
