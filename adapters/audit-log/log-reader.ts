import { GetObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import type { LogFiles } from '../../core/audit/log/verifier/files';
import { TileMissing } from '../../core/audit/log/verifier/tile-files';
import { ifStored } from '../stores/if-stored';

/** A proof needs two tiles of each level, and a tree of 2^63 leaves has eight levels. */
const roundsMax = 20;

/** Reads the sealed log's bucket as a verifier would: nothing of it is trusted. */
export class LogReader {
  constructor(readonly options: { readonly s3: S3Client; readonly bucket: string }) {}

  async read(path: string): Promise<Uint8Array | undefined> {
    const { s3, bucket } = this.options;
    return ifStored('log bucket', async () => {
      const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: path }));
      return await Body?.transformToByteArray();
    });
  }

  /** Runs `prove` with the files read so far, fetching those that it asked for in vain, until it needs no more. */
  async fromLog<Value>(prove: (files: LogFiles) => Value): Promise<Value> {
    const known = new Map<string, Uint8Array | undefined>();
    for (let round = 1; ; round++) {
      const asked = new Set<string>();
      const read = (path: string) => {
        if (!known.has(path)) asked.add(path);
        return known.get(path);
      };
      try {
        return prove({ read, list: () => known.keys() });
      } catch (error) {
        if (!(error instanceof TileMissing) || asked.size === 0 || round === roundsMax) throw error;
      }
      for (const path of asked) known.set(path, await this.read(path));
    }
  }
}
