/** Bytes that were to be a sequence of length-prefixed fields and are none. */
export class FieldsMalformed extends Error {
  readonly code = 'fields-malformed';

  constructor() {
    super('length-prefixed fields are malformed');
    this.name = 'FieldsMalformed';
  }
}

const fieldBytesMax = 0xffff;

/** Each field after its length as a big-endian uint16: the form of entry bundles (C2SP tlog-tiles). */
export function encodeFields(fields: readonly Uint8Array[]): Uint8Array {
  const parts = fields.flatMap((field) => {
    if (field.length > fieldBytesMax) throw new RangeError('a field has at most 65535 bytes');
    return [Uint8Array.of(field.length >> 8, field.length & 0xff), field];
  });
  return Buffer.concat(parts);
}

/** Throws `FieldsMalformed` where a length points beyond the end. */
export function decodeFields(bytes: Uint8Array): readonly Uint8Array[] {
  const fields: Uint8Array[] = [];
  let at = 0;
  while (at < bytes.length) {
    const [high, low] = [bytes[at], bytes[at + 1]];
    if (high === undefined || low === undefined) throw new FieldsMalformed();
    const end = at + 2 + high * 256 + low;
    if (end > bytes.length) throw new FieldsMalformed();
    fields.push(bytes.subarray(at + 2, end));
    at = end;
  }
  return fields;
}
