import type { DecideAccess, Denial } from '../../access/decision';
import { type AuditDeps, auditedUse, type Caller } from '../../audit/audited-use';
import type { Page } from '../ports';
import type { Releases } from './ports';
import type { Release } from './release';

export interface ListReleasesDeps extends AuditDeps {
  readonly releases: Pick<Releases, 'list'>;
  readonly decide: DecideAccess;
}

export type ListReleasesOutcome =
  | { readonly kind: 'listed'; readonly page: Page<Release> }
  | { readonly kind: 'refused'; readonly denial: Denial };

/** What was asked for and released, to whom and on whose word (Access-F). */
export function listReleases(deps: ListReleasesDeps) {
  return async (after: string | undefined, caller: Caller): Promise<ListReleasesOutcome> => {
    const operation = 'list-releases';
    const permit = deps.decide({ person: caller.person, operation, nowMs: deps.events.now() });
    if (permit.kind === 'deny') return { kind: 'refused', denial: permit };
    const use = { operation, permit, queried: {}, networksInScope: [] } as const;
    return auditedUse<ListReleasesOutcome>(deps, caller, use, async () => {
      const page = await deps.releases.list(after);
      return {
        value: { kind: 'listed', page },
        counts: { releases: page.items.length },
        resultIds: page.items.map(({ releaseId }) => releaseId),
      };
    });
  };
}
