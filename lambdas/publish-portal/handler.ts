import { createHash } from 'node:crypto';
import type { Configuration } from '../../core/contract/configuration';
import { apiVersion, exampleServerUrl, openApiDocument } from '../../core/contract/openapi';
import { publicPolicy } from '../../core/sharing/public-policy';
import { type PolicyFacts, policyPage } from '../../web/portal/policy-page';
import { stylesheet } from '../../web/portal/stylesheet';
import { verifyPage } from '../../web/portal/verify/verify-page';
import { verifyLanguages, verifyPages } from '../../web/portal/verify/words';
import { type Language, languages, pageNames } from '../../web/portal/words/words';

export interface PublishedFile {
  readonly name: string;
  readonly contentType: string;
  readonly body: string;
}

export interface PublishPortalDeps {
  readonly configuration: Configuration;
  readonly now: () => number;
  /** The script of the page that checks the audit log. */
  readonly verifyScript: string;
  readonly put: (file: PublishedFile) => Promise<void>;
}

/**
 * Writes the public pages from the configuration in force; nobody edits them. Each run writes all of them, so a failed
 * one is put right by the next. The page comes last: whoever reads it finds the figures that it refers to.
 */
export function makeHandler(deps: PublishPortalDeps) {
  return async (): Promise<void> => {
    const nowMs = deps.now();
    const policy = policyOf(deps.configuration, { nowMs, language: 'en' });
    await deps.put({ name: 'style.css', contentType: 'text/css; charset=utf-8', body: stylesheet });
    await deps.put({
      name: 'policy.json',
      contentType: 'application/json',
      body: JSON.stringify(policy, null, 2),
    });
    for (const file of verifyFiles(deps.verifyScript)) await deps.put(file);
    await deps.put({
      name: 'openapi.json',
      contentType: 'application/json',
      body: JSON.stringify(openApiDocument({ version: apiVersion, serverUrl: exampleServerUrl })),
    });
    for (const language of [...languages].reverse())
      await deps.put({
        name: pageNames[language],
        contentType: 'text/html; charset=utf-8',
        body: policyPage(policyOf(deps.configuration, { nowMs, language }), language),
      });
  };
}

/** The script before the pages that name its hash. */
function verifyFiles(script: string): readonly PublishedFile[] {
  const integrity = `sha384-${createHash('sha384').update(script).digest('base64')}`;
  return [
    { name: 'verify.js', contentType: 'text/javascript; charset=utf-8', body: script },
    ...verifyLanguages.map((language) => ({
      name: verifyPages[language],
      contentType: 'text/html; charset=utf-8',
      body: verifyPage(language, integrity),
    })),
  ];
}

/** Where the register publishes its own list, in each language, a page refers to it: two lists could differ. */
function policyOf(
  configuration: Configuration,
  { nowMs, language }: { readonly nowMs: number; readonly language: Language },
): PolicyFacts {
  const policy = publicPolicy(configuration, nowMs);
  if (configuration.portalBucket === undefined) return policy;
  return { ...policy, agencies: [], agenciesAt: `sharing/${pageNames[language]}` };
}
