import type { CapturedRead, Read } from '../../reads/read';
import { nextEntry } from '../custody';
import type { PackageSigner } from '../ports';
import { type Manifest, manifestBytesMax } from './manifest';
import { type PackageFile, sha256 } from './package-file';
import { recordPage, type TakenFacts } from './record-page';
import { packTar } from './tar';

export interface Taking extends TakenFacts {
  readonly captured: CapturedRead;
}

/** One read as a package that proves itself: pictures, facts, a page to read, and a signed list of their hashes. */
export async function makePackage(taking: Taking, signer: PackageSigner): Promise<Uint8Array> {
  const { captured, takenAtMs } = taking;
  const { read, images } = captured;
  const files: PackageFile[] = [
    ...(images.plate === undefined ? [] : [{ name: 'plate.jpg' as const, bytes: images.plate }]),
    ...(images.vehicle === undefined ? [] : [{ name: 'vehicle.jpg' as const, bytes: images.vehicle }]),
    { name: 'read.json', bytes: Buffer.from(`${JSON.stringify(readDocument(read), null, 2)}\n`, 'utf8') },
    { name: 'record.pdf', bytes: recordPage({ ...taking, read, images }) },
  ];
  const manifest = Buffer.from(JSON.stringify(manifestOf(taking, files, await signer.keyHash())), 'utf8');
  if (manifest.length > manifestBytesMax) throw new RangeError('the manifest is longer than one signature');
  const signature = await signer.sign(manifest);
  return packTar(
    [...files, { name: 'manifest.json', bytes: manifest }, { name: 'manifest.sig', bytes: signature }],
    takenAtMs,
  );
}

function manifestOf(taking: Taking, files: readonly PackageFile[], signedBy: string): Manifest {
  const { evidenceId, department, caseNumber, purpose, takenBy, takenAtMs, requestId, captured } = taking;
  const taken = nextEntry(undefined, { atMs: takenAtMs, by: takenBy, act: 'taken', requestId });
  return {
    format: 'platekeeper-evidence-1',
    evidenceId,
    department,
    caseNumber,
    purpose,
    readId: captured.read.readId,
    network: captured.read.network,
    files: files.map(({ name, bytes }) => ({ name, bytes: bytes.length, sha256: sha256(bytes) })),
    taken: { ...taken, number: 1, act: 'taken' },
    signedBy,
  };
}

/** `read.json`: the read as it was stored, times as text. */
function readDocument(read: Read) {
  const { capturedAtMs, ...facts } = read;
  return { ...facts, capturedAt: new Date(capturedAtMs).toISOString() };
}
