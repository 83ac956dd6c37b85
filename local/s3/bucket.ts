import { randomBytes } from 'node:crypto';
import type { LifecycleRule } from './lifecycle';
import type { NotificationRule } from './notifications';
import type { Encryption, ObjectVersion, Retention, Upload, Version } from './version';

export interface BucketSettings {
  readonly name: string;
  readonly versioning: 'Unversioned' | 'Enabled' | 'Suspended';
  readonly encryption: Encryption;
  readonly isLockEnabled: boolean;
  readonly defaultRetention: { readonly mode: Retention['mode']; readonly days: number } | undefined;
  readonly lifecycle: readonly LifecycleRule[];
  readonly notifications: readonly NotificationRule[];
}

/** Objects, their versions and unfinished uploads; decides nothing about who may do what. */
export class Bucket {
  readonly uploads = new Map<string, Upload>();
  /** Newest first; no list is empty. */
  private readonly versions = new Map<string, Version[]>();
  private sortedKeys: string[] | undefined;

  constructor(readonly settings: BucketSettings) {}

  get name(): string {
    return this.settings.name;
  }

  /** Every key that has a version, in UTF-8 order. */
  keys(): readonly string[] {
    this.sortedKeys ??= [...this.versions.keys()].sort(compareUtf8);
    return this.sortedKeys;
  }

  /** Newest first. */
  versionsOf(key: string): readonly Version[] {
    return this.versions.get(key) ?? [];
  }

  current(key: string): ObjectVersion | undefined {
    const newest = this.versions.get(key)?.[0];
    return newest?.kind === 'object' ? newest : undefined;
  }

  find(key: string, versionId: string): Version | undefined {
    return this.versionsOf(key).find((version) => version.versionId === versionId);
  }

  nextVersionId(): string {
    return this.settings.versioning === 'Enabled' ? randomBytes(24).toString('base64url') : 'null';
  }

  /** Makes a version the newest of its key; a `null` version replaces the one before it. */
  add(version: Version): void {
    const older = this.versions.get(version.key);
    if (older === undefined) this.sortedKeys = undefined;
    const kept = (older ?? []).filter(
      ({ versionId }) => versionId !== 'null' || version.versionId !== 'null',
    );
    this.versions.set(version.key, [version, ...kept]);
  }

  remove(key: string, versionId: string): void {
    const kept = this.versionsOf(key).filter((version) => version.versionId !== versionId);
    if (kept.length > 0) {
      this.versions.set(key, kept);
    } else if (this.versions.delete(key)) {
      this.sortedKeys = undefined;
    }
  }
}

/** The order of the UTF-8 bytes, which differs from JavaScript's for characters beyond U+FFFF only. */
export function compareUtf8(a: string, b: string): number {
  const shorter = Math.min(a.length, b.length);
  for (let i = 0; i < shorter; i++) {
    const [x, y] = [a.charCodeAt(i), b.charCodeAt(i)];
    if (x === y) continue;
    if (isSurrogate(x) !== isSurrogate(y)) return isSurrogate(x) ? 1 : -1;
    return x - y;
  }
  return a.length - b.length;
}

const isSurrogate = (unit: number) => unit >= 0xd800 && unit <= 0xdfff;
