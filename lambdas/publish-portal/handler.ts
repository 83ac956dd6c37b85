import type { Configuration } from '../../core/contract/configuration';
import { apiVersion, exampleServerUrl, openApiDocument } from '../../core/contract/openapi';
import { publicPolicy } from '../../core/sharing/public-policy';
import { policyPage, stylesheet } from '../../web/portal/policy-page';

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
    await deps.put({
      name: 'openapi.json',
      contentType: 'application/json',
      body: JSON.stringify(openApiDocument({ version: apiVersion, serverUrl: exampleServerUrl })),
    });
    await deps.put({ name: 'index.html', contentType: 'text/html; charset=utf-8', body: policyPage(policy) });
  };
}
