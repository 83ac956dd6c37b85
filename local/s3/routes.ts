import { AwsError } from '../aws/errors';
import { getBucketVersioning, headBucket } from './bucket-operations';
import { listObjectsV2, listObjectVersions } from './listings';
import {
  getObjectLegalHold,
  getObjectLockConfiguration,
  getObjectRetention,
  putObjectLegalHold,
  putObjectRetention,
} from './lock-operations';
import {
  abortMultipartUpload,
  completeMultipartUpload,
  createMultipartUpload,
  listMultipartUploads,
  listParts,
  uploadPart,
} from './multipart';
import { deleteObject, deleteObjects } from './object-deletes';
import { getObject, headObject } from './object-reads';
import { putObject } from './object-writes';
import type { S3Reply, S3Request } from './request';
import type { Store } from './store';
import { deleteObjectTagging, getObjectTagging, putObjectTagging } from './tagging-operations';

type Operation = (store: Store, request: S3Request) => S3Reply;

interface Route {
  readonly on: `${'bucket' | 'object'} ${string}`;
  /** Query names that choose this operation among those of the same method. */
  readonly named: readonly string[];
  /** Further query names it understands. */
  readonly takes?: readonly string[];
  readonly operation: Operation;
}

const version = ['versionId'];
const listing = ['prefix', 'max-keys', 'encoding-type'];
const overrides = [
  'cache-control',
  'content-disposition',
  'content-encoding',
  'content-language',
  'content-type',
];
const reading = [...version, 'response-expires', ...overrides.map((name) => `response-${name}`)];

/** The more names choose a route, the earlier it stands. */
const routes: readonly Route[] = [
  { on: 'object PUT', named: ['partNumber', 'uploadId'], operation: uploadPart },
  { on: 'object PUT', named: ['retention'], takes: version, operation: putObjectRetention },
  { on: 'object PUT', named: ['legal-hold'], takes: version, operation: putObjectLegalHold },
  { on: 'object PUT', named: ['tagging'], takes: version, operation: putObjectTagging },
  { on: 'object PUT', named: [], operation: putObject },
  { on: 'object POST', named: ['uploads'], operation: createMultipartUpload },
  { on: 'object POST', named: ['uploadId'], operation: completeMultipartUpload },
  { on: 'object GET', named: ['uploadId'], operation: listParts },
  { on: 'object GET', named: ['retention'], takes: version, operation: getObjectRetention },
  { on: 'object GET', named: ['legal-hold'], takes: version, operation: getObjectLegalHold },
  { on: 'object GET', named: ['tagging'], takes: version, operation: getObjectTagging },
  { on: 'object GET', named: [], takes: reading, operation: getObject },
  { on: 'object HEAD', named: [], takes: reading, operation: headObject },
  { on: 'object DELETE', named: ['uploadId'], operation: abortMultipartUpload },
  { on: 'object DELETE', named: ['tagging'], takes: version, operation: deleteObjectTagging },
  { on: 'object DELETE', named: [], takes: version, operation: deleteObject },
  { on: 'bucket HEAD', named: [], operation: headBucket },
  { on: 'bucket POST', named: ['delete'], operation: deleteObjects },
  {
    on: 'bucket GET',
    named: ['list-type'],
    takes: [...listing, 'delimiter', 'continuation-token', 'start-after', 'fetch-owner'],
    operation: listObjectsV2,
  },
  {
    on: 'bucket GET',
    named: ['versions'],
    takes: [...listing, 'key-marker', 'version-id-marker'],
    operation: listObjectVersions,
  },
  { on: 'bucket GET', named: ['uploads'], takes: ['prefix'], operation: listMultipartUploads },
  { on: 'bucket GET', named: ['versioning'], operation: getBucketVersioning },
  { on: 'bucket GET', named: ['object-lock'], operation: getObjectLockConfiguration },
];

/** Answers a request. A query that no operation here understands is refused, so that nothing is silently left out. */
export function answer(store: Store, request: S3Request): S3Reply {
  const on = `${request.key === '' ? 'bucket' : 'object'} ${request.method}`;
  const said = [...request.query.keys()].filter((name) => name !== 'x-id');
  const route = routes.find((one) => one.on === on && one.named.every((name) => said.includes(name)));
  const isUnderstood = (name: string) => route?.named.includes(name) || route?.takes?.includes(name);
  if (route === undefined || request.bucket === '' || !said.every(isUnderstood)) {
    const what = request.query.get('x-id') ?? [on, ...said].join(' ');
    throw new AwsError('UnknownOperationException', `the local s3 does not model ${what}`);
  }
  return route.operation(store, request);
}
