import { DeleteObjectCommand, GetObjectRetentionCommand, HeadObjectCommand } from '@aws-sdk/client-s3';
import { StoredEvidenceArchive } from '../../../adapters/evidence/evidence-archive';
import { type S3Stack, startS3 } from '../../local/s3/support';
import { nowMs } from '../gateway/made-call';

const evidenceId = '8f3a4c52-1111-8d0e-9a53-3c54a7c5a001';
const key = `packages/${evidenceId}.tar`;
let s3: S3Stack;
let bucket: string;
let archive: StoredEvidenceArchive;
beforeEach(async () => {
  s3 = await startS3();
  bucket = await s3.bucket({ ObjectLockEnabled: true, VersioningConfiguration: { Status: 'Enabled' } });
  const lock = { mode: 'COMPLIANCE', days: 2555 } as const;
  archive = new StoredEvidenceArchive({ s3: s3.client, bucket, lock, now: () => nowMs });
});
afterEach(() => s3.stop());

it('locks what it puts for the retention schedule, so that no version of it can be deleted [Storage-B]', async () => {
  await archive.putFirst(evidenceId, Buffer.from('made-up package'));
  const retention = await s3.client.send(new GetObjectRetentionCommand({ Bucket: bucket, Key: key }));
  expect(retention.Retention).toEqual({
    Mode: 'COMPLIANCE',
    RetainUntilDate: new Date('2033-11-22T12:00:00Z'),
  });
  const { VersionId } = await s3.client.send(new HeadObjectCommand({ Bucket: bucket, Key: key }));
  await expect(
    s3.client.send(new DeleteObjectCommand({ Bucket: bucket, Key: key, VersionId })),
  ).rejects.toThrow();
});

it('never replaces what stands: the second one to put is given the first one’s [Storage-B]', async () => {
  const first = await archive.putFirst(evidenceId, Buffer.from('made-up first'));
  const second = await archive.putFirst(evidenceId, Buffer.from('made-up second'));
  expect(Buffer.from(first).toString()).toBe('made-up first');
  expect(Buffer.from(second).toString()).toBe('made-up first');
  expect(Buffer.from((await archive.get(evidenceId)) ?? []).toString()).toBe('made-up first');
  expect(s3.s3.dump(bucket)).toHaveLength(1);
});

it('has nothing under an id that was never put', async () => {
  expect(await archive.get(evidenceId)).toBeUndefined();
});
