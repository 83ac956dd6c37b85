import type { Bucket } from './bucket';
import { isProtected } from './object-lock';
import type { ObjectVersion, Version } from './version';

export interface LifecycleRule {
  readonly prefix: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly largerThanBytes: number | undefined;
  readonly smallerThanBytes: number | undefined;
  readonly expirationDays: number | undefined;
  readonly expirationDateMs: number | undefined;
  readonly removesExpiredMarkers: boolean;
  readonly noncurrentDays: number | undefined;
  readonly newerNoncurrentKept: number;
  readonly abortUploadDays: number | undefined;
}

export type LifecycleAction =
  | { readonly kind: 'expire-current'; readonly version: ObjectVersion }
  | { readonly kind: 'delete-version'; readonly version: Version }
  | { readonly kind: 'abort-upload'; readonly uploadId: string };

const dayMs = 86_400_000;

/**
 * What the bucket's lifecycle rules would have done by now. As S3 counts: so many days after the version was made (or
 * became noncurrent), rounded up to the next midnight UTC. Versions under a retention or a hold stay.
 */
export function dueActions(bucket: Bucket, nowMs: number): LifecycleAction[] {
  return bucket.settings.lifecycle.flatMap((rule) => [
    ...bucket
      .keys()
      .flatMap((key) => (key.startsWith(rule.prefix) ? ofKey(bucket.versionsOf(key), rule, nowMs) : [])),
    ...abandonedUploads(bucket, rule, nowMs),
  ]);
}

function ofKey(versions: readonly Version[], rule: LifecycleRule, nowMs: number): LifecycleAction[] {
  const [newest, ...noncurrent] = versions;
  if (newest === undefined) return [];
  const actions: LifecycleAction[] = [];
  if (newest.kind === 'object') {
    if (isExpired(newest, rule, nowMs)) actions.push({ kind: 'expire-current', version: newest });
  } else if (noncurrent.length === 0 && isMarkerExpired(newest, rule, nowMs)) {
    actions.push({ kind: 'delete-version', version: newest });
  }
  for (const [index, version] of noncurrent.entries()) {
    const becameNoncurrentMs = versions[index]?.lastModifiedMs ?? nowMs;
    const isDue = isReached(becameNoncurrentMs, rule.noncurrentDays, nowMs);
    if (!isDue || index < rule.newerNoncurrentKept || !isInScope(version, rule)) continue;
    if (!isProtected(version, { nowMs, canBypass: false })) actions.push({ kind: 'delete-version', version });
  }
  return actions;
}

function isExpired(version: ObjectVersion, rule: LifecycleRule, nowMs: number): boolean {
  if (!isInScope(version, rule)) return false;
  const { expirationDateMs } = rule;
  if (expirationDateMs !== undefined && expirationDateMs <= nowMs) return true;
  return isReached(version.lastModifiedMs, rule.expirationDays, nowMs);
}

/** A marker that hides nothing goes by either setting. */
function isMarkerExpired(marker: Version, rule: LifecycleRule, nowMs: number): boolean {
  return rule.removesExpiredMarkers || isReached(marker.lastModifiedMs, rule.expirationDays, nowMs);
}

function isInScope(version: Version, rule: LifecycleRule): boolean {
  if (version.kind === 'delete-marker') return true;
  const size = version.body.length;
  if (rule.largerThanBytes !== undefined && size <= rule.largerThanBytes) return false;
  if (rule.smallerThanBytes !== undefined && size >= rule.smallerThanBytes) return false;
  return Object.entries(rule.tags).every(([name, value]) => version.tags[name] === value);
}

function abandonedUploads(bucket: Bucket, rule: LifecycleRule, nowMs: number): LifecycleAction[] {
  return [...bucket.uploads.values()].flatMap(({ uploadId, key, startedAtMs }): LifecycleAction[] =>
    key.startsWith(rule.prefix) && isReached(startedAtMs, rule.abortUploadDays, nowMs)
      ? [{ kind: 'abort-upload', uploadId }]
      : [],
  );
}

function isReached(startMs: number, days: number | undefined, nowMs: number): boolean {
  if (days === undefined) return false;
  return Math.ceil((startMs + days * dayMs) / dayMs) * dayMs <= nowMs;
}
