import { z } from 'zod';

/** What Kinesis Video says of a fragment, or of the session where there is no timecode. */
export interface Acknowledgement {
  readonly kind: 'buffering' | 'received' | 'persisted' | 'idle' | 'error';
  readonly timecodeMs: number | undefined;
  /** Of an error. */
  readonly errorId: number | undefined;
}

const kinds = {
  BUFFERING: 'buffering',
  RECEIVED: 'received',
  PERSISTED: 'persisted',
  IDLE: 'idle',
  ERROR: 'error',
} as const;

const fields = z.object({
  EventType: z.enum(['BUFFERING', 'RECEIVED', 'PERSISTED', 'IDLE', 'ERROR']),
  FragmentTimecode: z.coerce.number().int().optional(),
  ErrorId: z.coerce.number().int().optional(),
});
/** AWS's page of PutMedia shows an acknowledgement inside another object in its syntax, and bare in its examples. */
const either = z.union([fields, z.object({ Acknowledgement: fields }).transform((it) => it.Acknowledgement)]);

const objectCharsMax = 4096;

/**
 * Reads acknowledgements: JSON objects one behind the other, with or without line breaks, in pieces of any length. What
 * is no acknowledgement, or longer than 4096 characters, is left out.
 */
export class AcknowledgementReader {
  /** Of an object that has begun, as far as its length allows. */
  #text = '';
  #depth = 0;
  #isInString = false;
  #isEscaped = false;

  push(chunk: string): Acknowledgement[] {
    const whole: Acknowledgement[] = [];
    for (const char of chunk) {
      const wasInside = this.#depth > 0;
      this.#follow(char);
      if (!wasInside && this.#depth === 0) continue;
      if (this.#text.length <= objectCharsMax) this.#text += char;
      if (this.#depth > 0) continue;
      const acknowledgement = this.#text.length <= objectCharsMax ? acknowledgementOf(this.#text) : undefined;
      if (acknowledgement !== undefined) whole.push(acknowledgement);
      this.#text = '';
    }
    return whole;
  }

  #follow(char: string): void {
    if (this.#isEscaped) this.#isEscaped = false;
    else if (this.#isInString && char === '\\') this.#isEscaped = true;
    else if (this.#depth > 0 && char === '"') this.#isInString = !this.#isInString;
    else if (this.#isInString) return;
    else if (char === '{') this.#depth++;
    else if (char === '}' && this.#depth > 0) this.#depth--;
  }
}

function acknowledgementOf(text: string): Acknowledgement | undefined {
  const parsed = either.safeParse(jsonOf(text));
  if (!parsed.success) return undefined;
  const { EventType, FragmentTimecode, ErrorId } = parsed.data;
  return { kind: kinds[EventType], timecodeMs: FragmentTimecode, errorId: ErrorId };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * What an error means (AWS's list of PutMedia's error ids). `again`: a fresh session may succeed; `fragment`: this
 * fragment never will; `stream`: no fragment will until somebody changes the stream or its key.
 */
export function meaningOf({ errorId, timecodeMs }: Acknowledgement): 'again' | 'fragment' | 'stream' {
  if (errorId === undefined || again.has(errorId)) return 'again';
  return timecodeMs !== undefined && ofFragment.has(errorId) ? 'fragment' : 'stream';
}

const again = new Set([4000, 4003, 5000, 5001]);
const ofFragment = new Set([4001, 4002, 4004, 4006, 4007, 4009, 4010, 4011]);
