import type { ReportFiles } from '../../adapters/reports/report-files';
import type { Configuration } from '../../core/contract/configuration';
import { publicAgencies } from '../../core/sharing/public-policy';
import type { SharingNow } from '../../core/sharing/sharing-now';
import { sharingPage } from '../../web/portal/sharing-page';
import { stylesheet } from '../../web/portal/stylesheet';
import { languages, pageNames } from '../../web/portal/words/words';

export interface PublishSharingDeps {
  readonly configuration: Configuration;
  readonly sharing: () => Promise<SharingNow>;
  readonly portal: Pick<ReportFiles, 'put'>;
  readonly now: () => number;
}

/**
 * Writes the public list of agencies from what each call is decided on. Each run writes all of it, so a failed one is
 * put right by the next; the pages come after the data that they refer to.
 */
export function makeHandler({ configuration, sharing, portal, now }: PublishSharingDeps) {
  return async (): Promise<void> => {
    const nowMs = now();
    const facts = {
      department: configuration.department.name,
      publishedAt: new Date(nowMs).toISOString(),
      agencies: publicAgencies(configuration, nowMs, await sharing()),
    };
    const body = JSON.stringify(facts, null, 2);
    await portal.put({ name: 'sharing/agencies.json', contentType: 'application/json', body });
    const style = { name: 'sharing/style.css', contentType: 'text/css; charset=utf-8' };
    await portal.put({ ...style, body: stylesheet });
    for (const language of [...languages].reverse()) {
      const page = { name: `sharing/${pageNames[language]}`, contentType: 'text/html; charset=utf-8' };
      await portal.put({ ...page, body: sharingPage(facts, language) });
    }
  };
}
