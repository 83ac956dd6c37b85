import { AwsError } from '../aws/errors';
import { xmlReply } from './listings';
import { locate } from './object-reads';
import { type S3Reply, type S3Request, tagMap } from './request';
import type { Store } from './store';
import type { ObjectVersion } from './version';
import { malformed, parseXml } from './xml';

export function putObjectTagging(store: Store, request: S3Request): S3Reply {
  const version = tagged(store, request, 'PutObject');
  const set = parseXml(request.body, 'Tagging').child('TagSet');
  if (set === undefined) throw malformed();
  version.tags = tagMap(set.children('Tag').map((tag) => [tag.text('Key') ?? '', tag.text('Value') ?? '']));
  return { status: 200 };
}

export function getObjectTagging(store: Store, request: S3Request): S3Reply {
  const { tags } = tagged(store, request, 'GetObject');
  const Tag = Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
  return xmlReply('Tagging', { TagSet: { Tag } });
}

export function deleteObjectTagging(store: Store, request: S3Request): S3Reply {
  tagged(store, request, 'DeleteObject').tags = {};
  return { status: 204 };
}

function tagged(store: Store, request: S3Request, action: string): ObjectVersion {
  const suffix = request.query.has('versionId') ? 'VersionTagging' : 'Tagging';
  store.permit(request, `s3:${action}${suffix}`);
  const version = locate(store, request);
  if (version.kind === 'object') return version;
  throw new AwsError('MethodNotAllowed', 'The specified method is not allowed against this resource.', 405);
}
