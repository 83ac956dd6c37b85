import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

export interface DecodedFrame {
  readonly width: number;
  readonly height: number;
  /** 3 bytes a pixel, row by row. */
  readonly rgb: Buffer;
}

/**
 * Decodes the frames at these positions in order of time (0 is the earliest), and gives them in that order; fewer where
 * the video is damaged. Throws where nothing can be decoded.
 */
export type DecodeFrames = (media: Buffer, positions: readonly number[]) => Promise<readonly DecodedFrame[]>;

const timeoutMs = 30_000;
const outputBytesMax = 1024 * 1024 * 1024;
const stderrCharsMax = 300;

/** H.264 by the program of a package for development, which is never shipped: AWS decodes in production. */
export function ffmpegDecoder(findProgram: () => string = () => findFfmpeg()): DecodeFrames {
  return async (media, positions) => {
    if (positions.length === 0) return [];
    const wanted = [...positions].sort((a, b) => a - b);
    const select = wanted.map((position) => `eq(n\\,${position})`).join('+');
    const output = await pipe(
      findProgram(),
      [
        ['-hide_banner', '-loglevel', 'error', '-threads', '1', '-f', 'matroska', '-i', 'pipe:0'],
        ['-vf', `select=${select}`, '-vsync', '0', '-f', 'image2pipe', '-c:v', 'ppm', 'pipe:1'],
      ].flat(),
      media,
    );
    return [...pixmaps(output)];
  };
}

/** Throws where the package is not installed, saying how to get it. */
export function findFfmpeg(resolve: (name: string) => string = createRequire(__filename).resolve): string {
  const name = '@ffmpeg-installer/linux-x64/package.json';
  try {
    return join(dirname(resolve(name)), 'ffmpeg');
  } catch (cause) {
    throw new Error(
      'no H.264 decoder: the local kinesis-video makes images only where the development package @ffmpeg-installer/linux-x64 is installed',
      { cause },
    );
  }
}

function pipe(program: string, args: readonly string[], input: Buffer): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'pipe'], timeout: timeoutMs });
    const chunks: Buffer[] = [];
    let bytes = 0;
    let complaint = '';
    child.stdout.on('data', (chunk: Buffer) => {
      chunks.push(chunk);
      bytes += chunk.length;
      if (bytes > outputBytesMax) child.kill();
    });
    child.stderr.on('data', (chunk: Buffer) => {
      if (complaint.length < stderrCharsMax) complaint += chunk.toString('utf8');
    });
    child.on('error', reject);
    child.on('close', (status) => {
      if (status === 0) resolve(Buffer.concat(chunks));
      else reject(new Error(`the video could not be decoded: ${complaint.slice(0, stderrCharsMax)}`));
    });
    // A program that ends early closes its input; its exit status says why.
    child.stdin.on('error', () => undefined);
    child.stdin.end(input);
  });
}

/** Binary portable pixmaps, one behind the other. */
function* pixmaps(bytes: Buffer): Generator<DecodedFrame> {
  let at = 0;
  while (at < bytes.length) {
    const head = /^P6\s+(\d+)\s+(\d+)\s+255\s/.exec(bytes.toString('latin1', at, at + 64));
    if (head === null) throw new Error('the decoder gave no pixmap');
    const [width, height] = [Number(head[1]), Number(head[2])];
    const from = at + head[0].length;
    at = from + width * height * 3;
    if (at > bytes.length) throw new Error('the decoder gave half a pixmap');
    yield { width, height, rgb: bytes.subarray(from, at) };
  }
}
