import { decoderConfiguration, lengthPrefixed, nalType, typeOf } from '../nal';
import { parseSequenceParameters } from '../parameter-set';
import { VideoFault, type VideoFrame, type VideoTrack } from '../video';
import { type AccessUnit, Depacketiser } from './depacketiser';
import { parseRtpPacket } from './packets';
import { RtpClock } from './rtp-clock';
import { type OfferedVideo, parameterSetBytesMax } from './session-description';

/** Beyond this the camera's times are no evidence of when a picture was taken. */
const skewMsMax = 5000;
/** Of pictures none of which is shown after all before them. */
const standingBytesMax = 16 * 1024 * 1024;
const sideMax = 16_384;

/**
 * Makes a live video's frames of RTP packets. The first packet is dated by the agent's clock, and what follows by the
 * camera's; when the two are more than 5 seconds apart the video ends, to be begun and dated anew.
 */
export class LivePictures {
  readonly #depacketiser = new Depacketiser();
  readonly #rtpClock: RtpClock;
  #startedAtMs: number | undefined;
  #opened: { readonly track: VideoTrack; readonly sps: Buffer; readonly pps: Buffer } | undefined;
  #newestMs = Number.NEGATIVE_INFINITY;
  #standingBytes = 0;

  constructor(
    private readonly offered: Pick<OfferedVideo, 'payloadType' | 'clockRate' | 'sps' | 'pps'>,
    private readonly clock: () => number,
  ) {
    this.#rtpClock = new RtpClock(offered.clockRate);
  }

  /** Known with the first frame. */
  get track(): VideoTrack | undefined {
    return this.#opened?.track;
  }

  /** Known with the first packet. */
  get startedAtMs(): number | undefined {
    return this.#startedAtMs;
  }

  /** The frames that this packet completes; none for a bad packet. Throws `VideoFault` where the video cannot go on. */
  push(bytes: Buffer): VideoFrame[] {
    const packet = parseRtpPacket(bytes);
    if (packet === undefined || packet.payloadType !== this.offered.payloadType) return [];
    if (this.#startedAtMs === undefined) {
      this.#startedAtMs = this.clock();
      this.#rtpClock.msOf(packet.timestamp);
    }
    return this.#depacketiser.push(packet).map((unit) => this.#frameOf(unit));
  }

  /** The last frame, where it is whole and of use. */
  end(): VideoFrame[] {
    try {
      return this.#depacketiser.end().map((unit) => this.#frameOf(unit));
    } catch {
      return [];
    }
  }

  #frameOf({ timestamp, units, isKeyframe }: AccessUnit): VideoFrame {
    const { sps, pps } = this.#open(units);
    const shown = units.filter((unit) => !unit.equals(sps) && !unit.equals(pps));
    const frame = {
      data: Buffer.concat(shown.map((unit) => lengthPrefixed(unit, 4))),
      atMs: this.#rtpClock.msOf(timestamp),
      isKeyframe,
    };
    this.#checkTime(frame);
    return frame;
  }

  /** The stream's own parameter sets are taken before those of the description, which may be old. */
  #open(units: readonly Buffer[]) {
    const sps = parameterSet(units, nalType.sps) ?? this.#opened?.sps ?? this.offered.sps;
    if (this.#opened !== undefined) {
      if (sps !== undefined && !sps.equals(this.#opened.sps))
        throw new VideoFault('cut', 'the camera changed the size or the coding of its pictures');
      return this.#opened;
    }
    const pps = parameterSet(units, nalType.pps) ?? this.offered.pps;
    if (sps === undefined || pps === undefined)
      throw new VideoFault('cut', 'no parameter sets came with the first keyframe');
    const { width, height } = parseSequenceParameters(sps);
    if (!isSide(width) || !isSide(height))
      throw new VideoFault('damaged', 'a picture has an impossible size');
    this.#opened = { track: { codecPrivate: decoderConfiguration(sps, pps), width, height }, sps, pps };
    return this.#opened;
  }

  #checkTime({ atMs, data }: VideoFrame): void {
    const skewMs = (this.#startedAtMs ?? 0) + atMs - this.clock();
    if (Math.abs(skewMs) > skewMsMax)
      throw new VideoFault('cut', "the camera's clock and the agent's are apart");
    this.#standingBytes = atMs > this.#newestMs ? 0 : this.#standingBytes + data.length;
    this.#newestMs = Math.max(this.#newestMs, atMs);
    if (this.#standingBytes > standingBytesMax)
      throw new VideoFault('cut', "the camera's clock stands still");
  }
}

function parameterSet(units: readonly Buffer[], type: number): Buffer | undefined {
  return units.find((unit) => typeOf(unit) === type && unit.length <= parameterSetBytesMax);
}

const isSide = (length: number) => length > 0 && length <= sideMax;
