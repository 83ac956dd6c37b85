import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { mockClient } from 'aws-sdk-client-mock';
import { ReportFiles } from '../../../adapters/reports/report-files';

const s3 = mockClient(S3Client);
const files = new ReportFiles(new S3Client({}), 'reports');
beforeEach(() => s3.reset());

it('puts a file under its name and type, with a checksum that S3 verifies, for caches to keep a minute', async () => {
  s3.on(PutObjectCommand).resolves({});
  await files.put({ name: 'public/reports/index.html', contentType: 'text/html', body: 'page' });
  expect(s3.commandCalls(PutObjectCommand)[0]?.args[0].input).toEqual({
    Bucket: 'reports',
    Key: 'public/reports/index.html',
    Body: 'page',
    ContentType: 'text/html',
    CacheControl: 'public, max-age=60',
    ChecksumAlgorithm: 'SHA256',
  });
});

it('says that the store failed, with the cause', async () => {
  const cause = new Error('made-up');
  s3.on(PutObjectCommand).rejects(cause);
  s3.on(GetObjectCommand).rejects(cause);
  const failure = { name: 'StoreError', code: 'unavailable', store: 'reports', cause };
  await expect(files.put({ name: 'a', contentType: 'b', body: 'c' })).rejects.toMatchObject(failure);
  await expect(files.get('a')).rejects.toMatchObject(failure);
});
