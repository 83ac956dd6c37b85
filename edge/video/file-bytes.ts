import { type FileHandle, open } from 'node:fs/promises';
import { VideoFault } from './video';

const readBytesMax = 64 * 1024 * 1024;

/** A file of any size, read piece by piece. */
export class FileBytes {
  private constructor(
    private readonly handle: FileHandle,
    readonly size: number,
  ) {}

  static async open(path: string): Promise<FileBytes> {
    const handle = await open(path, 'r');
    return new FileBytes(handle, (await handle.stat()).size);
  }

  /** Exactly these bytes. Throws `VideoFault` when the file ends before them, or they are more than 64 MiB. */
  async read(at: number, length: number): Promise<Buffer> {
    if (length > readBytesMax || at + length > this.size)
      throw new VideoFault('damaged', 'a part of the video is not in the file');
    return this.upTo(at, length);
  }

  /** These bytes, or fewer at the end of the file. */
  async upTo(at: number, length: number): Promise<Buffer> {
    const bytes = Buffer.alloc(Math.max(0, Math.min(length, this.size - at)));
    let filled = 0;
    while (filled < bytes.length) {
      const { bytesRead } = await this.handle.read(bytes, filled, bytes.length - filled, at + filled);
      if (bytesRead === 0) throw new VideoFault('damaged', 'the file became shorter');
      filled += bytesRead;
    }
    return bytes;
  }

  close(): Promise<void> {
    return this.handle.close();
  }
}
