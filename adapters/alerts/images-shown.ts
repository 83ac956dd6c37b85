import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { ImagesShown } from '../../core/alerts/ports';
import { readEvents } from '../audit/audit-reader';

/**
 * Which images somebody was shown, by the audit log itself: an image leaves only after its `image-fetched` is durable,
 * so no second record can disagree with it. Reads the hours of the window, two for the last hour.
 */
export class AuditedImages implements ImagesShown {
  constructor(readonly options: { readonly dynamo: DynamoDBClient; readonly table: string }) {}

  async shown(who: { username: string; readId: string; sinceMs: number; nowMs: number }) {
    const images = new Set<string>();
    for await (const event of readEvents(this.options, { fromMs: who.sinceMs, toMs: who.nowMs + 1 }))
      if (
        event.kind === 'image-fetched' &&
        event.readId === who.readId &&
        event.actor.kind === 'person' &&
        event.actor.username === who.username
      )
        images.add(event.image);
    return { plate: images.has('plate'), vehicle: images.has('vehicle') };
  }
}
