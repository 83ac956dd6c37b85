import { generateKeyPairSync } from 'node:crypto';
import type { AdmissionLimits } from '../../../core/reads/admit';
import type { CameraRecord } from '../../../core/reads/camera';
import { encodeEnvelope, signEnvelope } from '../../../core/reads/envelope';
import type { CapturedRead, Read } from '../../../core/reads/read';
import { madePlate } from '../plate/made-plate';

export const capturedAtMs = Date.parse('2026-11-02T12:00:00Z');

/** A read for a test: made-up plate, camera and place. */
export function madeRead(changes: Partial<Read> = {}): Read {
  return {
    readId: '0b0c3a52-6a5e-4d0e-9a53-3c54a7c5a001',
    cameraId: 'fixed-1',
    network: 'bloomington',
    capturedAtMs,
    plate: madePlate('TEST123'),
    candidates: [{ plate: madePlate('TEST128'), probability: 0.04 }],
    confidence: 0.97,
    state: 'IL',
    position: { latitude: 40, longitude: -89 },
    box: { x: 1, y: 2, width: 30, height: 15 },
    ...changes,
  };
}

export function madeCaptured(changes: Partial<Read> = {}): CapturedRead {
  return {
    read: madeRead(changes),
    images: { plate: Buffer.from('made-up plate jpeg'), vehicle: Buffer.from('made-up vehicle jpeg') },
  };
}

const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' });
export const devicePrivateKey = pair.privateKey;
export const devicePublicPem = pair.publicKey.export({ type: 'spki', format: 'pem' }).toString();

/** The fixed camera of `madeRead`, at its approved site. */
export function madeCamera(changes: Partial<CameraRecord> = {}): CameraRecord {
  return {
    cameraId: 'fixed-1',
    network: 'bloomington',
    kind: 'fixed',
    publicKeyPem: devicePublicPem,
    status: 'active',
    site: {
      siteId: 'site-1',
      latitude: 40,
      longitude: -89,
      approvedBy: 'chief-made-up',
      approvedAtMs: Date.parse('2026-10-01T00:00:00Z'),
    },
    ...changes,
  };
}

/** Another enrolled camera with a key of its own, which signs what it is told to. */
export function madeSigner(cameraId: string) {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const publicKeyPem = publicKey.export({ type: 'spki', format: 'pem' }).toString();
  return {
    camera: madeCamera({ cameraId, publicKeyPem }),
    envelope: (...reads: readonly CapturedRead[]) =>
      encodeEnvelope(signEnvelope({ cameraId, sentAtMs: capturedAtMs, reads }, privateKey)),
  };
}

export const limits: AdmissionLimits = {
  retentionDays: 30,
  transitMs: 8 * 24 * 60 * 60 * 1000,
  siteRadiusM: 50,
  clockAheadMs: 5 * 60 * 1000,
};
