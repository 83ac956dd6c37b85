import { type ApiDeps, type ApiHandler, apiHandler } from '../../adapters/gateway/api-handler';
import type { Reply } from '../../adapters/gateway/reply';
import { type SearchDeps, type SearchOutcome, searchReads } from '../../core/search/search';

export type SearchReadsDeps = ApiDeps & SearchDeps;

/** POST /v1/searches. */
export function makeHandler(deps: SearchReadsDeps): ApiHandler {
  const search = searchReads(deps);
  return apiHandler({
    operation: 'search-reads',
    deps,
    handle: async ({ body }, caller) => {
      const { purpose, reason } = body;
      return replyTo(await search(body, caller), { purpose, reason });
    },
  });
}

type Words = Pick<Parameters<ReturnType<typeof searchReads>>[0], 'purpose' | 'reason'>;

function replyTo(outcome: SearchOutcome, words: Words): Reply<'search-reads'> {
  switch (outcome.kind) {
    case 'answered':
      return { kind: 'answer', body: outcome.response };
    case 'refused':
      return { kind: 'refused', denial: outcome.denial, use: { ...words, queried: outcome.queried } };
    case 'cap-reached':
      return {
        kind: 'refused',
        as: 'cap-reached',
        denial: {
          clause: 'Storage-A',
          message: "Today's searches are used up; mass downloading is prohibited.",
          remedy: 'Go on tomorrow (UTC), or ask a colleague on the case.',
          rules: ['searches-per-day'],
        },
        use: { ...words, queried: outcome.queried },
      };
    case 'results-used-up':
      return {
        kind: 'refused',
        as: 'cap-reached',
        denial: {
          clause: 'Storage-A',
          message:
            'These are more reads than you may still be answered today; mass downloading is prohibited.',
          remedy: 'Narrow the search, go on tomorrow (UTC), or ask a colleague on the case.',
          rules: ['results-per-day'],
        },
        use: { ...words, queried: outcome.queried },
      };
    case 'pattern-unusable':
      return {
        kind: 'refused',
        as: 'request-invalid',
        denial: {
          clause: 'Storage-A',
          message: 'The plate cannot be searched for: it would list traffic.',
          remedy: 'Name more of the plate.',
          rules: ['plate-pattern'],
        },
        fields: [
          {
            field: 'plate',
            message: 'needs at least three known characters beside ? and *, and fits a plate of 10',
            clause: 'Storage-A',
          },
        ],
        use: { ...words, queried: outcome.queried },
      };
    default:
      return outcome satisfies never;
  }
}
