import type { DecideAccess, Denial } from '../access/decision';
import { type AuditDeps, auditedUse, type Caller } from '../audit/audited-use';
import type { SiteAnswer } from '../contract/sites';
import type { Sites } from './ports';
import type { Site } from './site';

export interface ListSitesDeps extends AuditDeps {
  readonly sites: Pick<Sites, 'list'>;
  readonly decide: DecideAccess;
}

export type ListSitesOutcome =
  | { readonly kind: 'listed'; readonly sites: readonly Site[] }
  | { readonly kind: 'refused'; readonly denial: Denial };

/** Every site with everything that was done and decided, the latest changed first (Policy-E). */
export function listCameraSites(deps: ListSitesDeps) {
  return async (caller: Caller): Promise<ListSitesOutcome> => {
    const operation = 'list-sites';
    const permit = deps.decide({ person: caller.person, operation, nowMs: deps.events.now() });
    if (permit.kind === 'deny') return { kind: 'refused', denial: permit };
    const use = { operation, permit, queried: {}, networksInScope: [] } as const;
    const sites = await auditedUse(deps, caller, use, async () => {
      const all = [...(await deps.sites.list())].sort((a, b) => changedMs(b) - changedMs(a));
      return { value: all, counts: { sites: all.length }, resultIds: all.map(({ siteId }) => siteId) };
    });
    return { kind: 'listed', sites };
  };
}

/** A site as the API answers it. */
export function siteAnswer(site: Site): SiteAnswer {
  const { steps, relocates, revision: _, ...rest } = site;
  return {
    ...rest,
    steps: steps.map(({ atMs, ...step }) => ({ ...step, at: new Date(atMs).toISOString() })),
    ...(relocates === undefined ? {} : { relocates: relocates.siteId }),
  };
}

const changedMs = ({ steps }: Site) => steps.at(-1)?.atMs ?? 0;
