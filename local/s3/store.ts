import type { Authorize, Caller } from '../aws/caller';
import { AwsError } from '../aws/errors';
import type { Clock } from '../clock';
import type { KeyUse, UseKey } from '../kms/key-use';
import { Bucket, type BucketSettings } from './bucket';
import {
  isWanted,
  type NotificationPort,
  type NotificationRule,
  notification,
  type ObjectEvent,
  testEvent,
} from './notifications';
import { conditionKeys, type S3Request } from './request';
import type { Encryption, Version } from './version';

export interface StoreOptions {
  readonly clock: Clock;
  readonly authorize: Authorize;
  readonly region: string;
  readonly partition: string;
  readonly useKey: UseKey;
  readonly deliver: NotificationPort;
}

/** A notification that its target did not take. S3 retries and then drops it; here it is dropped at once. */
export interface Undelivered {
  readonly atMs: number;
  readonly targetArn: string;
  readonly code: string;
}

const undeliveredMax = 1000;

/** The buckets, and what every operation asks before it acts: policies, keys, targets of notifications. */
export class Store {
  readonly buckets = new Map<string, Bucket>();
  readonly undelivered: Undelivered[] = [];
  private readonly deliveries = new Set<Promise<void>>();
  private sequence = 0;

  constructor(private readonly options: StoreOptions) {}

  now(): number {
    return this.options.clock.now();
  }

  get region(): string {
    return this.options.region;
  }

  /** Proves to each queue that it will be told, as S3 does before it accepts the configuration. */
  async create(settings: BucketSettings): Promise<void> {
    if (this.buckets.has(settings.name)) {
      throw new AwsError('BucketAlreadyOwnedByYou', `bucket ${settings.name} already exists`, 409);
    }
    this.buckets.set(settings.name, new Bucket(settings));
    const queues = new Set(
      settings.notifications.flatMap(({ target }) => (target.kind === 'queue' ? [target.arn] : [])),
    );
    for (const arn of queues) {
      const body = JSON.stringify(testEvent(settings.name, this.now()));
      await this.options.deliver.toQueue(arn, body, this.sourceOf(settings.name));
    }
  }

  bucketArn(name: string): string {
    return `arn:${this.options.partition}:s3:::${name}`;
  }

  objectArn(bucket: string, key: string): string {
    return `${this.bucketArn(bucket)}/${key}`;
  }

  /** Asks the policies about the request's own object, or its bucket when it names no object. */
  permit(request: S3Request, action: string): void {
    const { bucket, key } = request;
    this.permitOn(request, action, key === '' ? this.bucketArn(bucket) : this.objectArn(bucket, key));
  }

  permitOn(request: S3Request, action: string, resource: string): void {
    this.options.authorize({ caller: request.caller, action, resource, context: conditionKeys(request) });
  }

  isPermitted(request: S3Request, action: string, resource: string): boolean {
    try {
      this.permitOn(request, action, resource);
      return true;
    } catch (error) {
      if (error instanceof AwsError && /^AccessDenied/.test(error.code)) return false;
      throw error;
    }
  }

  /** Throws `NoSuchBucket`. */
  bucket(name: string): Bucket {
    const bucket = this.buckets.get(name);
    if (bucket === undefined) throw new AwsError('NoSuchBucket', 'The specified bucket does not exist', 404);
    return bucket;
  }

  /** For an object under a customer key: the caller's own permission on it. Gives the key's ARN, if there is one. */
  useKey(
    caller: Caller,
    action: KeyUse['action'],
    {
      bucket,
      key,
      encryption,
    }: { readonly bucket: string; readonly key: string; readonly encryption: Encryption },
  ): string | undefined {
    if (encryption.algorithm !== 'aws:kms') return undefined;
    const arn = encryption.isBucketKey ? this.bucketArn(bucket) : this.objectArn(bucket, key);
    try {
      return this.options.useKey({
        caller,
        action,
        keyId: encryption.keyId,
        encryptionContext: { 'aws:s3:arn': arn },
        viaService: `s3.${this.options.region}.amazonaws.com`,
      });
    } catch (error) {
      if (!(error instanceof AwsError) || /^AccessDenied/.test(error.code)) throw error;
      throw new AwsError(`KMS.${error.code}`, error.message);
    }
  }

  /** Tells the targets whose rules want the event. A target's failure never fails the request. */
  announce(bucket: Bucket, name: string, { version, caller }: { version: Version; caller?: Caller }): void {
    this.sequence += 1;
    const event: ObjectEvent = { name, version, caller, atMs: this.now(), sequence: this.sequence };
    for (const rule of bucket.settings.notifications) {
      if (isWanted(rule, event)) this.track(rule, this.send(bucket.name, rule, event));
    }
  }

  /** Resolves when every notification so far was accepted or refused by its target. */
  async delivered(): Promise<void> {
    while (this.deliveries.size > 0) await Promise.all(this.deliveries);
  }

  private async send(bucketName: string, rule: NotificationRule, event: ObjectEvent): Promise<void> {
    const message = notification(event, {
      name: bucketName,
      arn: this.bucketArn(bucketName),
      region: this.options.region,
      ruleId: rule.id,
    });
    const { kind, arn } = rule.target;
    const source = this.sourceOf(bucketName);
    if (kind === 'queue') await this.options.deliver.toQueue(arn, JSON.stringify(message), source);
    else await this.options.deliver.toFunction(arn, message, source);
  }

  private track(rule: NotificationRule, sending: Promise<void>): void {
    const delivery = sending
      .catch((error: unknown) => {
        if (this.undelivered.length >= undeliveredMax) this.undelivered.shift();
        const code = error instanceof AwsError ? error.code : 'InternalFailure';
        this.undelivered.push({ atMs: this.now(), targetArn: rule.target.arn, code });
      })
      .finally(() => this.deliveries.delete(delivery));
    this.deliveries.add(delivery);
  }

  private sourceOf(bucketName: string) {
    return { principal: 's3.amazonaws.com', sourceArn: this.bucketArn(bucketName) } as const;
  }
}
