import { type ApiDeps, type ApiHandler, apiHandler } from '../../adapters/gateway/api-handler';
import type { Reply } from '../../adapters/gateway/reply';
import { type FetchImageDeps, fetchImage, type ImageOutcome } from '../../core/search/fetch-image';

export type FetchImageHandlerDeps = ApiDeps & FetchImageDeps;

/** GET /v1/images/{token}. */
export function makeHandler(deps: FetchImageHandlerDeps): ApiHandler {
  const fetchOne = fetchImage(deps);
  return apiHandler({
    operation: 'fetch-image',
    deps,
    handle: async ({ path }, caller, { accept }) =>
      acceptsJpeg(accept) ? replyTo(await fetchOne(path.token, caller)) : notAcceptable,
  });
}

/**
 * The gateway turns an answer into bytes only where the first type of `Accept` is exactly this one; any other caller
 * would get base64 text, and the link would be used up.
 */
function acceptsJpeg(accept: string | undefined): boolean {
  return accept?.split(',')[0]?.trim().toLowerCase() === 'image/jpeg';
}

const notAcceptable: Reply<'fetch-image'> = {
  kind: 'problem',
  problem: 'not-acceptable',
  facts: {
    detail: 'An image is answered as image/jpeg alone. The link is not used up.',
    remedy: 'Send the header Accept: image/jpeg.',
  },
};

function replyTo(outcome: ImageOutcome): Reply<'fetch-image'> {
  switch (outcome.kind) {
    case 'image':
      return { kind: 'answer', body: outcome.jpeg };
    case 'refused':
      return { kind: 'refused', denial: outcome.denial };
    case 'not-yours':
      return {
        kind: 'refused',
        denial: {
          clause: 'Access-C',
          message: 'This link belongs to the user who searched.',
          remedy: 'Make the search yourself, with your own reason.',
          rules: ['link-owner'],
        },
      };
    case 'gone':
      return {
        kind: 'refused',
        as: 'gone',
        denial: {
          clause: 'Storage-A',
          message: 'An image link works once, for 15 minutes.',
          remedy: 'Search again for a new link.',
          rules: ['link-good-once'],
        },
      };
    case 'not-found':
      return {
        kind: 'problem',
        problem: 'not-found',
        facts: { detail: 'There is no such image of this read, or not any more.' },
      };
    default:
      return outcome satisfies never;
  }
}
