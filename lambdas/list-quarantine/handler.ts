import { type ApiDeps, type ApiHandler, apiHandler } from '../../adapters/gateway/api-handler';
import type { QuarantineReader } from '../../adapters/quarantine/quarantine-reader';
import type { DecideAccess } from '../../core/access/decision';
import { auditedUse } from '../../core/audit/audited-use';
import { dayMs } from '../../core/retention/day';

export type ListQuarantineDeps = ApiDeps & {
  readonly quarantine: Pick<QuarantineReader, 'list'>;
  readonly decide: DecideAccess;
};

const sinceDaysMax = 7;
const recordsMax = 200;

/** GET /v1/quarantine: what was refused at the door, for the administrator and the auditor. */
export function makeHandler(deps: ListQuarantineDeps): ApiHandler {
  return apiHandler({
    operation: 'list-quarantine',
    deps,
    handle: async ({ query }, caller) => {
      const nowMs = deps.events.now();
      const decision = deps.decide({ person: caller.person, operation: 'list-quarantine', nowMs });
      if (decision.kind === 'deny') return { kind: 'refused', denial: decision };

      const askedMs = query.since === undefined ? nowMs - dayMs : Date.parse(query.since);
      const sinceMs = Math.max(askedMs, nowMs - sinceDaysMax * dayMs);
      const queried = { from: new Date(sinceMs).toISOString(), to: new Date(nowMs).toISOString() };
      const body = await auditedUse(
        deps,
        caller,
        { operation: 'list-quarantine', permit: decision, queried, networksInScope: [] },
        async () => {
          const { records, truncated } = await deps.quarantine.list({ sinceMs, nowMs, limit: recordsMax });
          return {
            value: { records: [...records], truncated },
            counts: { records: records.length },
            resultIds: [],
          };
        },
      );
      return { kind: 'answer', body };
    },
  });
}
