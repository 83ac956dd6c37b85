import { type AdmissionLimits, admit, type QuarantineReason, type ReadSource } from './admit';
import type { CameraRecord } from './camera';
import { parseDetected } from './detected';
import { type Envelope, parseEnvelope, verifyEnvelope } from './envelope';
import type { CapturedRead } from './read';
import { ownReadId } from './read-id';

/** What a record of a stream says, not yet believed. */
export type Decoded =
  | {
      readonly kind: 'decoded';
      readonly source: ReadSource;
      readonly cameraId: string;
      /** Under the ids that they have from here on, see `ownReadId`. */
      readonly reads: readonly CapturedRead[];
      /** Of records that a camera signed, as it was sent. */
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
      /** By the camera's clock, where it signed what it sent. */
      readonly sentAtMs?: number;
      readonly admitted: readonly CapturedRead[];
      readonly refused: readonly RefusedRead[];
      /** Stored and searched, and compared with no hot list. */
      readonly isUnmatched?: true;
    }
  | { readonly kind: 'undecodable' };

/** Reads the bytes of a record as its stream has them. Never throws. */
export function decodeRecord(source: ReadSource, bytes: Uint8Array): Decoded {
  if (source === 'detected') {
    const record = parseDetected(bytes);
    if (record === undefined) return { kind: 'undecodable' };
    return { kind: 'decoded', source, cameraId: record.cameraId, reads: owned(record.reads) };
  }
  const envelope = parseEnvelope(bytes);
  if (envelope.kind === 'fault') return { kind: 'undecodable' };
  const { cameraId, reads } = envelope;
  return { kind: 'decoded', source, cameraId, reads: owned(reads), envelope };
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
  const { cameraId, envelope } = decoded;
  const sent = signatureValid && envelope !== undefined ? { sentAtMs: envelope.sentAtMs } : {};
  const matching = camera?.isUnmatched ? { isUnmatched: true as const } : {};
  return { kind: 'decided', cameraId, ...sent, admitted, refused, ...matching };
}

function owned(reads: readonly CapturedRead[]): readonly CapturedRead[] {
  return reads.map(({ read, images }) => ({
    read: { ...read, readId: ownReadId(read.cameraId, read.readId) },
    images,
  }));
}
