import { boxAt, boxesOf, damaged, requiredBox } from './boxes';
import type { Sample } from './sample-table';

/** What samples of a track's fragments have where a fragment does not say otherwise. */
export interface FragmentDefaults {
  readonly trackId: number;
  readonly duration: number;
  readonly sizeBytes: number;
  readonly flags: number;
}

/** The `trex` box of the track; all zero in a file without fragments. */
export function fragmentDefaults(extends_: Buffer | undefined, trackId: number): FragmentDefaults {
  for (const { type, data } of boxesOf(extends_ ?? Buffer.alloc(0))) {
    if (type !== 'trex' || data.readUInt32BE(4) !== trackId) continue;
    return {
      trackId,
      duration: data.readUInt32BE(12),
      sizeBytes: data.readUInt32BE(16),
      flags: data.readUInt32BE(20),
    };
  }
  return { trackId, duration: 0, sizeBytes: 0, flags: 0 };
}

interface Where {
  /** Of the `moof` box in the file. */
  readonly fragmentOffset: number;
  readonly defaults: FragmentDefaults;
  /** Decode time at which the fragment begins unless it says so itself. */
  readonly nextAt: number;
}

const nonSyncFlag = 0x10000;

/** The samples of one `moof` box (ISO/IEC 14496-12, 8.8); returns the decode time at which it ends. */
export function* fragmentSamples(moof: Buffer, where: Where): Generator<Sample, number> {
  let nextAt = where.nextAt;
  for (const { type, data: traf } of boxesOf(moof)) {
    if (type !== 'traf') continue;
    const header = trackHeader(requiredBox(traf, 'tfhd'), where);
    if (header === undefined) continue;
    nextAt = decodeTime(boxAt(traf, 'tfdt')) ?? nextAt;
    let offset = header.baseOffset;
    for (const { type: kind, data: run } of boxesOf(traf)) {
      if (kind !== 'trun') continue;
      for (const { sample, duration } of samplesOfRun(run, { ...header, offset, nextAt })) {
        yield sample;
        nextAt += duration;
        offset = sample.offset + sample.sizeBytes;
      }
    }
  }
  return nextAt;
}

interface TrackHeader extends FragmentDefaults {
  readonly baseOffset: number;
}

function trackHeader(tfhd: Buffer, { fragmentOffset, defaults }: Where): TrackHeader | undefined {
  if (tfhd.readUInt32BE(4) !== defaults.trackId) return undefined;
  const fields = new Fields(tfhd, 8);
  const baseOffset = fields.has(0x1) ? fields.long() : fragmentOffset;
  if (fields.has(0x2)) fields.word();
  return {
    trackId: defaults.trackId,
    baseOffset,
    duration: fields.has(0x8) ? fields.word() : defaults.duration,
    sizeBytes: fields.has(0x10) ? fields.word() : defaults.sizeBytes,
    flags: fields.has(0x20) ? fields.word() : defaults.flags,
  };
}

function* samplesOfRun(
  trun: Buffer,
  header: TrackHeader & { readonly offset: number; readonly nextAt: number },
): Generator<{ readonly sample: Sample; readonly duration: number }> {
  const count = trun.readUInt32BE(4);
  const fields = new Fields(trun, 8);
  let offset = fields.has(0x1) ? header.baseOffset + fields.signed() : header.offset;
  let at = header.nextAt;
  const firstFlags = fields.has(0x4) ? fields.word() : undefined;
  for (let index = 0; index < count; index++) {
    const duration = fields.has(0x100) ? fields.word() : header.duration;
    const sizeBytes = fields.has(0x200) ? fields.word() : header.sizeBytes;
    const own = fields.has(0x400) ? fields.word() : header.flags;
    const shift = fields.has(0x800) ? fields.signed() : 0;
    const flags = index === 0 ? (firstFlags ?? own) : own;
    yield {
      sample: { offset, sizeBytes, at: at + shift, isKeyframe: (flags & nonSyncFlag) === 0 },
      duration,
    };
    offset += sizeBytes;
    at += duration;
  }
}

function decodeTime(tfdt: Buffer | undefined): number | undefined {
  if (tfdt === undefined) return undefined;
  return tfdt[0] === 1 ? Number(tfdt.readBigUInt64BE(4)) : tfdt.readUInt32BE(4);
}

/** The fields of a full box, whose flags say which there are. */
class Fields {
  readonly #flags: number;

  constructor(
    private readonly box: Buffer,
    private at: number,
  ) {
    this.#flags = box.readUInt32BE(0) & 0xffffff;
  }

  has(flag: number): boolean {
    return (this.#flags & flag) !== 0;
  }

  word(): number {
    return this.box.readUInt32BE(this.#take(4));
  }

  signed(): number {
    return this.box.readInt32BE(this.#take(4));
  }

  long(): number {
    return Number(this.box.readBigUInt64BE(this.#take(8)));
  }

  #take(bytes: number): number {
    if (this.at + bytes > this.box.length) throw damaged();
    this.at += bytes;
    return this.at - bytes;
  }
}
