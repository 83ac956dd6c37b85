import { z } from 'zod';
import { type CaptureDay, captureDay } from '../retention/day';
import type { DayKey } from '../retention/day-key';
import { cameraId, readFields } from './captured-read-wire';
import { jsonOf } from './envelope';
import type { Read } from './read';

/** A read as it lies in the store: its network and time can be told without the key, nothing else. */
export interface SealedRead {
  /** `<network>#<capturedAtMs, 13 digits>#<readId>`. */
  readonly placeTime: string;
  readonly network: string;
  readonly sealed: Uint8Array;
}

/** An opened row that is no read: written by a newer version, or damaged before it was sealed. */
export class UnknownReadFormat extends Error {
  constructor(readonly code: 'version' | 'content') {
    super(`the sealed read cannot be understood: ${code}`);
    this.name = 'UnknownReadFormat';
  }
}

const version = 1;
const content = z.strictObject({ ...readFields, cameraId });

/** Sort key of a read: whose it is, when, which. */
export function placeTime(read: Pick<Read, 'network' | 'capturedAtMs' | 'readId'>): string {
  return `${read.network}#${String(read.capturedAtMs).padStart(13, '0')}#${read.readId}`;
}

/** The parts of a sort key; `undefined` if it is none. */
export function parsePlaceTime(
  text: string,
): { readonly network: string; readonly capturedAtMs: number; readonly readId: string } | undefined {
  const [, network, time, id] = /^([a-z0-9-]+)#(\d{13})#([0-9a-f-]{36})$/.exec(text) ?? [];
  if (network === undefined || time === undefined || id === undefined) return undefined;
  return { network, capturedAtMs: Number(time), readId: id };
}

/** Compact bytes: one version byte, then JSON. */
export function encodeRead(read: Read): Uint8Array {
  return Buffer.concat([Buffer.of(version), Buffer.from(JSON.stringify(read), 'utf8')]);
}

/** Throws `UnknownReadFormat`. */
export function decodeRead(bytes: Uint8Array): Read {
  if (bytes[0] !== version) throw new UnknownReadFormat('version');
  const parsed = content.safeParse(jsonOf(bytes.subarray(1)));
  if (!parsed.success) throw new UnknownReadFormat('content');
  const { state, ...fields } = parsed.data;
  return { ...fields, ...(state === undefined ? {} : { state }) };
}

/** Seals a read under its capture day's key, bound to the row it belongs in. */
export function sealRead(key: DayKey, read: Read): SealedRead {
  if (key.day !== captureDay(read.capturedAtMs)) throw new RangeError('the key is of another day');
  const sortKey = placeTime(read);
  return {
    placeTime: sortKey,
    network: read.network,
    sealed: key.seal(encodeRead(read), readContext(key.day, sortKey)),
  };
}

/** Opens a row. Throws `SealBroken` if it was altered or moved, `UnknownReadFormat`, `DayKeyGone`. */
export function openRead(key: DayKey, row: Pick<SealedRead, 'placeTime' | 'sealed'>): Read {
  return decodeRead(key.open(row.sealed, readContext(key.day, row.placeTime)));
}

function readContext(day: CaptureDay, sortKey: string): string {
  return `read|${day}|${sortKey}`;
}
