import { type Finding, proven, type Verdict } from './finding';

/** One version of an object of the log's bucket, or the marker of its deletion. */
export interface ObjectVersion {
  readonly path: string;
  readonly isDeleteMarker: boolean;
}

const findingsMax = 100;
const pointer = 'checkpoint';

/**
 * Whether something was written over, or hidden, in the bucket itself. A copy has the newest version of each object
 * only; what was locked is still there below it, but who looks at the copy would not see that. Full tiles and numbered
 * checkpoints have one version each and no marker. The pointer has versions, and no marker; partial tiles may have both,
 * because they go after 30 days.
 */
export function checkVersions(versions: Iterable<ObjectVersion>): Verdict<{ readonly objects: number }> {
  const seen = new Map<string, number>();
  const marked = new Set<string>();
  for (const { path, isDeleteMarker } of versions) {
    if (/\.p\/\d+$/.test(path)) continue;
    if (isDeleteMarker) marked.add(path);
    else seen.set(path, (seen.get(path) ?? 0) + 1);
  }
  const findings: Finding[] = [
    ...[...marked].map((path) => ({ code: 'delete-marker' as const, message: `${path} was deleted` })),
    ...[...seen]
      .filter(([path, count]) => count > 1 && path !== pointer)
      .map(([path, count]) => ({
        code: 'version-hidden' as const,
        message: `${path} was written ${count} times; look at the oldest version`,
      })),
  ].slice(0, findingsMax);
  return findings.length > 0 ? { kind: 'disproved', findings } : proven({ objects: seen.size });
}
