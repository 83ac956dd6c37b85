import type { ImagesShown } from '../../core/alerts/ports';
import { type AuditReaderOptions, readEvents } from '../audit/audit-reader';

/**
 * Which images somebody was shown, by the audit log itself: `image-fetched` is written of opened images alone, and
 * durable before they leave, so no second record can disagree with it. An event that cannot be read shows nothing. Reads
 * the hours of the window, two for the last hour.
 */
export class AuditedImages implements ImagesShown {
  constructor(readonly options: AuditReaderOptions) {}

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
