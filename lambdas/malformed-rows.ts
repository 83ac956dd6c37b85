import type { Counters } from './counters';
import { errorFacts } from './error-facts';

/** Counts and logs a row that was left out because it cannot be understood: by code, never by what it says. */
export function noteMalformed({
  counters,
  log,
}: {
  readonly counters: Counters;
  readonly log: { warn(message: string, facts: Readonly<Record<string, string>>): void };
}): (error: unknown) => void {
  return (error) => {
    counters.count('MalformedEntries', 1);
    log.warn('a row cannot be understood and is left out', errorFacts(error));
  };
}
