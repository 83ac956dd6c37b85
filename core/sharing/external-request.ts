import type { ExternalRequestAnswer, ExternalRequestEntry } from '../contract/external-requests';

/** What another agency asked, and what became of it. Holds no plate and nothing of a read (Storage-A). */
export interface ExternalRequest extends ExternalRequestEntry {
  readonly requestId: string;
  readonly state: 'received' | 'answered' | 'declined';
  readonly steps: readonly {
    readonly kind: 'received' | 'answered' | 'declined';
    readonly by: string;
    readonly atMs: number;
    readonly words?: string;
  }[];
  /** Of an answered one. */
  readonly reads?: number;
  readonly referredTo?: readonly string[];
  /** From 1; a change is stored only on the revision that it was decided on. */
  readonly revision: number;
}

/** Every read is strongly consistent. */
export interface ExternalRequests {
  find(requestId: string): Promise<ExternalRequest | undefined>;
  /** The newest first, `limit` at most. */
  newest(limit: number): Promise<readonly ExternalRequest[]>;
  /** Stored on the revision before. `conflict`: another change came first. */
  store(request: ExternalRequest): Promise<'stored' | 'conflict'>;
}

interface By {
  readonly username: string;
  readonly nowMs: number;
}

export function received(
  entry: ExternalRequestEntry,
  { requestId, username, nowMs }: By & { readonly requestId: string },
): ExternalRequest {
  const steps = [{ kind: 'received', by: username, atMs: nowMs }] as const;
  return { ...entry, requestId, state: 'received', steps, revision: 1 };
}

/** An individual query has one answer; another plate is another request. */
export function closed(
  request: ExternalRequest,
  how:
    | {
        readonly state: 'answered';
        readonly reads: number;
        readonly referredTo: readonly string[];
        readonly exigency?: string | undefined;
      }
    | { readonly state: 'declined'; readonly because: string },
  { username, nowMs }: By,
): ExternalRequest {
  const words = how.state === 'declined' ? how.because : how.exigency;
  const step = { kind: how.state, by: username, atMs: nowMs, ...(words === undefined ? {} : { words }) };
  return {
    ...request,
    state: how.state,
    ...(how.state === 'answered' ? { reads: how.reads, referredTo: [...how.referredTo] } : {}),
    steps: [...request.steps, step],
    revision: request.revision + 1,
  };
}

/** A request as the API answers it. */
export function externalRequestAnswer(request: ExternalRequest): ExternalRequestAnswer {
  const { steps, referredTo, revision: _, ...rest } = request;
  return {
    ...rest,
    ...(referredTo === undefined ? {} : { referredTo: [...referredTo] }),
    steps: steps.map(({ atMs, ...step }) => ({ ...step, at: new Date(atMs).toISOString() })),
  };
}
