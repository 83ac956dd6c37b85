import type { Caller } from '../aws/caller';

/** A service's use of a customer key on behalf of whoever called it. */
export interface KeyUse {
  readonly caller: Caller;
  readonly action: 'kms:Decrypt' | 'kms:GenerateDataKey';
  /** Key id, key ARN, alias or alias ARN, as the resource under that key names it. */
  readonly keyId: string;
  readonly encryptionContext: Readonly<Record<string, string>>;
  /** `s3.us-east-2.amazonaws.com`. */
  readonly viaService: string;
}

/**
 * Asks KMS whether the caller may use the key now; gives the key's ARN. Throws `AwsError` as KMS would: not
 * authorised, no such key, key disabled, key awaiting deletion.
 */
export type UseKey = (use: KeyUse) => string;
