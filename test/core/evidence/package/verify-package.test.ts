import fc from 'fast-check';
import { makePackage } from '../../../../core/evidence/package/make-package';
import { parseManifest } from '../../../../core/evidence/package/manifest';
import { fileNames, type PackageFile } from '../../../../core/evidence/package/package-file';
import { unpackTar } from '../../../../core/evidence/package/tar';
import { UnusableKey, verifyPackage } from '../../../../core/evidence/package/verify-package';
import { evidenceKeyPem, madeSigner, madeTaking, otherKeyPem } from '../made-evidence';

let files: readonly PackageFile[];
beforeAll(async () => {
  files = unpackTar(await makePackage(madeTaking(), madeSigner)) ?? [];
});
const bytesOf = (name: string) => files.find((each) => each.name === name)?.bytes ?? Buffer.alloc(0);

describe('a package of evidence', () => {
  it('holds both pictures, the read, a page, and a signed list of their hashes with who took it [Storage-B]', () => {
    expect(files.map(({ name }) => name)).toEqual([...fileNames]);
    expect(verifyPackage(files, evidenceKeyPem)).toMatchObject({
      faults: [],
      manifest: {
        format: 'platekeeper-evidence-1',
        caseNumber: '2026-0012345',
        purpose: 'felony',
        taken: {
          number: 1,
          by: 'made-up.detective',
          act: 'taken',
          atMs: 1793624400000,
          requestId: '00000000-0000-4000-8000-000000000001',
          before: '0'.repeat(64),
        },
      },
    });
    expect(JSON.parse(Buffer.from(bytesOf('read.json')).toString())).toMatchObject({
      plate: 'TEST123',
      cameraId: 'fixed-1',
      capturedAt: '2026-11-02T12:00:00.000Z',
    });
  });

  it('is found out whichever byte of whichever file is changed [Storage-B]', () => {
    fc.assert(
      fc.property(
        fc.nat(files.length - 1),
        fc.nat(),
        fc.integer({ min: 1, max: 255 }),
        (at, place, change) => {
          const altered = files.map((file, index) => {
            if (index !== at) return file;
            const bytes = Buffer.from(file.bytes);
            const where = place % bytes.length;
            bytes[where] = (bytes[where] ?? 0) ^ change;
            return { ...file, bytes };
          });
          return verifyPackage(altered, evidenceKeyPem).faults.length > 0;
        },
      ),
    );
  });

  it('is found out when a file is missing or was added', () => {
    for (const name of fileNames)
      expect(
        verifyPackage(
          files.filter((each) => each.name !== name),
          evidenceKeyPem,
        ).faults,
      ).not.toEqual([]);
    const listedWithout = async () => {
      const { captured } = madeTaking();
      const { vehicle: _, ...images } = captured.images;
      return (
        unpackTar(await makePackage(madeTaking({ captured: { ...captured, images } }), madeSigner)) ?? []
      );
    };
    return listedWithout().then((fewer) => {
      const added = [...fewer, { name: 'vehicle.jpg', bytes: Buffer.from('made-up') } as const];
      expect(verifyPackage(fewer, evidenceKeyPem).faults).toEqual([]);
      expect(verifyPackage(added, evidenceKeyPem).faults).toEqual([
        { kind: 'not-listed', file: 'vehicle.jpg' },
      ]);
    });
  });

  it('does not verify under another key, and says which it was not', () => {
    expect(verifyPackage(files, otherKeyPem).faults).toEqual([{ kind: 'other-key' }, { kind: 'signature' }]);
  });

  it('is not checked with what is no key of that kind', () => {
    expect(() => verifyPackage(files, 'made-up')).toThrow(UnusableKey);
  });

  it('has a manifest that one signature can cover, with the longest texts that the contract lets in', async () => {
    const long = madeTaking({
      caseNumber: 'x'.repeat(40),
      takenBy: 'u'.repeat(128),
      department: 'D'.repeat(120),
    });
    const unpacked = unpackTar(await makePackage(long, madeSigner)) ?? [];
    expect(unpacked.find(({ name }) => name === 'manifest.json')?.bytes.length).toBeLessThan(4096);
  });

  it('reads no manifest out of whatever bytes', () => {
    fc.assert(fc.property(fc.uint8Array(), (bytes) => parseManifest(bytes) === undefined));
  });
});
