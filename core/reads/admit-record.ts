import { type AdmissionLimits, admit, type QuarantineReason, type ReadSource } from './admit';
import type { CameraRecord } from './camera';
import { parseDetected } from './detected';
import { type Envelope, parseEnvelope, verifyEnvelope } from './envelope';
import type { CapturedRead } from './read';

/** What a record of a stream says, not yet believed. */
export type Decoded =
  | {
      readonly kind: 'decoded';
      readonly source: ReadSource;
      readonly cameraId: string;
      readonly reads: readonly CapturedRead[];
      /** Of records that a camera signed. */
      readonly envelope?: Envelope;
    }
  | { readonly kind: 'undecodable' };

export interface RefusedRead {
  readonly captured: CapturedRead;
  readonly reason: QuarantineReason;
}

/** What may be used of a record, and what goes to quarantine. */
export type AdmittedReads =
  | {
      readonly kind: 'decided';
      readonly cameraId: string;
      readonly admitted: readonly CapturedRead[];
      readonly refused: readonly RefusedRead[];
    }
  | { readonly kind: 'undecodable' };

/** Reads the bytes of a record as its stream has them. Never throws. */
export function decodeRecord(source: ReadSource, bytes: Uint8Array): Decoded {
  if (source === 'detected') {
    const record = parseDetected(bytes);
    if (record === undefined) return { kind: 'undecodable' };
    return { kind: 'decoded', source, cameraId: record.cameraId, reads: record.reads };
  }
  const envelope = parseEnvelope(bytes);
  if (envelope.kind === 'fault') return { kind: 'undecodable' };
  return { kind: 'decoded', source, cameraId: envelope.cameraId, reads: envelope.reads, envelope };
}

/** Decides each read of a decoded record, given the camera as the registry knows it now. */
export function admitRecord(
  decoded: Decoded,
  facts: {
    readonly camera: CameraRecord | undefined;
    readonly nowMs: number;
    readonly limits: AdmissionLimits;
  },
): AdmittedReads {
  if (decoded.kind === 'undecodable') return decoded;
  const { camera } = facts;
  const signatureValid =
    camera !== undefined &&
    decoded.envelope !== undefined &&
    verifyEnvelope(decoded.envelope, camera.publicKeyPem);

  const admitted: CapturedRead[] = [];
  const refused: RefusedRead[] = [];
  for (const captured of decoded.reads) {
    const admission = admit(captured.read, { ...facts, source: decoded.source, signatureValid });
    if (admission.kind === 'admitted') admitted.push(captured);
    else refused.push({ captured, reason: admission.reason });
  }
  return { kind: 'decided', cameraId: decoded.cameraId, admitted, refused };
}
