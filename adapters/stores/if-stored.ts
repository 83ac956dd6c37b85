import { S3ServiceException } from '@aws-sdk/client-s3';
import { fromStore } from './store-error';

/** What `get` fetches from S3; `undefined` where there is nothing of that name. Rejects with `StoreError` otherwise. */
export function ifStored<Value>(store: string, get: () => Promise<Value>): Promise<Value | undefined> {
  return fromStore(store, async () => {
    try {
      return await get();
    } catch (cause) {
      if (cause instanceof S3ServiceException && cause.$metadata.httpStatusCode === 404) return undefined;
      throw cause;
    }
  });
}
