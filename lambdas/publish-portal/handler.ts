import type { Configuration } from '../../core/contract/configuration';
import { publicPolicy } from '../../core/sharing/public-policy';
import { policyPage } from '../../web/portal/policy-page';
import { stylesheet } from '../../web/portal/stylesheet';
import { languages, pageNames } from '../../web/portal/words/words';

export interface PublishedFile {
  readonly name: string;
  readonly contentType: string;
  readonly body: string;
}

export interface PublishPortalDeps {
  readonly configuration: Configuration;
  readonly now: () => number;
  readonly put: (file: PublishedFile) => Promise<void>;
}

/**
 * Writes the public pages from the configuration in force; nobody edits them. Each run writes all of them, so a failed
 * one is put right by the next. The page comes last: whoever reads it finds the figures that it refers to.
 */
export function makeHandler(deps: PublishPortalDeps) {
  return async (): Promise<void> => {
    const policy = publicPolicy(deps.configuration, deps.now());
    await deps.put({ name: 'style.css', contentType: 'text/css; charset=utf-8', body: stylesheet });
    await deps.put({
      name: 'policy.json',
      contentType: 'application/json',
      body: JSON.stringify(policy, null, 2),
    });
    for (const language of [...languages].reverse())
      await deps.put({
        name: pageNames[language],
        contentType: 'text/html; charset=utf-8',
        body: policyPage(policy, language),
      });
  };
}
