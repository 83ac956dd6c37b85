import type { DecideAccess, Denial } from '../access/decision';
import type { AuditDeps, Caller } from '../audit/audited-use';
import { newEvent } from '../audit/event';
import { actorOf, decisionRecord } from '../audit/facts';
import type { ImageLinks, SealedImages } from './ports';

export interface FetchImageDeps extends AuditDeps {
  readonly imageLinks: ImageLinks;
  readonly images: SealedImages;
  readonly decide: DecideAccess;
}

export type ImageOutcome =
  | { readonly kind: 'image'; readonly jpeg: Uint8Array }
  | { readonly kind: 'refused'; readonly denial: Denial }
  | { readonly kind: 'gone' }
  | { readonly kind: 'not-yours' }
  | { readonly kind: 'not-found' };

/**
 * Answers one image once. The link is used up first, so that two requests with one link never both get the image. The
 * event is durable before the image leaves, and says that it was shown (Policy-G), so there is none where no image could
 * be opened. Whoever loses the reply searches again.
 */
export function fetchImage(deps: FetchImageDeps) {
  return async (token: string, caller: Caller): Promise<ImageOutcome> => {
    const taken = await deps.imageLinks.take(token, caller.person.username);
    if (taken.kind !== 'taken') return { kind: taken.kind };
    const { searchId, readId, image, network, day } = taken.target;

    const decision = deps.decide({
      person: caller.person,
      operation: 'fetch-image',
      networks: [network],
      nowMs: deps.events.now(),
    });
    if (decision.kind === 'deny') return { kind: 'refused', denial: decision };

    const jpeg = await deps.images.get({ day, readId, image });
    if (jpeg === undefined) return { kind: 'not-found' };
    await deps.audit.append(
      newEvent(deps.events, {
        kind: 'image-fetched',
        actor: actorOf(caller.person),
        operation: 'fetch-image',
        device: caller.device,
        searchId,
        readId,
        image,
        network,
        decision: decisionRecord(decision),
      }),
    );
    return { kind: 'image', jpeg };
  };
}
