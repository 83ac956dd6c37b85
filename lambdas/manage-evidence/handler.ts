import { type ApiDeps, type ApiHandler, apiHandler } from '../../adapters/gateway/api-handler';
import type { Reply } from '../../adapters/gateway/reply';
import { routeOperations } from '../../adapters/gateway/route';
import { summaryOf } from '../../core/evidence/evidence';
import { type ListEvidenceDeps, listEvidence } from '../../core/evidence/list-evidence';
import {
  type ShowEvidenceDeps,
  type ShowEvidenceOutcome,
  showEvidence,
} from '../../core/evidence/show-evidence';

export type ManageEvidenceDeps = ApiDeps & ListEvidenceDeps & ShowEvidenceDeps;

/** GET /v1/evidence and /v1/evidence/{evidenceId}. */
export function makeHandler(deps: ManageEvidenceDeps): ApiHandler {
  const list = listEvidence(deps);
  const show = showEvidence(deps);
  return routeOperations({
    'list-evidence': apiHandler({
      operation: 'list-evidence',
      deps,
      handle: async ({ query }, caller) => {
        const outcome = await list(query.after, caller);
        if (outcome.kind === 'refused') return outcome;
        const { items, next } = outcome.page;
        const body = { evidence: items.map(summaryOf), ...(next === undefined ? {} : { next }) };
        return { kind: 'answer', body };
      },
    }),
    'show-evidence': apiHandler({
      operation: 'show-evidence',
      deps,
      handle: async ({ path }, caller) => shown(await show(path.evidenceId, caller)),
    }),
  });
}

function shown(outcome: ShowEvidenceOutcome): Reply<'show-evidence'> {
  if (outcome.kind === 'refused') return outcome;
  if (outcome.kind === 'not-found')
    return {
      kind: 'problem',
      problem: 'not-found',
      facts: { detail: 'There is no such evidence.', remedy: 'The records officer lists what there is.' },
    };
  const { record, files, custody } = outcome;
  return {
    kind: 'answer',
    body: {
      ...summaryOf(record),
      files: files.map(({ name, bytes }) => ({ name, base64: Buffer.from(bytes).toString('base64') })),
      custody: custody.map(({ atMs, ...entry }) => ({ ...entry, at: new Date(atMs).toISOString() })),
    },
  };
}
