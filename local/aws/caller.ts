/** Who signed a request: the role whose temporary credentials were used. */
export interface Caller {
  readonly accessKeyId: string;
  /** `arn:aws:iam::<account>:role/<name>`. */
  readonly roleArn: string;
}

export interface ApiCall {
  readonly caller: Caller;
  /** Service prefix and operation, for example `kinesis:PutRecord`. */
  readonly action: string;
  readonly resource: string;
  /** IAM condition keys of this call, for example `kms:EncryptionContext:day` or `aws:SecureTransport`. */
  readonly context?: Readonly<Record<string, string | readonly string[]>>;
}

/** Throws `AwsError('AccessDeniedException')` naming action, resource and role unless a policy allows the call. */
export type Authorize = (call: ApiCall) => void;

export interface KnownCredentials {
  readonly secretAccessKey: string;
  /** Of temporary credentials; a request must then carry it. */
  readonly sessionToken?: string;
  readonly caller: Caller;
}

/** Finds the secret and the role of an access key; `undefined` for a key that was never issued. */
export interface CredentialSource {
  find(accessKeyId: string): KnownCredentials | undefined;
}
