import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { mockClient } from 'aws-sdk-client-mock';
import { parseFrameName } from '../../core/reads/frame-name';
import type { CameraFrame } from '../../edge/frame';
import { createFrameUploader } from '../../edge/frame-uploader';
import { framesOfFolder } from '../../edge/frames/folder';

describe('the photos of a folder', () => {
  it('come by name, each with the time at which it was read, and nothing else of the folder', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'frames-'));
    for (const name of ['b.JPG', 'a.png', 'labels.txt', 'c.jpeg']) await writeFile(join(folder, name), name);
    let nowMs = 100;
    const frames: CameraFrame[] = [];
    for await (const frame of framesOfFolder({ folder, clock: () => nowMs++ })) frames.push(frame);
    expect(
      frames.map(({ name, capturedAtMs, image }) => [name, capturedAtMs, Buffer.from(image).toString()]),
    ).toEqual([
      ['a.png', 100, 'a.png'],
      ['b.JPG', 101, 'b.JPG'],
      ['c.jpeg', 102, 'c.jpeg'],
    ]);
    await rm(folder, { recursive: true });
  });
});

describe('uploading a frame', () => {
  it('puts it under a key that says whose it is and when it was taken', async () => {
    const s3 = mockClient(S3Client);
    const upload = createFrameUploader({
      client: new S3Client({ region: 'us-east-2' }),
      bucket: 'raw-frames',
      cameraId: 'pole-3',
      newId: () => '00000000-0000-4000-8000-000000000000',
    });
    const image = Buffer.from('jpeg');
    const key = await upload({ image, capturedAtMs: 1_790_000_000_000 });
    expect(parseFrameName(key)).toEqual({ cameraId: 'pole-3', capturedAtMs: 1_790_000_000_000 });
    expect(s3.commandCalls(PutObjectCommand)[0]?.args[0].input).toEqual({
      Bucket: 'raw-frames',
      Key: key,
      Body: image,
      ContentType: 'image/jpeg',
    });
  });
});
