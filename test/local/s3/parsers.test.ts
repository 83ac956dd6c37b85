import fc from 'fast-check';
import { AwsError } from '../../../local/aws/errors';
import { decodeAwsChunked } from '../../../local/s3/aws-chunked';
import { compareUtf8 } from '../../../local/s3/bucket';
import { parseXml, xmlDocument } from '../../../local/s3/xml';

const chunks = fc.array(fc.uint8Array({ minLength: 1, maxLength: 40 }), { maxLength: 5 });

function framed(parts: readonly Uint8Array[], trailer: string): Buffer {
  return Buffer.concat([
    ...parts.flatMap((part) => [Buffer.from(`${part.length.toString(16)}\r\n`), part, Buffer.from('\r\n')]),
    Buffer.from(`0\r\n${trailer}\r\n\r\n`),
  ]);
}

describe('aws-chunked', () => {
  it('gives the bytes and the announced trailer, however they were cut', () => {
    fc.assert(
      fc.property(chunks, (parts) => {
        const whole = Buffer.concat(parts);
        const decoded = decodeAwsChunked(framed(parts, 'X-Amz-Checksum-Crc32: AAAAAA=='), {
          decodedLength: whole.length,
          announced: ['x-amz-checksum-crc32'],
        });
        expect(decoded).toEqual({ body: whole, trailers: { 'x-amz-checksum-crc32': 'AAAAAA==' } });
      }),
    );
  });

  it('is refused when a byte is missing anywhere before the end', () => {
    const whole = framed([Buffer.from('hello')], 'x-amz-checksum-crc32:NhCmhg==');
    const announced = ['x-amz-checksum-crc32'];
    for (let length = 0; length < whole.length - 4; length++) {
      expect(() => decodeAwsChunked(whole.subarray(0, length), { decodedLength: 5, announced })).toThrow(
        AwsError,
      );
    }
  });

  it('takes no trailer that was not announced', () => {
    const whole = framed([Buffer.from('hello')], 'x-amz-meta-more:1');
    expect(() => decodeAwsChunked(whole, { decodedLength: 5, announced: [] })).toThrow(
      'a trailer was not announced',
    );
  });

  it('refuses hostile bytes with an error of its own', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
        try {
          decodeAwsChunked(Buffer.from(bytes), { decodedLength: 5, announced: [] });
        } catch (error) {
          expect(error).toBeInstanceOf(AwsError);
        }
      }),
    );
  });
});

it('orders keys as their UTF-8 bytes', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (a, b) => {
      expect(Math.sign(compareUtf8(a, b))).toBe(Buffer.compare(Buffer.from(a), Buffer.from(b)));
    }),
  );
});

describe('XML', () => {
  it('keeps any text that its writer escapes', () => {
    const visible = fc.string({ unit: 'grapheme', minLength: 1 });
    fc.assert(
      fc.property(visible, (text) => {
        const body = Buffer.from(xmlDocument('Tagging', { Key: text }));
        expect(parseXml(body, 'Tagging').text('Key')).toBe(text);
      }),
    );
  });

  it('of another root, or none at all, is malformed', () => {
    for (const body of ['', 'x', '<Other/>', '<Delete>', '{"Delete":1}']) {
      expect(() => parseXml(Buffer.from(body), 'Delete')).toThrow('not well-formed');
    }
  });
});
