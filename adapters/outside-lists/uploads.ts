import { createHash } from 'node:crypto';
import { PassThrough, Readable, Transform } from 'node:stream';
import { GetObjectCommand, NoSuchKey, type S3Client } from '@aws-sdk/client-s3';
import type { Gathering } from '../../core/hot-list/outside/gather';
import type { OutsideListSource } from '../../core/hot-list/outside/outside-entry';
import type { Upload, Uploads } from '../../core/hot-list/outside/ports';
import { fromStore } from '../stores/store-error';
import { FormUnknown, rowsOf } from './rows';

/** The bucket HotListUploads: files as their sources sent them, under `<list>/<name>`, for some days. */
export class UploadedLists implements Uploads {
  constructor(readonly options: { readonly s3: S3Client; readonly bucket: string }) {}

  async gather(upload: Upload, source: OutsideListSource, into: Gathering) {
    const object = await this.#open(upload);
    if (object === undefined) return { kind: 'gone' } as const;
    const gathered = await gatherFile(object.body, source, into);
    return gathered.kind === 'unreadable' ? gathered : { ...gathered, deliveredAtMs: object.deliveredAtMs };
  }

  async #open({ list, name }: Upload) {
    try {
      const { Body, LastModified } = await this.options.s3.send(
        new GetObjectCommand({ Bucket: this.options.bucket, Key: `${list}/${name}` }),
      );
      if (!(Body instanceof Readable) || LastModified === undefined) return undefined;
      return { body: Body, deliveredAtMs: LastModified.getTime() };
    } catch (error) {
      if (error instanceof NoSuchKey) return undefined;
      return fromStore('uploads', () => Promise.reject(error));
    }
  }
}

export type GatheredFile =
  | { readonly kind: 'gathered'; readonly deliveryId: string }
  | { readonly kind: 'unreadable'; readonly because: string };

/** Feeds every row of a file into `into`; the delivery's id is the file's SHA-256, hex. `onRow`: for progress. */
export async function gatherFile(
  file: Readable,
  source: OutsideListSource,
  into: Gathering,
  onRow: () => void = () => undefined,
): Promise<GatheredFile> {
  const hash = createHash('sha256');
  const hashed = new Transform({
    transform(chunk: Buffer, _, done) {
      hash.update(chunk);
      done(null, chunk);
    },
  });
  file.on('error', (error) => hashed.destroy(error));
  try {
    for await (const cut of rowsOf(file.pipe(hashed).pipe(new PassThrough()), source)) {
      if (cut.kind === 'row') into.take(cut.row);
      else into.refuse(cut.number, cut.message);
      onRow();
    }
  } catch (error) {
    if (error instanceof FormUnknown) return { kind: 'unreadable', because: error.message };
    throw error;
  }
  return { kind: 'gathered', deliveryId: hash.digest('hex') };
}
