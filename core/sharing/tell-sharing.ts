import type { SharingNotice } from './agreement';

/** A notice that was stored with its change and is not known to have been sent. */
export interface WaitingNotice {
  readonly id: string;
  readonly sinceMs: number;
  /** `undefined`: what is stored cannot be understood. It waits for somebody to look. */
  readonly notice: SharingNotice | undefined;
}

/** Notices of changes of sharing, from the change on until they were sent. Every read is strongly consistent. */
export interface WaitingNotices {
  /** The oldest, at most `limit`. */
  oldest(limit: number): Promise<readonly WaitingNotice[]>;
  /** It was sent. Doing it twice changes nothing. */
  remove(id: string): Promise<void>;
}

export interface TellSharingDeps {
  readonly waiting: WaitingNotices;
  readonly notices: { publish(notice: SharingNotice): Promise<void> };
  readonly onFailure: (cause: unknown) => void;
}

export interface Told {
  readonly told: number;
  /** Since when the oldest of those waits that could not be sent; `undefined`: none is left. */
  readonly oldestWaitingSinceMs?: number;
}

/** Far more than a department changes in a minute; the rest is sent by the next run. */
export const noticesPerRunMax = 100;

/**
 * Sends what waits, oldest first. A notice is taken away only once it was sent, so that whoever dies between sends it
 * again: at least once, and twice where one cannot know. One that cannot be sent holds up no other and waits for the next
 * run. Rejects where it cannot be read what waits.
 */
export async function tellSharing({ waiting, notices, onFailure }: TellSharingDeps): Promise<Told> {
  let told = 0;
  let oldestWaitingSinceMs: number | undefined;
  for (const { id, sinceMs, notice } of await waiting.oldest(noticesPerRunMax)) {
    try {
      if (notice === undefined) throw new Error('a notice of a change of sharing cannot be understood');
      await notices.publish(notice);
      await waiting.remove(id);
      told += 1;
    } catch (cause) {
      oldestWaitingSinceMs ??= sinceMs;
      onFailure(cause);
    }
  }
  return { told, ...(oldestWaitingSinceMs === undefined ? {} : { oldestWaitingSinceMs }) };
}
