import { generateKeyPairSync, sign } from 'node:crypto';
import type { Taking } from '../../../core/evidence/package/make-package';
import { sha256 } from '../../../core/evidence/package/package-file';
import type { PackageSigner } from '../../../core/evidence/ports';
import type { Read } from '../../../core/reads/read';
import { madeRead } from '../reads/made-read';

const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' });

export const evidenceKeyPem = pair.publicKey.export({ type: 'spki', format: 'pem' }).toString();

/** Signs as the key in KMS does, with a made-up one. */
export const madeSigner: PackageSigner = {
  keyHash: async () => sha256(pair.publicKey.export({ type: 'spki', format: 'der' })),
  sign: async (bytes) => sign('sha256', bytes, pair.privateKey),
};

/** A key that signs nothing here. */
export const otherKeyPem = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  .publicKey.export({ type: 'spki', format: 'pem' })
  .toString();

/** The headers of a JPEG of that size, and no picture. */
export function madeJpeg(width = 64, height = 32, components = 3): Uint8Array {
  const frame = Buffer.from([0xff, 0xc0, 0, 8 + 3 * components, 8, 0, 0, 0, 0, components]);
  frame.writeUInt16BE(height, 5);
  frame.writeUInt16BE(width, 7);
  const comment = Buffer.from([0xff, 0xfe, 0, 6, 1, 2, 3, 4]);
  return Buffer.concat([
    Buffer.from([0xff, 0xd8]),
    comment,
    frame,
    Buffer.alloc(3 * components, 1),
    Buffer.from([0xff, 0xd9]),
  ]);
}

export function madeTaking(changes: Partial<Taking> = {}, read: Partial<Read> = {}): Taking {
  return {
    evidenceId: '8f3a4c52-1111-8d0e-9a53-3c54a7c5a001',
    department: 'Made-Up Police Department',
    caseNumber: '2026-0012345',
    purpose: 'felony',
    takenBy: 'made-up.detective',
    takenAtMs: Date.parse('2026-11-02T13:00:00Z'),
    requestId: '00000000-0000-4000-8000-000000000001',
    captured: { read: madeRead(read), images: { plate: madeJpeg(), vehicle: madeJpeg(320, 240) } },
    ...changes,
  };
}
