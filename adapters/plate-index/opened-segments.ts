import type { PlateSegment } from '../../core/plate/index/segment';
import type { DayKey } from '../../core/retention/day-key';

interface Opened {
  readonly key: DayKey;
  readonly segment: PlateSegment;
  readonly bytes: number;
}

/** What an opened segment takes beside its bytes: views on them, measured with 30 plates of 6 shapes. */
const overheadBytes = 4096;

/**
 * Segments kept open between calls, within so many bytes; those opened first go first. Each is good for as long as its
 * day's key is: a name never gets other plates.
 */
export class OpenedSegments {
  readonly #opened = new Map<string, Opened>();
  #bytes = 0;

  constructor(readonly bytesMax: number) {}

  get size(): number {
    return this.#opened.size;
  }

  get(name: string): PlateSegment | undefined {
    const known = this.#opened.get(name);
    return known?.key.isUsable ? known.segment : undefined;
  }

  keep(name: string, { key, segment, bytes }: Opened): void {
    this.#drop(name);
    const taken = bytes + overheadBytes;
    for (const oldest of this.#opened.keys()) {
      if (this.#bytes + taken <= this.bytesMax) break;
      this.#drop(oldest);
    }
    if (taken > this.bytesMax) return;
    this.#opened.set(name, { key, segment, bytes: taken });
    this.#bytes += taken;
  }

  /** Opened plates die at the hour of their key, whether or not anybody asks for that day again (Storage-A). */
  dropForgotten(): void {
    for (const [name, { key }] of this.#opened) if (!key.isUsable) this.#drop(name);
  }

  /** Keeps of these folders the named ones only: others are not in the bucket any more. */
  dropOthers(folders: ReadonlySet<string>, names: ReadonlySet<string>): void {
    for (const name of this.#opened.keys())
      if (!names.has(name) && folders.has(name.slice(0, name.lastIndexOf('/')))) this.#drop(name);
  }

  #drop(name: string): void {
    this.#bytes -= this.#opened.get(name)?.bytes ?? 0;
    this.#opened.delete(name);
  }
}
