import type { ApiCall, Authorize, Caller, CredentialSource } from '../aws/caller';
import { AwsError } from '../aws/errors';
import { type Listening, listen } from '../aws/http';
import { jsonProtocol } from '../aws/json-protocol';
import type { Clock } from '../clock';
import type { EncryptionContext } from './ciphertext';
import type { UseKey } from './key-use';
import { type KeySpec, type KeyUsage, type Material, makeMaterial } from './material';
import { kmsOperations } from './operations';

export interface KmsOptions {
  readonly clock: Clock;
  readonly authorize: Authorize;
  readonly credentials: CredentialSource;
  /** Registers a key's policy with IAM. */
  readonly setResourcePolicy: (arn: string, document: unknown) => void;
}

export interface NewKey {
  readonly keyId: string;
  readonly arn: string;
  readonly spec: KeySpec;
  readonly usage: KeyUsage;
  readonly description: string;
  readonly isEnabled: boolean;
  /** `undefined`: no automatic rotation. Kept as a fact: old and new versions of a key decrypt alike. */
  readonly rotationPeriodDays: number | undefined;
  readonly policy: unknown;
}

export interface Key extends Omit<NewKey, 'policy' | 'isEnabled' | 'rotationPeriodDays'> {
  readonly createdAtMs: number;
  readonly material: Material;
  isEnabled: boolean;
  rotationPeriodDays: number | undefined;
  deletedAtMs: number | undefined;
}

/** One attempt to use or to manage a key, refused ones included, as a trail would show it. */
export interface RecordedUse {
  readonly atMs: number;
  readonly action: string;
  readonly keyId: string;
  readonly roleArn: string;
  readonly contextKeys: readonly string[];
  readonly viaService: string | undefined;
  /** Code of the error it ended in; `undefined` when it was allowed. */
  readonly refusedWith: string | undefined;
}

export interface KeyCall {
  readonly caller: Caller;
  readonly action: string;
  readonly encryptionContext?: EncryptionContext;
  readonly viaService?: string;
  /** The alias by which the caller named the key. */
  readonly alias?: string | undefined;
  /** More condition keys: `kms:SigningAlgorithm` and the like. */
  readonly context?: ApiCall['context'];
}

/** Older recorded uses are dropped past this many. */
const usesMax = 50_000;

/** Key Management Service with real cryptography under keys that live in this process's memory. */
export class Kms {
  private readonly keys = new Map<string, Key>();
  private readonly aliases = new Map<string, string>();
  private readonly recorded: RecordedUse[] = [];

  constructor(private readonly options: KmsOptions) {}

  get uses(): readonly RecordedUse[] {
    return this.recorded;
  }

  createKey({ policy, ...key }: NewKey): Key {
    if (this.keys.has(key.keyId))
      throw new AwsError('AlreadyExistsException', `key ${key.keyId} already exists`);
    const made: Key = {
      ...key,
      createdAtMs: this.options.clock.now(),
      material: makeMaterial(key.spec),
      deletedAtMs: undefined,
    };
    this.keys.set(key.keyId, made);
    this.options.setResourcePolicy(key.arn, policy);
    return made;
  }

  createAlias(name: string, targetKeyId: string): void {
    if (this.aliases.has(name)) throw new AwsError('AlreadyExistsException', `${name} already exists`);
    this.aliases.set(name, this.find(targetKeyId).keyId);
  }

  /**
   * The key that an id, ARN, alias or alias ARN names. Throws `NotFoundException`; a key whose deletion date has come
   * is gone with its material.
   */
  find(id: string): Key {
    const alias = aliasIn(id);
    const keyId = alias === undefined ? id.slice(id.lastIndexOf('/') + 1) : this.aliases.get(alias);
    const key = keyId === undefined ? undefined : this.keys.get(keyId);
    if (key === undefined) throw notFound(id);
    if (id.startsWith('arn:') && id !== key.arn.replace(/key\/.*$/, alias ?? `key/${keyId}`))
      throw notFound(id);
    if (key.deletedAtMs !== undefined && key.deletedAtMs <= this.options.clock.now()) {
      this.keys.delete(key.keyId);
      throw notFound(id);
    }
    return key;
  }

  aliasesOf(keyId: string): string[] {
    return [...this.aliases].flatMap(([name, target]) => (target === keyId ? [name] : []));
  }

  /** Lets the call pass only if a policy allows it; records it either way. */
  authorize(key: Key, call: KeyCall): void {
    this.recording(key, call, () => this.permit(key, call));
  }

  /** As `authorize`, for cryptographic use: a disabled key or one awaiting deletion is refused too. */
  authorizeUse(key: Key, call: KeyCall): void {
    this.recording(key, call, () => {
      this.permit(key, call);
      assertUsable(key);
    });
  }

  /** For the services that encrypt at rest under a customer key. */
  readonly use: UseKey = ({ caller, action, keyId, encryptionContext, viaService }) => {
    const key = this.find(keyId);
    this.authorizeUse(key, { caller, action, encryptionContext, viaService, alias: aliasIn(keyId) });
    return key.arn;
  };

  listen(): Promise<Listening> {
    const { credentials, clock } = this.options;
    const operations = kmsOperations(this, clock);
    return listen(jsonProtocol({ service: 'kms', version: '1.1', operations, credentials, clock }));
  }

  private permit(key: Key, call: KeyCall): void {
    const context = this.conditionKeys(key, call);
    this.options.authorize({ caller: call.caller, action: call.action, resource: key.arn, context });
  }

  private conditionKeys(key: Key, call: KeyCall): NonNullable<ApiCall['context']> {
    const pairs = Object.entries(call.encryptionContext ?? {});
    return {
      'kms:CallerAccount': key.arn.split(':')[4] ?? '',
      'kms:KeySpec': key.spec,
      'kms:KeyUsage': key.usage,
      'kms:ResourceAliases': this.aliasesOf(key.keyId),
      ...(pairs.length > 0 ? { 'kms:EncryptionContextKeys': pairs.map(([name]) => name) } : {}),
      ...Object.fromEntries(pairs.map(([name, value]) => [`kms:EncryptionContext:${name}`, value])),
      ...(call.alias === undefined ? {} : { 'kms:RequestAlias': call.alias }),
      ...(call.viaService === undefined ? {} : { 'kms:ViaService': call.viaService }),
      ...call.context,
    };
  }

  private recording(key: Key, call: KeyCall, check: () => void): void {
    let refusedWith: string | undefined;
    try {
      check();
    } catch (error) {
      refusedWith = error instanceof AwsError ? error.code : 'InternalFailure';
      throw error;
    } finally {
      if (this.recorded.length >= usesMax) this.recorded.shift();
      this.recorded.push({
        atMs: this.options.clock.now(),
        action: call.action,
        keyId: key.keyId,
        roleArn: call.caller.roleArn,
        contextKeys: Object.keys(call.encryptionContext ?? {}),
        viaService: call.viaService,
        refusedWith,
      });
    }
  }
}

function assertUsable(key: Key): void {
  if (key.deletedAtMs !== undefined) {
    throw new AwsError('KMSInvalidStateException', `${key.arn} is pending deletion.`);
  }
  if (!key.isEnabled) throw new AwsError('DisabledException', `${key.arn} is disabled.`);
}

/** The alias in `alias/x` or `arn:aws:kms:…:alias/x`. */
export const aliasIn = (id: string): string | undefined => /(?:^|:)(alias\/.+)$/.exec(id)?.[1];

const notFound = (id: string) => new AwsError('NotFoundException', `Key '${id}' does not exist`);
