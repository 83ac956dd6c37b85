import type { Clock } from '../clock';
import type { Shard } from './shard';

export interface ShardLimits {
  readonly recordsPerSecond: number;
  readonly bytesPerSecond: number;
}

/** What one shard takes in AWS. */
export const awsShardLimits: ShardLimits = { recordsPerSecond: 1000, bytesPerSecond: 1024 * 1024 };

interface Window {
  startedAtMs: number;
  records: number;
  bytes: number;
}

/** Counts what each shard takes in a second; without limits every record is within them. */
export class Throughput {
  readonly #windows = new WeakMap<Shard, Window>();

  constructor(
    private readonly clock: Clock,
    private readonly limits: ShardLimits | undefined,
  ) {}

  /** True, and counted, when the shard can take `bytes` more in this second. */
  admits(shard: Shard, bytes: number): boolean {
    if (this.limits === undefined) return true;
    const window = this.#currentWindow(shard);
    if (window.records + 1 > this.limits.recordsPerSecond) return false;
    if (window.bytes + bytes > this.limits.bytesPerSecond) return false;
    window.records += 1;
    window.bytes += bytes;
    return true;
  }

  #currentWindow(shard: Shard): Window {
    const nowMs = this.clock.now();
    const known = this.#windows.get(shard);
    if (known !== undefined && nowMs - known.startedAtMs < 1000) return known;
    const fresh: Window = { startedAtMs: nowMs, records: 0, bytes: 0 };
    this.#windows.set(shard, fresh);
    return fresh;
  }
}
