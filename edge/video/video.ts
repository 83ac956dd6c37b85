/** One coded picture, in the order in which a decoder needs it. */
export interface VideoFrame {
  /** NAL units, each behind its length, as the track's `codecPrivate` says. */
  readonly data: Buffer;
  /** When it is shown, from the start of the video; may be less than that of the frame before. */
  readonly atMs: number;
  /** A decoder can begin here. */
  readonly isKeyframe: boolean;
}

export interface VideoTrack {
  /** The AVC decoder configuration record (ISO/IEC 14496-15, 5.3.3.1). */
  readonly codecPrivate: Buffer;
  readonly width: number;
  readonly height: number;
}

export interface Video {
  readonly track: VideoTrack;
  /** From the first keyframe on. Each call reads the video from its start. */
  frames(): AsyncIterable<VideoFrame>;
  close(): Promise<void>;
}

/** A video that is being taken. Its frames can be read once, and end in a `VideoFault` unless it was closed. */
export interface LiveVideo extends Video {
  /** The agent's clock at the first packet, from which the frames' times count. */
  readonly startedAtMs: number;
}

/**
 * `not-video`: no format that is known; `not-h264`: another coding; `damaged`: cut off or against its format;
 * `unsupported`: a rare feature of the format; `out-of-reach`: the stream took nothing, after the last try;
 * `refused`: the stream will not take this video; `cut`: the camera was not reached, or its connection broke: trying
 * again helps; `no-entry`: the camera lets nobody in with these credentials.
 */
export type VideoFaultCode =
  | 'not-video'
  | 'not-h264'
  | 'damaged'
  | 'unsupported'
  | 'out-of-reach'
  | 'refused'
  | 'cut'
  | 'no-entry';

export class VideoFault extends Error {
  constructor(
    readonly code: VideoFaultCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'VideoFault';
  }
}
