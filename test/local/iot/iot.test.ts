import { X509Certificate } from 'node:crypto';
import {
  AttachPolicyCommand,
  AttachThingPrincipalCommand,
  CreateCertificateFromCsrCommand,
  CreateKeysAndCertificateCommand,
  CreateThingCommand,
  DescribeCertificateCommand,
  DescribeEndpointCommand,
  ListThingsCommand,
  UpdateCertificateCommand,
} from '@aws-sdk/client-iot';
import {
  askCredentials,
  type MadeDevice,
  madeDevice,
  policyName,
  roleAlias,
  roleArn,
  startIot,
} from './iot-fixture';

let local: Awaited<ReturnType<typeof startIot>>;
beforeEach(async () => {
  local = await startIot();
});
afterEach(() => local.stop());

describe('the control plane', () => {
  it('makes a certificate of a device’s own key, under the SHA-256 of itself', async () => {
    const device = madeDevice();
    const made = await certify(device, { isActive: false });
    const certificate = new X509Certificate(made.certificatePem);
    expect(certificate.checkPrivateKey(device.privateKey)).toBe(true);
    expect(certificate.fingerprint256.replaceAll(':', '').toLowerCase()).toBe(made.certificateId);
    expect(certificate.subject).toBe('CN=AWS IoT Certificate');
    const described = await local.client.send(
      new DescribeCertificateCommand({ certificateId: made.certificateId }),
    );
    expect(described.certificateDescription).toMatchObject({
      status: 'INACTIVE',
      certificatePem: made.certificatePem,
    });
    expect(described.certificateDescription?.creationDate?.getTime()).toBeCloseTo(local.clock.now(), -4);
  });

  it('makes keys for devices that have none', async () => {
    const made = await local.client.send(new CreateKeysAndCertificateCommand({ setAsActive: true }));
    expect(made.keyPair?.PrivateKey).toMatch(/^-----BEGIN RSA PRIVATE KEY-----/);
    expect(local.iot.certificate(made.certificateId ?? '').status).toBe('ACTIVE');
  });

  it('makes the same thing twice as once, but not with other attributes', async () => {
    const thing = { thingName: 'made-up-car', attributePayload: { attributes: { kind: 'mobile' } } };
    const once = await local.client.send(new CreateThingCommand(thing));
    expect(once.thingArn).toBe('arn:aws:iot:us-east-2:000000000000:thing/made-up-car');
    await local.client.send(new CreateThingCommand(thing));
    await expect(
      local.client.send(new CreateThingCommand({ thingName: 'made-up-car' })),
    ).rejects.toMatchObject({
      name: 'ResourceAlreadyExistsException',
    });
  });

  it.each([
    [
      'no signing request',
      new CreateCertificateFromCsrCommand({ certificateSigningRequest: 'made up' }),
      'InvalidRequestException',
    ],
    [
      'no certificate',
      new DescribeCertificateCommand({ certificateId: 'a'.repeat(64) }),
      'ResourceNotFoundException',
    ],
    [
      'no thing',
      new AttachThingPrincipalCommand({ thingName: 'nothing', principal: 'x' }),
      'ResourceNotFoundException',
    ],
    [
      'no policy',
      new AttachPolicyCommand({ policyName: 'nothing', target: 'x' }),
      'ResourceNotFoundException',
    ],
    ['no operation that is modelled', new ListThingsCommand({}), 'UnknownOperationException'],
  ] as const)('refuses what is %s', async (_, command, name) => {
    await expect(local.client.send(command as never)).rejects.toMatchObject({ name });
  });

  it('asks IAM before anything, for the resource that AWS names', async () => {
    const made = await certify(madeDevice(), { isActive: true });
    await local.client.send(new DescribeEndpointCommand({ endpointType: 'iot:CredentialProvider' }));
    await setStatus(made.certificateId, 'REVOKED');
    const certificateArn = `arn:aws:iot:us-east-2:000000000000:cert/${made.certificateId}`;
    expect(local.authorizer.calls.map(({ action, resource }) => [action, resource])).toEqual([
      ['iot:CreateThing', 'arn:aws:iot:us-east-2:000000000000:thing/made-up-car'],
      ['iot:CreateCertificateFromCsr', '*'],
      ['iot:AttachPolicy', certificateArn],
      ['iot:AttachThingPrincipal', '*'],
      ['iot:DescribeEndpoint', '*'],
      ['iot:UpdateCertificate', certificateArn],
    ]);
    local.authorizer.refuse('iot:CreateThing');
    await expect(local.client.send(new CreateThingCommand({ thingName: 'other' }))).rejects.toMatchObject({
      name: 'AccessDeniedException',
      $metadata: { httpStatusCode: 403 },
    });
    expect(local.iot.things.has('other')).toBe(false);
  });
});

describe('the credential provider', () => {
  it('gives the holder of an active certificate the role’s credentials, in the thing’s name', async () => {
    const device = madeDevice();
    const { certificatePem, certificateId } = await certify(device, { isActive: true });
    const credentials = await askCredentials(local.iot, device, certificatePem);
    expect(credentials).toEqual({
      accessKeyId: 'ASIAMADEUP',
      secretAccessKey: 'made-up-secret',
      sessionToken: 'made-up-token',
      expiration: new Date(local.clock.now() + 900_000),
    });
    expect(local.sessions).toEqual([
      {
        roleArn,
        sessionName: certificateId,
        servicePrincipal: 'credentials.iot.amazonaws.com',
        sourceArn: `arn:aws:iot:us-east-2:000000000000:rolealias/${roleAlias}`,
        expiresAtMs: local.clock.now() + 900_000,
        context: {
          'credentials-iot:AwsCertificateId': certificateId,
          'credentials-iot:ThingName': 'made-up-car',
        },
      },
    ]);
  });

  it.each(['INACTIVE', 'REVOKED'] as const)(
    'refuses a certificate from the moment it is %s',
    async (status) => {
      const device = madeDevice();
      const { certificatePem, certificateId } = await certify(device, { isActive: true });
      await askCredentials(local.iot, device, certificatePem);
      await setStatus(certificateId, status);
      await expect(askCredentials(local.iot, device, certificatePem)).rejects.toMatchObject({
        code: 'refused',
      });
      expect(local.sessions).toHaveLength(1);
    },
  );

  it('refuses a certificate in the name of another’s thing', async () => {
    const device = madeDevice('one');
    const { certificatePem } = await certify(device, { isActive: true });
    await certify(madeDevice('two'), { isActive: true });
    await expect(
      askCredentials(local.iot, { ...device, cameraId: 'two' }, certificatePem),
    ).rejects.toMatchObject({ code: 'refused' });
  });

  it('refuses a certificate that no policy lets take on the alias', async () => {
    const device = madeDevice();
    const { certificatePem } = await certify(device, { isActive: true, isAttached: false });
    await expect(askCredentials(local.iot, device, certificatePem)).rejects.toMatchObject({
      code: 'refused',
    });
  });

  it('gives nothing to who shows another’s certificate without its key', async () => {
    const { certificatePem } = await certify(madeDevice(), { isActive: true });
    await expect(askCredentials(local.iot, madeDevice(), certificatePem)).rejects.toMatchObject({
      code: 'unreachable',
    });
    expect(local.sessions).toEqual([]);
  });

  it('gives nothing for a certificate of another authority over the same key', async () => {
    const device = madeDevice();
    await certify(device, { isActive: true });
    const elsewhere = await startIot();
    const forged = elsewhere.iot.addCertificate(device.signingRequest, true);
    await elsewhere.stop();
    await expect(askCredentials(local.iot, device, forged.pem)).rejects.toMatchObject({ code: 'refused' });
  });
});

async function certify(
  { cameraId, signingRequest }: MadeDevice,
  { isActive, isAttached = true }: { isActive: boolean; isAttached?: boolean },
): Promise<{ certificateId: string; certificatePem: string }> {
  const { client } = local;
  await client.send(new CreateThingCommand({ thingName: cameraId }));
  const made = await client.send(
    new CreateCertificateFromCsrCommand({ certificateSigningRequest: signingRequest, setAsActive: isActive }),
  );
  const { certificateId = '', certificatePem = '', certificateArn } = made;
  if (isAttached) await client.send(new AttachPolicyCommand({ policyName, target: certificateArn }));
  await client.send(new AttachThingPrincipalCommand({ thingName: cameraId, principal: certificateArn }));
  return { certificateId, certificatePem };
}

async function setStatus(certificateId: string, newStatus: 'REVOKED' | 'INACTIVE'): Promise<void> {
  await local.client.send(new UpdateCertificateCommand({ certificateId, newStatus }));
}
