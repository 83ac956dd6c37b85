import type { Authorize, Caller } from '../aws/caller';
import { AwsError } from '../aws/errors';
import { partitionOf } from '../aws/partition';

export interface CustomerKeyOptions {
  readonly authorize: Authorize;
  readonly region: string;
  readonly accountId: string;
  /** Endpoint prefix of the service that encrypts: `kinesis`, `sqs`, `sns`. */
  readonly service: string;
  /** The code of this service's error for a caller whom the key refuses. */
  readonly refusalCode: string;
}

/**
 * Encryption with a customer's key, seen from the service that encrypts: its caller needs the key's permission too,
 * through that service. A key that AWS manages (`alias/aws/…`) asks nothing of callers.
 */
export class CustomerKey {
  constructor(private readonly options: CustomerKeyOptions) {}

  /** The key's ARN; `undefined` where nothing is to be asked. Throws on an alias, which only KMS could resolve. */
  arn(keyId: string | undefined): string | undefined {
    if (keyId === undefined || /(^|:)alias\/aws\//.test(keyId)) return undefined;
    if (/^arn:[\w-]+:kms:[^:]*:\d*:key\//.test(keyId)) return keyId;
    if (keyId.includes('alias/')) {
      throw new AwsError(
        'InvalidArgumentException',
        `the local ${this.options.service} needs a key ARN or id`,
      );
    }
    return `arn:${partitionOf(this.options.region)}:kms:${this.options.region}:${this.options.accountId}:key/${keyId}`;
  }

  /** Throws the service's refusal unless the caller may do all `operations` under `encryptionContext`. */
  require(
    caller: Caller,
    operations: readonly ('kms:GenerateDataKey' | 'kms:Decrypt')[],
    keyId: string | undefined,
    encryptionContext: Readonly<Record<string, string>>,
  ): void {
    const resource = this.arn(keyId);
    if (resource === undefined) return;
    const context = this.#context(encryptionContext);
    for (const action of operations) {
      try {
        this.options.authorize({ caller, action, resource, context });
      } catch (error) {
        if (!(error instanceof AwsError)) throw error;
        throw Object.assign(new AwsError(this.options.refusalCode, error.message), { cause: error });
      }
    }
  }

  #context(encryptionContext: Readonly<Record<string, string>>): Record<string, string | string[]> {
    const bound = Object.entries(encryptionContext).map(([name, value]) => [
      `kms:EncryptionContext:${name}`,
      value,
    ]);
    return {
      'kms:ViaService': `${this.options.service}.${this.options.region}.amazonaws.com`,
      'kms:CallerAccount': this.options.accountId,
      'kms:EncryptionContextKeys': Object.keys(encryptionContext),
      ...Object.fromEntries(bound),
    };
  }
}
