import fc from 'fast-check';
import { keyIdOf, open, seal } from '../../../local/kms/ciphertext';

const secret = Buffer.alloc(32, 7);
const bytes = fc.uint8Array({ maxLength: 64 });
const context = fc.dictionary(fc.string({ maxLength: 5 }), fc.string({ maxLength: 5 }), { maxKeys: 4 });

it('opens what it sealed, names the key, and takes the context in any order', () => {
  fc.assert(
    fc.property(bytes, fc.uuid(), context, (plaintext, keyId, pairs) => {
      const blob = seal(plaintext, { keyId, secret, context: pairs });
      const reversed = Object.fromEntries(Object.entries(pairs).reverse());
      expect(keyIdOf(blob)).toBe(keyId);
      expect(open(blob, { keyId, secret, context: reversed })).toEqual(Buffer.from(plaintext));
    }),
  );
});

it('opens nothing in which a single bit was changed', () => {
  fc.assert(
    fc.property(bytes, fc.uuid(), context, fc.nat(), (plaintext, keyId, pairs, at) => {
      const blob = seal(plaintext, { keyId, secret, context: pairs });
      const bit = at % (blob.length * 8);
      blob.writeUInt8(blob.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
      expect(open(blob, { keyId, secret, context: pairs })).toBeUndefined();
    }),
  );
});

it('names no key for bytes of another shape', () => {
  expect(keyIdOf(Buffer.alloc(0))).toBeUndefined();
  expect(keyIdOf(Buffer.alloc(200))).toBeUndefined();
});
