import fc from 'fast-check';
import { fileNames } from '../../../../core/evidence/package/package-file';
import { packTar, unpackTar } from '../../../../core/evidence/package/tar';

const files = [
  { name: 'read.json', bytes: Buffer.from('{}') },
  { name: 'manifest.json', bytes: Buffer.alloc(512, 7) },
  { name: 'manifest.sig', bytes: Buffer.alloc(0) },
] as const;

describe('the archive of a package', () => {
  it('gives back each file, of whatever bytes', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.tuple(fc.constantFrom(...fileNames), fc.uint8Array({ maxLength: 2000 })), {
          selector: ([name]) => name,
        }),
        (given) => {
          const packed = packTar(
            given.map(([name, bytes]) => ({ name, bytes })),
            1_790_000_000_000,
          );
          expect(unpackTar(packed)?.map(({ name, bytes }) => [name, new Uint8Array(bytes)])).toEqual(given);
        },
      ),
    );
  });

  it('is a ustar archive as POSIX has it: name, octal size, checksum, magic', () => {
    const packed = Buffer.from(packTar([files[0]], 1_790_000_000_000));
    expect(packed.length).toBe(512 + 512 + 1024);
    expect(packed.toString('latin1', 0, 9)).toBe('read.json');
    expect(packed.toString('latin1', 124, 136)).toBe('00000000002\u0000');
    expect(packed.toString('latin1', 257, 265)).toBe('ustar\u000000');
  });

  it('is refused when cut, lengthened, or when any byte of a header changed', () => {
    const packed = packTar(files, 1_790_000_000_000);
    fc.assert(
      fc.property(fc.nat(packed.length - 1), (length) => unpackTar(packed.subarray(0, length)) === undefined),
    );
    expect(unpackTar(Buffer.concat([packed, Buffer.alloc(1)]))).toBeUndefined();
    fc.assert(
      fc.property(fc.nat(511), fc.integer({ min: 1, max: 255 }), (at, change) => {
        const altered = Buffer.from(packed);
        altered[at] = (altered[at] ?? 0) ^ change;
        const unpacked = unpackTar(altered);
        // The checksum's own padding says nothing.
        return unpacked === undefined || (at >= 148 && at < 156);
      }),
    );
  });

  it('is refused with a foreign name, or with one name twice', () => {
    const foreign = Buffer.from(packTar([files[0]], 0));
    expect(unpackTar(packTar([files[0], files[0]], 0))).toBeUndefined();
    foreign.write('../secret', 0);
    expect(unpackTar(foreign)).toBeUndefined();
  });

  it('never throws, whatever the bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 3000 }), (bytes) => {
        unpackTar(bytes);
      }),
    );
  });
});
