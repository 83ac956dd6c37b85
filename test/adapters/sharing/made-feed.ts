import { generateKeyPairSync } from 'node:crypto';
import { admissionLimits } from '../../../core/reads/admission-limits';
import type { CameraKind, CameraRecord } from '../../../core/reads/camera';
import { madeConfiguration } from '../../core/contract/made-configuration';

export const limits = admissionLimits(madeConfiguration());

/** A camera or a partner's feed with a key of its own, and how the registry has it. */
export function madeDevice(of: {
  readonly cameraId: string;
  readonly network: string;
  readonly kind: CameraKind;
}) {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
  const publicKeyPem = publicKey.export({ type: 'spki', format: 'pem' }).toString();
  const camera: CameraRecord = { ...of, publicKeyPem, status: 'active' };
  return { camera, privateKey, edge: { cameraId: of.cameraId, network: of.network } };
}

/** Records as a function gets them of the stream that each kind of sender writes to. */
export function kinesisEvent(records: readonly { readonly stream: string; readonly bytes: Uint8Array }[]) {
  return {
    Records: records.map(({ stream, bytes }, at) => ({
      eventSourceARN: `arn:aws:kinesis:us-east-2:000000000000:stream/${stream}`,
      kinesis: {
        sequenceNumber: String(at + 1),
        approximateArrivalTimestamp: Date.parse('2026-11-24T12:00:00Z') / 1000,
        data: Buffer.from(bytes).toString('base64'),
      },
    })),
  };
}
