/** The sparse index of events that are not yet in the log: partition key `unsealed`, sort key `at`. */
export const unsealedIndex = 'unsealed';

/**
 * Values of `unsealed`. A few fixed lists are found without a scan whatever the event's time, and share the index's
 * write rate (1000 a second each).
 */
export const waitingLists = ['0', '1', '2', '3', '4', '5', '6', '7'] as const;

/** Event ids are random, so the lists fill evenly. */
export function waitingListOf(eventId: string): string {
  return String(Number.parseInt(eventId.slice(0, 1), 16) % waitingLists.length);
}
