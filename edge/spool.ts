import { chmod, mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { SendRecords } from './kinesis-sender';

export interface SpoolOptions {
  readonly folder: string;
  readonly clock: () => number;
  readonly newId: () => string;
  /** At most 7 days, which is also the default. */
  readonly keptMaxMs?: number;
  readonly bytesMax?: number;
}

/**
 * Envelopes that wait on the device for the stream. They are plain: the device holds no day key by design, so this is a
 * transit store (Storage-A). It is bounded instead: nothing stays longer than 7 days, the oldest goes first when it is
 * full, files are for their owner only, and the device's disk encryption is the department's duty.
 */
export interface Spool {
  put(envelope: Uint8Array): Promise<void>;
  /** Sends of what waits the 20 oldest, or fewer if the stream does not take them all. Gives how many still wait. */
  drain(send: SendRecords): Promise<number>;
  /** Removes what has waited for too long; gives how many were removed. */
  purge(): Promise<number>;
}

const dayMs = 24 * 60 * 60 * 1000;
const keptLimitMs = 7 * dayMs;
const bytesMaxDefault = 1024 * 1024 * 1024;
/** Bounds how long the camera's own reads wait for a drain, and the memory it takes. */
const drainedMax = 20;
const drainedAtOnce = 5;
const fileName = /^(\d{13})-[0-9a-f-]{36}\.envelope$/;

/**
 * Opens the spool in a folder of its own, made for the owner only. Crash-safe: a file gets its name when it is whole
 * and on disk, and goes when the stream has taken it, so a crash can send an envelope twice but lose none.
 */
export async function openSpool(options: SpoolOptions): Promise<Spool> {
  const { folder, clock, newId, bytesMax = bytesMaxDefault } = options;
  const keptMaxMs = Math.min(keptLimitMs, options.keptMaxMs ?? keptLimitMs);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await chmod(folder, 0o700);
  for (const name of await readdir(folder)) if (name.endsWith('.part')) await remove(folder, name);

  const purge = async () => {
    const tooOld = (await spooled(folder)).filter(({ atMs }) => clock() - atMs >= keptMaxMs);
    for (const { name } of tooOld) await remove(folder, name);
    return tooOld.length;
  };
  return {
    purge,
    async put(envelope) {
      await purge();
      await makeRoom(folder, bytesMax - envelope.byteLength);
      await writeWhole(folder, `${String(clock()).padStart(13, '0')}-${newId()}.envelope`, envelope);
    },
    async drain(send) {
      await purge();
      const waiting = await spooled(folder);
      let sentCount = 0;
      for (let at = 0; at < Math.min(drainedMax, waiting.length); at += drainedAtOnce) {
        const group = waiting.slice(at, at + drainedAtOnce);
        const envelopes = await Promise.all(group.map(({ name }) => readFile(join(folder, name))));
        const unsent = new Set(await send(envelopes));
        const sent = group.filter((_, index) => !unsent.has(envelopes[index] ?? Buffer.alloc(0)));
        for (const { name } of sent) await remove(folder, name);
        sentCount += sent.length;
        if (unsent.size > 0) break;
      }
      return waiting.length - sentCount;
    },
  };
}

async function spooled(folder: string): Promise<{ name: string; atMs: number }[]> {
  const names = (await readdir(folder)).sort();
  return names.flatMap((name) => {
    const time = fileName.exec(name)?.[1];
    return time === undefined ? [] : [{ name, atMs: Number(time) }];
  });
}

async function makeRoom(folder: string, bytesFree: number): Promise<void> {
  const files = await spooled(folder);
  const sizes = await Promise.all(files.map(async ({ name }) => (await stat(join(folder, name))).size));
  let bytes = sizes.reduce((a, b) => a + b, 0);
  for (const [at, { name }] of files.entries()) {
    if (bytes <= bytesFree) return;
    await remove(folder, name);
    bytes -= sizes[at] ?? 0;
  }
}

async function writeWhole(folder: string, name: string, bytes: Uint8Array): Promise<void> {
  const part = join(folder, `${name}.part`);
  const file = await open(part, 'wx', 0o600);
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(part, join(folder, name));
}

const remove = (folder: string, name: string) => rm(join(folder, name), { force: true });
