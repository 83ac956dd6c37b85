import { AwsError } from '../aws/errors';
import type { BucketSettings } from './bucket';
import type { ObjectVersion, Retention, Version } from './version';

const dayMs = 86_400_000;

/** Whether nobody may delete the version now; `canBypass`: the caller asked for and has the governance bypass. */
export function isProtected(
  version: Version,
  { nowMs, canBypass }: { readonly nowMs: number; readonly canBypass: boolean },
): boolean {
  if (version.kind === 'delete-marker') return false;
  if (version.isOnLegalHold) return true;
  const { retention } = version;
  if (retention === undefined || retention.untilMs <= nowMs) return false;
  return retention.mode === 'COMPLIANCE' || !canBypass;
}

/** What a new version is protected by: what the request says, else the bucket's default. */
export function lockOfNew(
  settings: BucketSettings,
  headers: Readonly<Record<string, string>>,
  nowMs: number,
): { retention: Retention | undefined; isOnLegalHold: boolean } {
  const mode = headers['x-amz-object-lock-mode'];
  const until = headers['x-amz-object-lock-retain-until-date'];
  const hold = headers['x-amz-object-lock-legal-hold'];
  const said = [mode, until, hold].some((value) => value !== undefined);
  if (said && !settings.isLockEnabled) throw noLock();
  if ((mode === undefined) !== (until === undefined)) {
    throw invalid('x-amz-object-lock-mode and x-amz-object-lock-retain-until-date must both be supplied');
  }
  const { defaultRetention } = settings;
  const byDefault = defaultRetention && {
    mode: defaultRetention.mode,
    untilMs: nowMs + defaultRetention.days * dayMs,
  };
  return {
    retention: mode === undefined ? byDefault : parseRetention(mode, until, nowMs),
    isOnLegalHold: hold === undefined ? false : parseHold(hold),
  };
}

export function parseRetention(
  mode: string | undefined,
  until: string | undefined,
  nowMs: number,
): Retention {
  if (mode !== 'COMPLIANCE' && mode !== 'GOVERNANCE') throw invalid('the object lock mode is unknown');
  const untilMs = Date.parse(until ?? '');
  if (Number.isNaN(untilMs)) throw invalid('the retain until date must be provided in ISO 8601 format');
  if (untilMs <= nowMs) throw invalid('The retain until date must be in the future!');
  return { mode, untilMs };
}

export function parseHold(text: string | undefined): boolean {
  if (text !== 'ON' && text !== 'OFF') throw invalid('the legal hold status must be ON or OFF');
  return text === 'ON';
}

/** A retention can always be made longer; shorter or weaker only under governance and with the bypass. */
export function isWeaker(version: ObjectVersion, next: Retention | undefined, nowMs: number): boolean {
  const { retention } = version;
  if (retention === undefined || retention.untilMs <= nowMs) return false;
  if (next === undefined || next.untilMs < retention.untilMs) return true;
  return retention.mode === 'COMPLIANCE' && next.mode === 'GOVERNANCE';
}

export const objectLocked = () =>
  new AwsError('AccessDenied', 'Access Denied because object protected by object lock.', 403);
export const noLock = () => new AwsError('InvalidRequest', 'Bucket is missing Object Lock Configuration');

const invalid = (message: string) => new AwsError('InvalidArgument', message);
