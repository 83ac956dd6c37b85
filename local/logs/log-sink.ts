import { type Metric, parseEmbeddedMetrics } from './embedded-metrics';

export interface LogLine {
  readonly group: string;
  readonly stream: string;
  /** Milliseconds since the epoch, virtual clock. */
  readonly atMs: number;
  readonly line: string;
}

/** A group's lines that were lost because the writing role may not write them, as CloudWatch loses them. */
export interface LostLog {
  readonly group: string;
  readonly roleArn: string;
  readonly reason: string;
}

export interface LogGroupFacts {
  readonly name: string;
  readonly retentionDays: number | undefined;
  readonly kmsKeyArn: string | undefined;
}

/** The oldest lines of a group go when it holds more, so that a long run stays within memory. */
const linesPerGroupMax = 200_000;
const metricsMax = 500_000;

/** CloudWatch Logs and Metrics of one machine: what was written, by group, and the metrics found in it. */
export class LogSink {
  readonly metrics: Metric[] = [];
  readonly lost: LostLog[] = [];
  readonly #groups = new Map<string, LogGroupFacts>();
  readonly #lines = new Map<string, LogLine[]>();
  readonly #listeners = new Set<(line: LogLine) => void>();

  createGroup(facts: LogGroupFacts): void {
    this.#groups.set(facts.name, facts);
  }

  groups(): readonly LogGroupFacts[] {
    return [...this.#groups.values()];
  }

  /** Keeps the line; a line in the embedded metric format is counted in `metrics` as well. */
  write(line: LogLine): void {
    const lines = this.#lines.get(line.group) ?? [];
    this.#lines.set(line.group, lines);
    lines.push(line);
    if (lines.length > linesPerGroupMax) lines.splice(0, linesPerGroupMax / 10);
    this.metrics.push(...parseEmbeddedMetrics(line.line, line.atMs));
    if (this.metrics.length > metricsMax) this.metrics.splice(0, metricsMax / 10);
    for (const listener of this.#listeners) listener(line);
  }

  /** Says once per group and role that lines are lost. */
  lose(lost: LostLog): void {
    if (this.lost.some(({ group, roleArn }) => group === lost.group && roleArn === lost.roleArn)) return;
    this.lost.push(lost);
  }

  /** Lines of one group, or of all, oldest first within a group. */
  lines(group?: string): readonly LogLine[] {
    if (group !== undefined) return this.#lines.get(group) ?? [];
    return [...this.#lines.values()].flat();
  }

  onLine(listener: (line: LogLine) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Drops what is past its group's retention; a group without one keeps its lines for ever. Returns how many. */
  sweep(nowMs: number): number {
    let dropped = 0;
    for (const [group, lines] of this.#lines) {
      const retentionDays = this.#groups.get(group)?.retentionDays;
      if (retentionDays === undefined) continue;
      const kept = lines.filter(({ atMs }) => atMs + retentionDays * 86_400_000 > nowMs);
      dropped += lines.length - kept.length;
      this.#lines.set(group, kept);
    }
    return dropped;
  }
}
