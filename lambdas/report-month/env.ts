import { requireEnv } from '../env';

export const env = {
  auditEventsTable: 'AUDIT_EVENTS_TABLE',
  camerasTable: 'CAMERAS_TABLE',
  sitesTable: 'SITES_TABLE',
  sharingTable: 'SHARING_TABLE',
  logHeadTable: 'LOG_HEAD_TABLE',
  logOrigin: 'LOG_ORIGIN',
  reportsBucket: 'REPORTS_BUCKET',
} as const;

/** The portal's bucket, where it can be reached from this account; else the operator copies the public folder. */
export const optionalEnv = { portalBucket: 'PORTAL_BUCKET' } as const;

export function readEnv(source: NodeJS.ProcessEnv) {
  return { ...requireEnv(source, env), portalBucket: source[optionalEnv.portalBucket] || undefined };
}
