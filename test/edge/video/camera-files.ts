import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import sharp from 'sharp';
import { type CameraVideo, encodeCameraVideo } from '../../../scripts/video/encode';

const ffmpeg = join(dirname(require.resolve('@ffmpeg-installer/linux-x64/package.json')), 'ffmpeg');

/** A folder of videos that lasts as long as its test file. */
export class CameraFiles {
  readonly folder = mkdtempSync(join(tmpdir(), 'camera-'));

  path(name: string): string {
    return join(this.folder, name);
  }

  /** A second of each shade at 10 pictures a second, 64 by 48. */
  async encode(name: string, shades: readonly number[], more: Partial<CameraVideo> = {}): Promise<string> {
    const photos = await Promise.all(
      shades.map((shade) =>
        sharp({
          create: { width: 64, height: 48, channels: 3, background: { r: shade, g: shade, b: shade } },
        })
          .png()
          .toBuffer(),
      ),
    );
    await encodeCameraVideo({ photos, path: this.path(name), width: 64, height: 48, ...more });
    return this.path(name);
  }

  /** The same coded pictures in another container. */
  remux(from: string, name: string, args: readonly string[] = []): string {
    const made = spawnSync(ffmpeg, [
      '-loglevel',
      'error',
      '-i',
      from,
      '-c',
      'copy',
      ...args,
      this.path(name),
    ]);
    if (made.status !== 0) throw new Error(made.stderr.toString());
    return this.path(name);
  }

  remove(): void {
    rmSync(this.folder, { recursive: true });
  }
}
