import { element, h264CodecId, ids, numberElement, openElement, textElement } from './ebml';
import type { VideoTrack } from './video';

/** With this tag the cloud takes images out of a fragment. */
export const imageGenerationTag = 'AWS_KINESISVIDEO_IMAGE_GENERATION';
/** With this tag the cloud need not wait for the next fragment to know that one is whole. */
const endOfFragmentTag = 'AWS_KINESISVIDEO_END_OF_FRAGMENT';

const trackNumber = 1;
const videoTrackType = 1;
const nsPerMs = 1_000_000;

export interface PlacedFrame {
  readonly data: Buffer;
  /** Since the epoch. */
  readonly atMs: number;
  readonly isKeyframe: boolean;
}

/** What a PutMedia session begins with: one H.264 track, times in milliseconds, a segment without end. */
export function sessionHeader({ codecPrivate, width, height }: VideoTrack): Buffer {
  return Buffer.concat([
    element(
      ids.ebml,
      numberElement(ids.ebmlVersion, 1),
      numberElement(ids.ebmlReadVersion, 1),
      numberElement(ids.ebmlIdLengthMax, 4),
      numberElement(ids.ebmlSizeLengthMax, 8),
      textElement(ids.docType, 'matroska'),
      numberElement(ids.docTypeVersion, 4),
      numberElement(ids.docTypeReadVersion, 2),
    ),
    openElement(ids.segment),
    element(
      ids.info,
      numberElement(ids.timecodeScale, nsPerMs),
      textElement(ids.muxingApp, 'Platekeeper'),
      textElement(ids.writingApp, 'Platekeeper'),
    ),
    element(
      ids.tracks,
      element(
        ids.trackEntry,
        numberElement(ids.trackNumber, trackNumber),
        numberElement(ids.trackUid, trackNumber),
        numberElement(ids.trackType, videoTrackType),
        textElement(ids.codecId, h264CodecId),
        element(ids.codecPrivate, codecPrivate),
        element(ids.video, numberElement(ids.pixelWidth, width), numberElement(ids.pixelHeight, height)),
      ),
    ),
  ]);
}

/**
 * One cluster and its tags. A frame may be at most 32 seconds after `timecodeMs`, which Kinesis Video takes for the
 * fragment's own time.
 */
export function clusterOf(
  frames: readonly PlacedFrame[],
  { timecodeMs, tags }: { readonly timecodeMs: number; readonly tags: readonly string[] },
): Buffer {
  const blocks = frames.map(({ data, atMs, isKeyframe }) => {
    const head = Buffer.alloc(4);
    head.writeUInt8(0x80 | trackNumber, 0);
    head.writeInt16BE(atMs - timecodeMs, 1);
    head.writeUInt8(isKeyframe ? 0x80 : 0, 3);
    return element(ids.simpleBlock, head, data);
  });
  const simple = [...tags, endOfFragmentTag].map((name) =>
    element(ids.simpleTag, textElement(ids.tagName, name), textElement(ids.tagString, '')),
  );
  return Buffer.concat([
    element(ids.cluster, numberElement(ids.timecode, timecodeMs), ...blocks),
    element(ids.tags, element(ids.tag, ...simple)),
  ]);
}
