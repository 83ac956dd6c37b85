import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import type { Read } from '../core/reads/read';

/** Older than this, a fix says nothing about where a moving car is. */
const fixAgeMaxMs = 10_000;

const fix = z.object({
  latitude: z.number().min(-90).max(90),
  longitude: z.number().min(-180).max(180),
  /** When it was taken, ISO 8601. */
  time: z.iso.datetime({ offset: true }),
});

/**
 * The car's position from the file in which its GPS receiver keeps the last fix (`latitude`, `longitude`, `time`, as
 * gpsd's TPV reports; JSON). `undefined`: no file, not a fix, or too old.
 */
export function positionFrom(file: string, clock: () => number) {
  return async (): Promise<Read['position'] | undefined> => {
    const parsed = fix.safeParse(await readJson(file));
    if (!parsed.success) return undefined;
    const { latitude, longitude, time } = parsed.data;
    return Math.abs(clock() - Date.parse(time)) <= fixAgeMaxMs ? { latitude, longitude } : undefined;
  };
}

async function readJson(file: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(file, 'utf8'));
  } catch {
    return undefined;
  }
}
