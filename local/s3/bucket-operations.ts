import { xmlReply } from './listings';
import type { S3Reply, S3Request } from './request';
import type { Store } from './store';

export function headBucket(store: Store, request: S3Request): S3Reply {
  store.permit(request, 's3:ListBucket');
  store.bucket(request.bucket);
  return { status: 200, headers: { 'x-amz-bucket-region': store.region } };
}

export function getBucketVersioning(store: Store, request: S3Request): S3Reply {
  store.permit(request, 's3:GetBucketVersioning');
  const { versioning } = store.bucket(request.bucket).settings;
  return xmlReply('VersioningConfiguration', {
    Status: versioning === 'Unversioned' ? undefined : versioning,
  });
}
