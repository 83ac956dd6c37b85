import {
  AttachPolicyCommand,
  AttachThingPrincipalCommand,
  CreateCertificateFromCsrCommand,
  CreateThingCommand,
  DescribeCertificateCommand,
  DescribeEndpointCommand,
  type IoTClient,
  UpdateCertificateCommand,
} from '@aws-sdk/client-iot';
import type { DeviceCertificate, DeviceIdentities } from '../../core/cameras/ports';
import type { CameraKind } from '../../core/reads/camera';
import { fromStore, StoreError } from '../stores/store-error';

/** IoT policy that lets a certificate take on a role alias, and no other. */
export interface DeviceAccess {
  readonly policyName: string;
  readonly roleAlias: string;
}

export interface IotIdentitiesOptions {
  readonly iot: IoTClient;
  /** Of the Department's own. */
  readonly cameras: DeviceAccess;
  /** Of partners' feeds. */
  readonly partners: DeviceAccess;
}

/** Devices' identities in AWS IoT: a thing of the camera's id, a certificate of its own key. Throws `StoreError`. */
export class IotIdentities implements DeviceIdentities {
  constructor(readonly options: IotIdentitiesOptions) {}

  async issue({
    cameraId,
    kind,
    signingRequest,
  }: Parameters<DeviceIdentities['issue']>[0]): Promise<DeviceCertificate> {
    const { iot } = this.options;
    const { policyName } = this.#accessOf(kind);
    return fromStore('device identities', async () => {
      await iot.send(new CreateThingCommand({ thingName: cameraId }));
      const made = await iot.send(
        new CreateCertificateFromCsrCommand({
          certificateSigningRequest: signingRequest,
          setAsActive: false,
        }),
      );
      const certificate = certificateOf(made);
      const arn = made.certificateArn;
      await iot.send(new AttachPolicyCommand({ policyName, target: arn }));
      await iot.send(new AttachThingPrincipalCommand({ thingName: cameraId, principal: arn }));
      return certificate;
    });
  }

  async find(certificateId: string): Promise<DeviceCertificate> {
    const { certificateDescription } = await fromStore('device identities', () =>
      this.options.iot.send(new DescribeCertificateCommand({ certificateId })),
    );
    return certificateOf(certificateDescription ?? {});
  }

  activate(certificateId: string): Promise<void> {
    return this.#setStatus(certificateId, 'ACTIVE');
  }

  revoke(certificateId: string): Promise<void> {
    return this.#setStatus(certificateId, 'REVOKED');
  }

  async credentials(kind: CameraKind): Promise<{ readonly endpoint: string; readonly roleAlias: string }> {
    const { endpointAddress } = await fromStore('device identities', () =>
      this.options.iot.send(new DescribeEndpointCommand({ endpointType: 'iot:CredentialProvider' })),
    );
    if (!endpointAddress) throw new StoreError('malformed', 'device identities');
    return { endpoint: endpointAddress, roleAlias: this.#accessOf(kind).roleAlias };
  }

  #accessOf(kind: CameraKind): DeviceAccess {
    return kind === 'partner' ? this.options.partners : this.options.cameras;
  }

  async #setStatus(certificateId: string, newStatus: 'ACTIVE' | 'REVOKED'): Promise<void> {
    await fromStore('device identities', () =>
      this.options.iot.send(new UpdateCertificateCommand({ certificateId, newStatus })),
    );
  }
}

function certificateOf({
  certificateId,
  certificatePem,
}: {
  certificateId?: string | undefined;
  certificatePem?: string | undefined;
}): DeviceCertificate {
  if (!certificateId || !certificatePem) throw new StoreError('malformed', 'device identities');
  return { certificateId, certificatePem };
}
