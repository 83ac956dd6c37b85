import { AwsError } from '../aws/errors';
import { requireChecksum, verifiedChecksums } from './checksums';
import { xmlReply } from './listings';
import { isWeaker, noLock, objectLocked, parseHold, parseRetention } from './object-lock';
import { locate } from './object-reads';
import type { S3Reply, S3Request } from './request';
import type { Store } from './store';
import type { ObjectVersion } from './version';
import { parseXml } from './xml';

export function putObjectRetention(store: Store, request: S3Request): S3Reply {
  store.permit(request, 's3:PutObjectRetention');
  const wantsBypass = request.headers['x-amz-bypass-governance-retention'] === 'true';
  if (wantsBypass) store.permit(request, 's3:BypassGovernanceRetention');
  const version = lockable(store, request);
  proveBody(request);
  const root = parseXml(request.body, 'Retention');
  const [mode, until] = [root.text('Mode'), root.text('RetainUntilDate')];
  const isRemoval = mode === undefined && until === undefined;
  const next = isRemoval ? undefined : parseRetention(mode, until, store.now());
  const canWeaken = wantsBypass && version.retention?.mode === 'GOVERNANCE';
  if (isWeaker(version, next, store.now()) && !canWeaken) throw objectLocked();
  version.retention = next;
  return { status: 200 };
}

export function getObjectRetention(store: Store, request: S3Request): S3Reply {
  store.permit(request, 's3:GetObjectRetention');
  const { retention } = lockable(store, request);
  if (retention === undefined) throw noSuchConfiguration();
  const RetainUntilDate = new Date(retention.untilMs).toISOString();
  return xmlReply('Retention', { Mode: retention.mode, RetainUntilDate });
}

export function putObjectLegalHold(store: Store, request: S3Request): S3Reply {
  store.permit(request, 's3:PutObjectLegalHold');
  const version = lockable(store, request);
  proveBody(request);
  version.isOnLegalHold = parseHold(parseXml(request.body, 'LegalHold').text('Status'));
  return { status: 200 };
}

export function getObjectLegalHold(store: Store, request: S3Request): S3Reply {
  store.permit(request, 's3:GetObjectLegalHold');
  return xmlReply('LegalHold', { Status: lockable(store, request).isOnLegalHold ? 'ON' : 'OFF' });
}

export function getObjectLockConfiguration(store: Store, request: S3Request): S3Reply {
  store.permit(request, 's3:GetBucketObjectLockConfiguration');
  const { isLockEnabled, defaultRetention } = store.bucket(request.bucket).settings;
  if (!isLockEnabled) {
    throw new AwsError(
      'ObjectLockConfigurationNotFoundError',
      'Object Lock configuration does not exist',
      404,
    );
  }
  const Rule = defaultRetention && {
    DefaultRetention: { Mode: defaultRetention.mode, Days: defaultRetention.days },
  };
  return xmlReply('ObjectLockConfiguration', { ObjectLockEnabled: 'Enabled', Rule });
}

function lockable(store: Store, request: S3Request): ObjectVersion {
  if (!store.bucket(request.bucket).settings.isLockEnabled) throw noLock();
  const version = locate(store, request);
  if (version.kind === 'object') return version;
  throw new AwsError('MethodNotAllowed', 'The specified method is not allowed against this resource.', 405);
}

function proveBody({ headers, body }: S3Request): void {
  verifiedChecksums(headers, body);
  requireChecksum(headers);
}

const noSuchConfiguration = () =>
  new AwsError(
    'NoSuchObjectLockConfiguration',
    'The specified object does not have a ObjectLock configuration',
    404,
  );
