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

const line = z.object({
  EventType: z.enum(['BUFFERING', 'RECEIVED', 'PERSISTED', 'IDLE', 'ERROR']),
  FragmentTimecode: z.coerce.number().int().optional(),
  ErrorId: z.coerce.number().int().optional(),
});

const lineCharsMax = 4096;

/** Reads acknowledgements, one JSON object a line, in pieces of any length. What is no acknowledgement is left out. */
export class AcknowledgementLines {
  #waiting = '';

  push(chunk: string): Acknowledgement[] {
    const lines = `${this.#waiting}${chunk}`.split('\n');
    this.#waiting = (lines.pop() ?? '').slice(0, lineCharsMax);
    return lines.flatMap((text) => acknowledgementOf(text) ?? []);
  }
}

function acknowledgementOf(text: string): Acknowledgement | undefined {
  const parsed = line.safeParse(jsonOf(text));
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
