/**
 * Matches IAM's patterns: `*` is any run of characters, `?` any one. Greedy with a single point of return, so the time
 * is at most pattern × text.
 */
export function matchesWildcard(pattern: string, text: string): boolean {
  let p = 0;
  let t = 0;
  let star = -1;
  let resumeAt = 0;
  while (t < text.length) {
    if (pattern[p] === '*') {
      star = p++;
      resumeAt = t;
    } else if (p < pattern.length && (pattern[p] === '?' || pattern[p] === text[t])) {
      p++;
      t++;
    } else if (star >= 0) {
      p = star + 1;
      t = ++resumeAt;
    } else {
      return false;
    }
  }
  while (pattern[p] === '*') p++;
  return p === pattern.length;
}

/**
 * Matches an ARN pattern segment by segment: a wildcard stays within its segment (only the last, the resource, may hold
 * colons). `*` alone is every ARN.
 */
export function matchesArn(pattern: string, arn: string): boolean {
  if (pattern === '*') return true;
  const patterns = arnSegments(pattern);
  const segments = arnSegments(arn);
  return (
    patterns.length === segments.length &&
    patterns.every((part, i) => matchesWildcard(part, segments[i] ?? ''))
  );
}

function arnSegments(arn: string): string[] {
  const parts = arn.split(':');
  return parts.length <= 6 ? parts : [...parts.slice(0, 5), parts.slice(5).join(':')];
}
