/** A row of the log that is no event any more: only its key says anything. */
export interface UnreadableEvent {
  readonly atMs: number;
  /** Absent where not even the key can be read. */
  readonly eventId?: string;
}
