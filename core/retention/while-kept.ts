import { DayKeyGone } from './day-key';

/** The hour of forgetting may pass between asking for a key and using it: what then remains is `undefined`. */
export function whileKept<T>(use: () => T): T | undefined {
  try {
    return use();
  } catch (error) {
    if (error instanceof DayKeyGone) return undefined;
    throw error;
  }
}
