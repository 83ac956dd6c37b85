import { generateKeyPairSync } from 'node:crypto';
import type { Authorize, CredentialSource } from '../aws/caller';
import { AwsError } from '../aws/errors';
import { type Listening, listen } from '../aws/http';
import type { Clock } from '../clock';
import { evaluate } from '../iam/evaluate';
import { type PolicyDocument, parsePolicyDocument } from '../iam/policy-document';
import type { IssuedCredentials } from '../iam/sessions';
import { type Certificate, CertificateAuthority } from './certificate-authority';
import { controlPlane } from './control-plane';
import { listenCredentialProvider } from './credential-provider';
import { type DeviceCertificate, notFound } from './device-certificate';

/** A session of a role, for a device: what the credential provider asks of STS. */
export interface DeviceSession {
  readonly roleArn: string;
  readonly sessionName: string;
  readonly servicePrincipal: string;
  readonly sourceArn: string;
  readonly expiresAtMs: number;
  /** Keys of the session's requests, usable as policy variables: `credentials-iot:ThingName` and others. */
  readonly context: Readonly<Record<string, string>>;
}

export interface IotOptions {
  readonly clock: Clock;
  readonly region: string;
  readonly accountId: string;
  readonly partition?: string;
  readonly authorize: Authorize;
  readonly credentials: CredentialSource;
  /** Throws `AwsError` where the role does not trust the service. */
  readonly issueSession: (session: DeviceSession) => IssuedCredentials;
}

export interface RoleAlias {
  readonly name: string;
  readonly roleArn: string;
  readonly durationSeconds: number;
}

export type CredentialAnswer = IssuedCredentials & { readonly expiresAtMs: number };

/** Things, certificates, policies and role aliases of AWS IoT, as far as devices' credentials need them. */
export class Iot {
  readonly things = new Map<string, { readonly attributes: Readonly<Record<string, string>> }>();
  readonly certificates = new Map<string, DeviceCertificate>();
  readonly #policies = new Map<string, PolicyDocument>();
  readonly #roleAliases = new Map<string, RoleAlias>();
  readonly #devices = new CertificateAuthority('local device authority');
  readonly #servers = new CertificateAuthority('local server authority');
  #credentialEndpoint: string | undefined;

  constructor(readonly options: IotOptions) {}

  /** What clients of the credential provider trust, PEM: it stands for Amazon's root certificates. */
  get serverAuthorityPem(): string {
    return this.#servers.certificate.pem;
  }

  /** Host and port of the credential provider. Throws until `listen`. */
  get credentialEndpoint(): string {
    if (this.#credentialEndpoint === undefined)
      throw new Error('the credential provider does not listen yet');
    return this.#credentialEndpoint;
  }

  arn(path: string): string {
    const { partition = 'aws', region, accountId } = this.options;
    return `arn:${partition}:iot:${region}:${accountId}:${path}`;
  }

  /** The control plane, and the credential provider beside it. */
  async listen(): Promise<Listening> {
    const provider = await listenCredentialProvider(this, this.#servers);
    this.#credentialEndpoint = new URL(provider.url).host;
    const control = await listen(controlPlane(this));
    return {
      url: control.url,
      close: async () => {
        await provider.close();
        await control.close();
      },
    };
  }

  addPolicy(name: string, document: unknown): void {
    this.#policies.set(name, parsePolicyDocument(document, `the IoT policy ${name}`));
  }

  addRoleAlias(alias: RoleAlias): void {
    this.#roleAliases.set(alias.name, alias);
  }

  addCertificate(signingRequest: string, isActive: boolean): DeviceCertificate {
    return this.#keep(this.#devices.fromSigningRequest(signingRequest), isActive);
  }

  addKeysAndCertificate(isActive: boolean): {
    certificate: DeviceCertificate;
    privateKeyPem: string;
    publicKeyPem: string;
  } {
    const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    return {
      certificate: this.#keep(this.#devices.forDevice(publicKey), isActive),
      privateKeyPem: privateKey.export({ type: 'pkcs1', format: 'pem' }).toString(),
      publicKeyPem: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
    };
  }

  /** By its id or its ARN. Throws `AwsError` `ResourceNotFoundException`. */
  certificate(reference: string): DeviceCertificate {
    const id = reference.slice(reference.lastIndexOf('/') + 1);
    const found = this.certificates.get(id);
    if (found === undefined) throw notFound('certificate');
    return found;
  }

  requirePolicy(name: string): void {
    if (!this.#policies.has(name)) throw notFound('policy');
  }

  /**
   * Credentials of the alias's role for the holder of a certificate, which must be active, be allowed
   * `iot:AssumeRoleWithCertificate` on the alias and, where a thing is named, be that thing's. As in AWS, revoking a
   * certificate ends none of the credentials issued before: they run out at their time, 15 minutes at the least.
   * Throws `AwsError` `AccessDeniedException` 403 for whatever is wrong, without saying what.
   */
  issueCredentials(request: {
    readonly aliasName: string;
    readonly certificateId: string | undefined;
    readonly thingName: string | undefined;
  }): CredentialAnswer {
    const { aliasName, certificateId = '', thingName } = request;
    const alias = this.#roleAliases.get(aliasName);
    const certificate = this.certificates.get(certificateId);
    if (alias === undefined || certificate?.status !== 'ACTIVE') throw accessDenied();
    if (thingName !== undefined && !certificate.things.has(thingName)) throw accessDenied();
    if (!this.#mayAssume(certificate, alias)) throw accessDenied();
    const expiresAtMs = this.options.clock.now() + alias.durationSeconds * 1000;
    const issued = this.options.issueSession({
      roleArn: alias.roleArn,
      sessionName: certificate.id,
      servicePrincipal: 'credentials.iot.amazonaws.com',
      sourceArn: this.arn(`rolealias/${aliasName}`),
      expiresAtMs,
      context: {
        'credentials-iot:AwsCertificateId': certificate.id,
        ...(thingName === undefined ? {} : { 'credentials-iot:ThingName': thingName }),
      },
    });
    return { ...issued, expiresAtMs };
  }

  #mayAssume(certificate: DeviceCertificate, alias: RoleAlias): boolean {
    const policies = [...certificate.policies].flatMap((name) => this.#policies.get(name) ?? []);
    const principal = { kind: 'role', roleArn: certificate.arn, sessionArn: certificate.arn } as const;
    const decision = evaluate(
      {
        action: 'iot:AssumeRoleWithCertificate',
        resource: this.arn(`rolealias/${alias.name}`),
        accountId: this.options.accountId,
        principal,
        context: new Map(),
      },
      { identity: policies, resource: undefined, isResourcePolicyRequired: false },
    );
    return decision.kind === 'allowed';
  }

  #keep(certificate: Certificate, isActive: boolean): DeviceCertificate {
    const kept: DeviceCertificate = {
      ...certificate,
      arn: this.arn(`cert/${certificate.id}`),
      createdAtMs: this.options.clock.now(),
      status: isActive ? 'ACTIVE' : 'INACTIVE',
      policies: new Set(),
      things: new Set(),
    };
    this.certificates.set(kept.id, kept);
    return kept;
  }
}

const accessDenied = () => new AwsError('AccessDeniedException', 'Access Denied', 403);
