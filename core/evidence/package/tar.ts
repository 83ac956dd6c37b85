import { fileNames, type PackageFile } from './package-file';

const block = 512;
const magic = 'ustar\u000000';

/**
 * Packs files into a POSIX ustar archive, uncompressed: every system opens it, and one object stands whole or not at
 * all. Times are those of the taking, so that the archive says nothing that the manifest does not.
 */
export function packTar(files: readonly PackageFile[], modifiedAtMs: number): Uint8Array {
  return Buffer.concat([
    ...files.flatMap(({ name, bytes }) => [
      header(name, bytes.length, modifiedAtMs),
      bytes,
      Buffer.alloc(padding(bytes.length)),
    ]),
    Buffer.alloc(2 * block),
  ]);
}

/**
 * The files of an archive that `packTar` made; `undefined` for any other bytes: other names, one name twice, a wrong
 * checksum, a cut or something behind the end.
 */
export function unpackTar(archive: Uint8Array): readonly PackageFile[] | undefined {
  const bytes = Buffer.from(archive.buffer, archive.byteOffset, archive.length);
  const files: PackageFile[] = [];
  let at = 0;
  while (at + 2 * block <= bytes.length) {
    const head = bytes.subarray(at, at + block);
    if (head.every((byte) => byte === 0))
      return at + 2 * block === bytes.length && bytes.subarray(at).every((byte) => byte === 0)
        ? files
        : undefined;
    const size = octal(head, 124, 12);
    const name = fileNames.find((each) => each === textAt(head, 0, 100));
    if (name === undefined || size === undefined || octal(head, 148, 8) !== checksum(head)) return undefined;
    if (files.some((each) => each.name === name)) return undefined;
    const end = at + block + size;
    if (end > bytes.length) return undefined;
    files.push({ name, bytes: bytes.subarray(at + block, end) });
    at = end + padding(size);
  }
  return undefined;
}

function header(name: string, size: number, modifiedAtMs: number): Buffer {
  const head = Buffer.alloc(block);
  head.write(name, 0);
  head.write(digits(0o444, 7), 100);
  head.write(digits(0, 7), 108);
  head.write(digits(0, 7), 116);
  head.write(digits(size, 11), 124);
  head.write(digits(Math.floor(modifiedAtMs / 1000), 11), 136);
  head.write('0', 156);
  head.write(magic, 257, 'latin1');
  head.write(`${digits(checksum(head), 6)}\u0000 `, 148);
  return head;
}

function padding(size: number): number {
  return (block - (size % block)) % block;
}

function digits(value: number, width: number): string {
  return value.toString(8).padStart(width, '0');
}

/** The sum of the header's bytes, its own field counted as blanks. */
function checksum(head: Buffer): number {
  return head.reduce((sum, byte, at) => sum + (at >= 148 && at < 156 ? 0x20 : byte), 0);
}

function octal(head: Buffer, at: number, width: number): number | undefined {
  const text = textAt(head, at, width).trim();
  return /^[0-7]{1,11}$/.test(text) ? Number.parseInt(text, 8) : undefined;
}

function textAt(head: Buffer, at: number, width: number): string {
  const field = head.subarray(at, at + width);
  const end = field.indexOf(0);
  return field.toString('latin1', 0, end === -1 ? width : end);
}
