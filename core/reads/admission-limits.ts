import type { AdmissionLimits } from './admit';

const hourMs = 60 * 60 * 1000;

/** The part of a deployment's configuration that bears on admission. */
export interface AdmissionSettings {
  readonly retentionDays: number;
  readonly siteRadiusM: number;
  readonly transit: { readonly streamHours: number; readonly failureDays: number };
}

/** Clocks of cameras are disciplined by NTP or GPS; five minutes ahead is a fault, not drift. */
const clockAheadMs = 5 * 60 * 1000;

/**
 * S3 deletes later than a lifecycle rule says: it rounds up to the next midnight (UTC), up to 24 h, and its sweep may take
 * another 24 h.
 */
const s3DelayHours = 48;

/**
 * The limits of admission from a configuration. An arriving read may lie in its stream and, when it cannot be stored
 * until its very end, in the failure store before its last plaintext copy is gone. Throws `RangeError` when that leaves no time to keep
 * a read at all.
 */
export function admissionLimits(settings: AdmissionSettings): AdmissionLimits {
  const transitMs =
    (settings.transit.streamHours + settings.transit.failureDays * 24 + s3DelayHours) * hourMs;
  if (transitMs > (settings.retentionDays - 1) * 24 * hourMs)
    throw new RangeError('transit must end at least a day before a read is forgotten');
  return {
    retentionDays: settings.retentionDays,
    transitMs,
    siteRadiusM: settings.siteRadiusM,
    clockAheadMs,
  };
}
