import { nalType, typeOf } from '../nal';
import { VideoFault } from '../video';

/** The H.264 video that a camera offers. */
export interface OfferedVideo {
  /** RTP's number for it. */
  readonly payloadType: number;
  /** Units of RTP's times a second. */
  readonly clockRate: number;
  /** What SETUP asks for. */
  readonly control: string;
  /** What PLAY and TEARDOWN ask for. */
  readonly aggregateControl: string;
  /** Where the description has them; what the stream itself says is newer. */
  readonly sps: Buffer | undefined;
  readonly pps: Buffer | undefined;
}

export const parameterSetBytesMax = 4096;
const clockRateMax = 10_000_000;

interface Media {
  readonly isVideo: boolean;
  readonly formats: readonly string[];
  readonly attributes: readonly string[];
}

/**
 * The first H.264 video in a session description (RFC 4566; for H.264, RFC 6184, 8.2.1). `base` is what relative
 * addresses hang on (RFC 2326, C.1.1). Throws `VideoFault`: `not-h264`, or `unsupported` for interleaved pictures.
 */
export function offeredVideo(description: string, base: string): OfferedVideo {
  const [session, ...media] = sectionsOf(description);
  for (const { isVideo, formats, attributes } of media) {
    const format = isVideo ? h264Format(formats, attributes) : undefined;
    if (format === undefined) continue;
    const parameters = parametersOf(attributeAfter(attributes, `fmtp:${format.payloadType} `) ?? '');
    if (parameters.get('packetization-mode') === '2')
      throw new VideoFault('unsupported', 'the camera sends its pictures interleaved');
    const sets = (parameters.get('sprop-parameter-sets') ?? '').split(',').map(parameterSet);
    return {
      ...format,
      control: resolved(attributeAfter(attributes, 'control:'), base),
      aggregateControl: resolved(attributeAfter(session?.attributes ?? [], 'control:'), base),
      sps: sets.find((set) => set !== undefined && typeOf(set) === nalType.sps),
      pps: sets.find((set) => set !== undefined && typeOf(set) === nalType.pps),
    };
  }
  throw new VideoFault('not-h264', 'the camera offers no H.264 video');
}

/** The session's own lines, then those of each medium. */
function sectionsOf(description: string): Media[] {
  const sections: { isVideo: boolean; formats: string[]; attributes: string[] }[] = [
    { isVideo: false, formats: [], attributes: [] },
  ];
  for (const line of description.split(/\r\n|\r|\n/)) {
    const [, kind, formats] = /^m=(\S+) \S+ RTP\/AVPF? (.*)$/.exec(line) ?? [];
    if (line.startsWith('m='))
      sections.push({ isVideo: kind === 'video', formats: (formats ?? '').split(' '), attributes: [] });
    if (line.startsWith('a=')) sections.at(-1)?.attributes.push(line.slice(2).trim());
  }
  return sections;
}

function h264Format(formats: readonly string[], attributes: readonly string[]) {
  for (const format of formats) {
    const map = /^h264\/(\d{1,8})$/i.exec(attributeAfter(attributes, `rtpmap:${format} `) ?? '');
    const [payloadType, clockRate] = [Number(format), Number(map?.[1])];
    if (Number.isInteger(payloadType) && payloadType <= 127 && clockRate > 0 && clockRate <= clockRateMax)
      return { payloadType, clockRate };
  }
  return undefined;
}

function attributeAfter(attributes: readonly string[], start: string): string | undefined {
  return attributes
    .find((attribute) => attribute.startsWith(start))
    ?.slice(start.length)
    .trim();
}

function parametersOf(text: string): ReadonlyMap<string, string> {
  return new Map(
    text.split(';').map((parameter) => {
      const [name = '', ...value] = parameter.split('=');
      return [name.trim().toLowerCase(), value.join('=').trim()];
    }),
  );
}

function parameterSet(text: string): Buffer | undefined {
  const set = Buffer.from(text, 'base64');
  return set.length >= 2 && set.length <= parameterSetBytesMax ? set : undefined;
}

/** As cameras mean it: a relative address is put behind the base, whether that ends in a slash or not. */
function resolved(control: string | undefined, base: string): string {
  if (control === undefined || control === '' || control === '*') return base;
  const uri = /^rtsp:\/\//i.test(control) ? control : `${base.replace(/\/$/, '')}/${control}`;
  if (!isUri(uri)) throw new VideoFault('damaged', 'the camera names no usable address of its video');
  return uri;
}

/** Fit for a request line, and for the quotes of an authorization. */
export const isUri = (text: string) => /^rtsp:\/\/[\x21\x23-\x7e]{1,2048}$/i.test(text);
