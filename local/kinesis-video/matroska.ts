import { EbmlFault, element, elementsOf, ids, unsignedInteger, variableInteger } from './ebml';

export interface MediaFrame {
  readonly track: number;
  readonly atMs: number;
  readonly isKeyframe: boolean;
}

/** The tracks that a `Tracks` element defines. */
export function trackNumbers(tracks: Buffer): ReadonlySet<number> {
  const numbers = new Set<number>();
  for (const entry of elementsOf(tracks)) {
    if (entry.id !== ids.trackEntry) continue;
    for (const { id, data } of elementsOf(entry.data))
      if (id === ids.trackNumber) numbers.add(unsignedInteger(data));
  }
  if (numbers.size === 0) throw new EbmlFault('no track');
  return numbers;
}

/** Track, offset from the cluster's timecode in ticks, and whether the frame stands alone. */
export function blockOf(
  id: number,
  data: Buffer,
): { readonly track: number; readonly offset: number; readonly isKeyframe: boolean } {
  if (id === ids.simpleBlock) return { ...blockStart(data), isKeyframe: (flagsOf(data) & 0x80) !== 0 };
  const children = [...elementsOf(data)];
  const block = children.find((child) => child.id === ids.block);
  if (block === undefined) throw new EbmlFault('a block group without a block');
  const refersToAnother = children.some((child) => child.id === ids.referenceBlock);
  return { ...blockStart(block.data), isKeyframe: !refersToAnother };
}

/** Names and values of all simple tags of a `Tags` element; a tag without a value has an empty one. */
export function* readTags(tags: Buffer): Generator<readonly [string, string]> {
  for (const tag of elementsOf(tags)) {
    if (tag.id !== ids.tag) continue;
    for (const simple of elementsOf(tag.data)) {
      if (simple.id !== ids.simpleTag) continue;
      let [name, value] = ['', ''];
      for (const { id, data } of elementsOf(simple.data)) {
        if (id === ids.tagName) name = text(data);
        if (id === ids.tagString) value = text(data);
      }
      if (name === '') throw new EbmlFault('a tag without a name');
      yield [name, value];
    }
  }
}

export function writeTags(tags: ReadonlyMap<string, string>): Buffer {
  const simple = [...tags].map(([name, value]) =>
    element(
      ids.simpleTag,
      element(ids.tagName, Buffer.from(name)),
      element(ids.tagString, Buffer.from(value)),
    ),
  );
  return element(ids.tags, element(ids.tag, ...simple));
}

function blockStart(data: Buffer): { track: number; offset: number } {
  const track = variableInteger(data, 0, { keepsMarker: false });
  if (track === undefined || data.length < track.bytes + 3) throw new EbmlFault('a block is too short');
  return { track: track.value, offset: data.readInt16BE(track.bytes) };
}

function flagsOf(data: Buffer): number {
  const track = variableInteger(data, 0, { keepsMarker: false });
  return data[(track?.bytes ?? 0) + 2] ?? 0;
}

/** Strings may be padded with zeros (RFC 8794). */
const text = (data: Buffer) => data.toString('utf8').replace(/\0+$/, '');
