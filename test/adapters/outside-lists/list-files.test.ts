import {
  GetObjectCommand,
  NoSuchKey,
  PutObjectCommand,
  S3Client,
  S3ServiceException,
} from '@aws-sdk/client-s3';
import { mockClient } from 'aws-sdk-client-mock';
import { StoredListFiles } from '../../../adapters/outside-lists/list-files';
import { StoreError } from '../../../adapters/stores/store-error';

const s3 = mockClient(S3Client);
const files = new StoredListFiles({ s3: new S3Client({ region: 'us-east-2' }), bucket: 'made-up' });

beforeEach(() => s3.reset());

it('says that a file expired, and throws for what it could not ask', async () => {
  const metadata = { $metadata: {}, message: 'made up' };
  s3.on(GetObjectCommand).rejectsOnce(new NoSuchKey(metadata));
  await expect(files.get('a/file')).resolves.toBeUndefined();
  const denied = new S3ServiceException({ name: 'AccessDenied', $fault: 'client', ...metadata });
  s3.on(GetObjectCommand).rejectsOnce(denied);
  await expect(files.get('a/file')).rejects.toThrow(StoreError);
});

it('writes a file once: one that stands is as good as written', async () => {
  const stands = new S3ServiceException({
    name: 'PreconditionFailed',
    $fault: 'client',
    $metadata: { httpStatusCode: 412 },
    message: 'made up',
  });
  s3.on(PutObjectCommand).rejectsOnce(stands);
  await expect(files.put('a/file', Buffer.from('TEST'))).resolves.toBeUndefined();
  expect(s3.commandCalls(PutObjectCommand)[0]?.args[0].input).toMatchObject({ IfNoneMatch: '*' });
});
