import type { z } from 'zod';
import { type DayKey, SealBroken } from '../../core/retention/day-key';
import { whileKept } from '../../core/retention/while-kept';

/** Seals JSON for its place. `undefined`: the day is forgotten by now. */
export function sealPart(key: DayKey | undefined, content: object, context: string): Uint8Array | undefined {
  const bytes = Buffer.from(JSON.stringify(content), 'utf8');
  return whileKept(() => key?.seal(bytes, context));
}

/** `unreadable`: altered, moved or damaged; `undefined`: the day is forgotten by now. */
export function openPart<T>(
  key: DayKey,
  sealed: Uint8Array | undefined,
  context: string,
  schema: z.ZodType<T>,
): T | 'unreadable' | undefined {
  if (sealed === undefined) return 'unreadable';
  try {
    const bytes = whileKept(() => key.open(sealed, context));
    return bytes && parsed(bytes, schema);
  } catch (error) {
    if (error instanceof SealBroken) return 'unreadable';
    throw error;
  }
}

function parsed<T>(bytes: Uint8Array, schema: z.ZodType<T>): T | 'unreadable' {
  const result = schema.safeParse(jsonOf(bytes));
  return result.success ? result.data : 'unreadable';
}

function jsonOf(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(bytes).toString('utf8'));
  } catch {
    return undefined;
  }
}
