import { spawn } from 'node:child_process';
import { dirname, join } from 'node:path';
import sharp from 'sharp';

export interface CameraVideo {
  /** JPEG or PNG. */
  readonly photos: readonly Uint8Array[];
  /** `.mp4`, `.mkv` or `.h264` (Annex B), by its ending. */
  readonly path: string;
  /** How long each photo stays in the picture; 1 second by default. */
  readonly secondsEach?: number;
  /** 10 by default. */
  readonly framesPerSecond?: number;
  /** A keyframe each so many seconds; 1 by default. */
  readonly keyframeSeconds?: number;
  readonly width?: number;
  readonly height?: number;
  /** Frames that refer to later ones, as files from editing programs have them; cameras have none. */
  readonly reorderedFrames?: number;
}

/**
 * A simulated street camera: shows photos one after the other as an H.264 video. For development and tests alone; the
 * product never encodes. Throws where the encoder's package is not installed.
 */
export async function encodeCameraVideo(video: CameraVideo): Promise<void> {
  const { secondsEach = 1, framesPerSecond = 10, keyframeSeconds = 1, width = 1280, height = 720 } = video;
  const frames = await Promise.all(video.photos.map((photo) => fitted(photo, { width, height })));
  const keyframeEach = Math.max(1, Math.round(framesPerSecond * keyframeSeconds));
  const encoding = {
    '-c:v': 'libx264',
    '-preset': 'veryfast',
    '-threads': '1',
    '-crf': '18',
    '-pix_fmt': 'yuv420p',
    '-g': String(keyframeEach),
    '-keyint_min': String(keyframeEach),
    '-sc_threshold': '0',
    '-bf': String(video.reorderedFrames ?? 0),
    '-r': String(framesPerSecond),
    '-vsync': 'cfr',
  };
  const format = video.path.endsWith('.h264') ? ['-f', 'h264'] : [];
  await run(
    [
      ['-hide_banner', '-loglevel', 'error', '-y', '-f', 'rawvideo', '-pix_fmt', 'rgb24'],
      ['-s', `${width}x${height}`, '-framerate', String(1 / secondsEach), '-i', 'pipe:0'],
      ...Object.entries(encoding),
      [...format, video.path],
    ].flat(),
    Buffer.concat(frames),
  );
}

function fitted(
  photo: Uint8Array,
  size: { readonly width: number; readonly height: number },
): Promise<Buffer> {
  return sharp(photo)
    .rotate()
    .resize({ ...size, fit: 'contain', background: 'black' })
    .removeAlpha()
    .toColourspace('srgb')
    .raw()
    .toBuffer();
}

function run(args: readonly string[], input: Buffer): Promise<void> {
  const program = join(dirname(require.resolve('@ffmpeg-installer/linux-x64/package.json')), 'ffmpeg');
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: ['pipe', 'ignore', 'pipe'] });
    let complaint = '';
    child.stderr.on('data', (chunk: Buffer) => {
      complaint = `${complaint}${chunk}`.slice(-500);
    });
    child.on('error', reject);
    child.on('close', (status) =>
      status === 0 ? resolve() : reject(new Error(`the camera video was not made: ${complaint}`)),
    );
    child.stdin.on('error', () => undefined);
    child.stdin.end(input);
  });
}
