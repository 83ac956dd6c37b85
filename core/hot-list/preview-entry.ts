import type { DecideAccess, Denial } from '../access/decision';
import { type AuditDeps, auditedUse, type Caller } from '../audit/audited-use';
import type { Queried } from '../audit/event';
import type { Configuration } from '../contract/configuration';
import type { Preview, PreviewRequest } from '../contract/hot-list';
import { lookAlikesOf } from '../plate/look-alikes';
import type { EntryRefusal } from './entry-change';
import { completePlate } from './request-entry';

export interface PreviewEntryDeps extends AuditDeps {
  readonly decide: DecideAccess;
  readonly configuration: Pick<Configuration, 'matching'>;
}

export type PreviewOutcome =
  | { readonly kind: 'previewed'; readonly preview: Preview }
  | { readonly kind: 'refused'; readonly denial: Denial | EntryRefusal; readonly queried: Queried };

/**
 * Which other plates an entry would alert on as well, so that its author knows whom it may bother. Computed from the
 * plate alone: it touches no read and no entry, but whoever asks about a plate is on record (Policy-H.b, Policy-H.e).
 */
export function previewHotListEntry(deps: PreviewEntryDeps) {
  return async (request: PreviewRequest, caller: Caller): Promise<PreviewOutcome> => {
    const operation = 'preview-hot-list-entry';
    const queried = { plate: request.plate };
    const permit = deps.decide({ person: caller.person, operation, nowMs: deps.events.now() });
    if (permit.kind === 'deny') return { kind: 'refused', denial: permit, queried };
    const plate = completePlate(request.plate);
    if (typeof plate !== 'string') return { kind: 'refused', denial: plate, queried };
    const use = { operation, permit, queried, networksInScope: [] } as const;
    const preview = await auditedUse(deps, caller, use, async () => {
      const { count, first } = lookAlikesOf(plate);
      const near = deps.configuration.matching.nearCustomEntries;
      const value = { plate, lookAlikes: count, examples: [...first], near };
      return { value, counts: { lookAlikes: count }, resultIds: [] };
    });
    return { kind: 'previewed', preview };
  };
}
