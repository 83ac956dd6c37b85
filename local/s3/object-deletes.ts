import { asAwsError } from '../aws/json-protocol';
import type { Bucket } from './bucket';
import { requireChecksum, verifiedChecksums } from './checksums';
import { isProtected, objectLocked } from './object-lock';
import { checkMatch } from './preconditions';
import type { S3Reply, S3Request } from './request';
import { s3Error } from './s3-error';
import type { Store } from './store';
import type { DeleteMarker } from './version';
import { malformed, parseXml, xmlDocument } from './xml';

const keysMax = 1000;

export function deleteObject(store: Store, request: S3Request): S3Reply {
  const { versionId, isMarker } = removeOne(store, request);
  return {
    status: 204,
    headers: {
      ...(versionId === undefined ? {} : { 'x-amz-version-id': versionId }),
      ...(isMarker ? { 'x-amz-delete-marker': 'true' } : {}),
    },
  };
}

/** Each key is decided by itself: what is refused stands in the answer as an error, the others go. */
export function deleteObjects(store: Store, request: S3Request): S3Reply {
  verifiedChecksums(request.headers, request.body);
  requireChecksum(request.headers);
  const root = parseXml(request.body, 'Delete');
  const objects = root.children('Object');
  if (objects.length === 0 || objects.length > keysMax) throw malformed();
  const isQuiet = root.text('Quiet') === 'true';
  const outcomes = objects.map((object) => {
    const [Key, VersionId] = [object.text('Key'), object.text('VersionId')];
    if (Key === undefined || Key === '') throw malformed();
    const query = new URLSearchParams(VersionId === undefined ? {} : { versionId: VersionId });
    const etag = object.text('ETag');
    const { 'if-match': _, ...headers } = request.headers;
    const one = {
      ...request,
      key: Key,
      query,
      headers: etag === undefined ? headers : { ...headers, 'if-match': etag },
    };
    try {
      const { versionId, isMarker } = removeOne(store, one);
      const marker = isMarker ? { DeleteMarker: true, DeleteMarkerVersionId: versionId } : {};
      return { deleted: { Key, VersionId, ...marker } };
    } catch (error) {
      const { code: Code, message: Message } = s3Error(asAwsError(error));
      return { failed: { Key, VersionId, Code, Message } };
    }
  });
  return {
    status: 200,
    headers: { 'content-type': 'application/xml' },
    body: xmlDocument('DeleteResult', {
      Deleted: isQuiet ? [] : outcomes.map(({ deleted }) => deleted),
      Error: outcomes.map(({ failed }) => failed),
    }),
  };
}

interface Removed {
  readonly versionId: string | undefined;
  readonly isMarker: boolean;
}

function removeOne(store: Store, request: S3Request): Removed {
  const versionId = request.query.get('versionId');
  store.permit(request, versionId === null ? 's3:DeleteObject' : 's3:DeleteObjectVersion');
  const bucket = store.bucket(request.bucket);
  if (versionId !== null) return removeVersion(store, request, { bucket, versionId });
  checkMatch(request.headers['if-match'], bucket.current(request.key));
  return hideOrRemove(store, bucket, { key: request.key, caller: request.caller, cause: 'ObjectRemoved' });
}

function removeVersion(
  store: Store,
  request: S3Request,
  { bucket, versionId }: { readonly bucket: Bucket; readonly versionId: string },
): Removed {
  const version = bucket.find(request.key, versionId);
  if (version === undefined) return { versionId, isMarker: false };
  const wantsBypass = request.headers['x-amz-bypass-governance-retention'] === 'true';
  if (wantsBypass) store.permit(request, 's3:BypassGovernanceRetention');
  if (isProtected(version, { nowMs: store.now(), canBypass: wantsBypass })) throw objectLocked();
  bucket.remove(request.key, versionId);
  store.announce(bucket, 'ObjectRemoved:Delete', { version, caller: request.caller });
  return { versionId, isMarker: version.kind === 'delete-marker' };
}

/** A delete that names no version: with versions it only hides the object behind a marker. */
export function hideOrRemove(
  store: Store,
  bucket: Bucket,
  {
    key,
    caller,
    cause,
  }: { key: string; caller?: S3Request['caller']; cause: 'ObjectRemoved' | 'LifecycleExpiration' },
): Removed {
  const by = caller === undefined ? {} : { caller };
  if (bucket.settings.versioning === 'Unversioned') {
    const current = bucket.current(key);
    bucket.remove(key, 'null');
    if (current !== undefined) store.announce(bucket, `${cause}:Delete`, { version: current, ...by });
    return { versionId: undefined, isMarker: false };
  }
  const versionId = bucket.nextVersionId();
  const marker: DeleteMarker = { kind: 'delete-marker', key, versionId, lastModifiedMs: store.now() };
  bucket.add(marker);
  store.announce(bucket, `${cause}:DeleteMarkerCreated`, { version: marker, ...by });
  return { versionId, isMarker: true };
}
