import { z } from 'zod';
import { custodyActs } from '../custody';
import { fileNames } from './package-file';

const hash = z.string().regex(/^[0-9a-f]{64}$/);

/** What is signed; see docs/formats/evidence.md. Names every other file of the package with its hash. */
export const manifestSchema = z.strictObject({
  format: z.literal('platekeeper-evidence-1'),
  evidenceId: z.uuid(),
  department: z.string(),
  caseNumber: z.string(),
  purpose: z.string(),
  readId: z.uuid(),
  network: z.string(),
  files: z.array(z.strictObject({ name: z.enum(fileNames), bytes: z.int().nonnegative(), sha256: hash })),
  /** The first link of the chain of custody: who took it, when, by which request. */
  taken: z.strictObject({
    number: z.literal(1),
    atMs: z.int().nonnegative(),
    by: z.string(),
    act: z.enum(custodyActs).extract(['taken']),
    requestId: z.uuid(),
    before: hash,
  }),
  /** SHA-256 of the public key (SPKI, DER) that checks `manifest.sig`. */
  signedBy: hash,
});

export type Manifest = z.output<typeof manifestSchema>;

/** What KMS signs in one call. Far above any manifest: texts in it are bounded by the contract. */
export const manifestBytesMax = 4096;

/** `undefined` for what is no manifest of this format. */
export function parseManifest(bytes: Uint8Array): Manifest | undefined {
  if (bytes.length > manifestBytesMax) return undefined;
  try {
    const parsed = manifestSchema.safeParse(JSON.parse(Buffer.from(bytes).toString('utf8')));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}
