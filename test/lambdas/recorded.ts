import type { Counters } from '../../lambdas/counters';

/** Keeps figures as `name{dimension=code} value`. */
export function recordedCounters() {
  const figures: string[] = [];
  const counters: Counters = {
    count: (name, value, dimensions = {}) => {
      const codes = Object.entries(dimensions).map(([key, code]) => `${key}=${code}`);
      figures.push(`${name}${codes.length === 0 ? '' : `{${codes.join(',')}}`} ${value}`);
    },
    gauge: (name, value) => void figures.push(`${name} ${value}`),
  };
  return { counters, figures };
}

/** Keeps lines as `message {facts}`. */
export function recordedLog() {
  const lines: string[] = [];
  const keep = (message: string, facts: Readonly<Record<string, string>>) =>
    void lines.push(`${message} ${JSON.stringify(facts)}`);
  return { log: { warn: keep, error: keep }, lines };
}
