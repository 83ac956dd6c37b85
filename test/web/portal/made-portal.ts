import { publicPolicy } from '../../../core/sharing/public-policy';
import { asInTheFile } from '../../../core/sharing/sharing-now';
import { makeHandler } from '../../../lambdas/publish-portal/handler';
import { makeHandler as makeSharingHandler } from '../../../lambdas/publish-sharing/handler';
import { replacedPages } from '../../../lambdas/report-month/report-files';
import { briefingPage, reportPage, reportsPage } from '../../../web/portal/report-page';
import { stylesheet } from '../../../web/portal/stylesheet';
import { languages, pageNames } from '../../../web/portal/words/words';
import { madeConfiguration } from '../../core/contract/made-configuration';
import { madeReport } from './made-report';

export const report = madeReport({
  version: 2,
  correction: { reason: 'A made-up reason', orderedBy: 'administrator', approvedBy: 'chief' },
  agencies: publicPolicy(madeConfiguration(), Date.parse('2026-12-01T12:00:00Z')).agencies.map((each) => ({
    ...each,
    searchesOurs: [...each.searchesOurs],
    opensToUs: [...each.opensToUs],
  })),
});

const totals = (n: number) => ({
  reads: 9_000 + 300 * n,
  alerts: n === 3 ? null : 30 + n,
  searches: 20 + 2 * n,
  refusedSearches: n,
});
const trend = Array.from({ length: 12 }, (_, n) => ({
  month: `2026-${String(n + 1).padStart(2, '0')}`,
  totals: totals(n),
}));

/** Every kind of page that the portal and the board have, by path. */
export async function madePortal(): Promise<ReadonlyMap<string, { contentType: string; body: string }>> {
  const files = new Map<string, { contentType: string; body: string }>();
  const put = async (name: string, contentType: string, body: string) =>
    void files.set(name, { contentType, body });
  const html = 'text/html; charset=utf-8';
  const publish = makeHandler({
    configuration: madeConfiguration(),
    verifyScript: 'document.title;',
    now: () => Date.parse('2026-12-01T12:00:00Z'),
    put: (file) => put(file.name, file.contentType, file.body),
  });
  await publish();
  const publishSharing = makeSharingHandler({
    configuration: madeConfiguration(),
    sharing: async () => asInTheFile,
    portal: { put: (file) => put(file.name, file.contentType, String(file.body)) },
    now: () => Date.parse('2026-12-01T12:00:00Z'),
  });
  await publishSharing();
  const months = [...trend].reverse().map(({ month }, at) => ({ month, versions: at === 1 ? 2 : 1 }));
  for (const language of languages) {
    const name = pageNames[language];
    await put(
      `reports/${name}`,
      html,
      reportsPage({ department: report.department, language, months, trend }),
    );
    await put(`reports/2026-11/${name}`, html, reportPage({ report, language }));
  }
  for (const { name, contentType, body } of replacedPages(madeReport()))
    await put(name.replace('public/', 'reports/2026-11/v1/'), contentType, String(body));
  await put('board/index.html', html, briefingPage(report));
  for (const folder of ['reports/', 'reports/2026-11/', 'reports/2026-11/v1/', 'board/'])
    await put(`${folder}style.css`, 'text/css; charset=utf-8', stylesheet);
  return files;
}
