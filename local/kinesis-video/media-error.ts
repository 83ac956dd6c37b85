/** Why PutMedia refuses a fragment: the error codes of its acknowledgements and their ids, as AWS documents them. */
export const mediaErrors = {
  STREAM_READ_ERROR: 4000,
  MAX_FRAGMENT_SIZE_REACHED: 4001,
  MAX_FRAGMENT_DURATION_REACHED: 4002,
  FRAGMENT_TIMECODE_LESSER_THAN_PREVIOUS: 4004,
  INVALID_MKV_DATA: 4006,
  INVALID_PRODUCER_TIMESTAMP: 4007,
  STREAM_NOT_ACTIVE: 4008,
  FRAGMENT_METADATA_LIMIT_REACHED: 4009,
  TRACK_NUMBER_MISMATCH: 4010,
  FRAMES_MISSING_FOR_TRACK: 4011,
  MORE_THAN_ALLOWED_TRACKS_FOUND: 4012,
  KMS_KEY_ACCESS_DENIED: 4500,
  INTERNAL_ERROR: 5000,
} as const;

export type MediaErrorCode = keyof typeof mediaErrors;

/** Ends a PutMedia session. */
export class MediaError extends Error {
  constructor(
    readonly code: MediaErrorCode,
    message: string,
    /** Of the fragment that was refused, where its timecode was read. */
    readonly timecodeMs?: number,
  ) {
    super(message);
    this.name = 'MediaError';
  }
}
