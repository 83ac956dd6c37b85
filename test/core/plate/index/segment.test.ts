import fc from 'fast-check';
import { buildSegment, openSegment, UnknownSegmentFormat } from '../../../../core/plate/index/segment';
import { matchesPattern, type PlatePattern, parsePattern } from '../../../../core/plate/pattern';
import { type Plate, parsePlate } from '../../../../core/plate/plate';
import { madePlate } from '../made-plate';

const search = (plates: readonly string[], pattern: string) =>
  [...openSegment(buildSegment(plates.map(madePlate))).search(madePattern(pattern))].sort();

function madePattern(text: string): PlatePattern {
  const pattern = parsePattern(text);
  if (pattern === undefined) throw new Error(`${text} is no pattern`);
  return pattern;
}

describe('a segment of the plate index', () => {
  const plates = ['TEST123', 'TEST124', 'ABC123', 'XTEST12', 'TEST1', 'TE?T123', '???4123', 'ZZ99'];

  it.each([
    ['a beginning', 'TEST*', ['TE?T123', 'TEST1', 'TEST123', 'TEST124']],
    ['an end', '*123', ['???4123', 'ABC123', 'TE?T123', 'TEST123']],
    ['a middle', '*EST1*', ['TE?T123', 'TEST1', 'TEST123', 'TEST124', 'XTEST12']],
    ['single unknown characters', 'TEST12?', ['TE?T123', 'TEST123', 'TEST124']],
    ['the whole plate', 'ABC123', ['ABC123']],
    ['what nobody has', 'QQQQ*', []],
  ])('finds by %s, unread characters counting as any [Def]', (_, pattern, found) => {
    expect(search(plates, pattern)).toEqual(found);
  });

  it('holds each plate once', () => {
    expect(openSegment(buildSegment(['TEST123', 'TEST123', 'TEST124'].map(madePlate))).size).toBe(2);
  });

  it('may be empty', () => {
    const segment = openSegment(buildSegment([]));
    expect([segment.size, segment.search(madePattern('TEST*'))]).toEqual([0, []]);
  });

  it('is the same bytes whatever the order of its plates', () => {
    const forward = buildSegment(plates.map(madePlate));
    expect(Buffer.compare(forward, buildSegment(plates.map(madePlate).reverse()))).toBe(0);
  });
});

const few = (characters: string) => fc.constantFrom(...characters);
const plate = fc
  .array(few('AB12?'), { minLength: 2, maxLength: 7 })
  .map((characters) => parsePlate(characters.join('')))
  .filter((each) => each !== undefined);
const pattern = fc
  .array(few('AB12?*'), { minLength: 2, maxLength: 9 })
  .map((characters) => parsePattern(characters.join('')))
  .filter((each) => each !== undefined);

it('finds exactly the plates that the pattern matches, for any plates and pattern [Def]', () => {
  fc.assert(
    fc.property(fc.array(plate, { maxLength: 60 }), pattern, (plates, asked) => {
      const expected = [...new Set(plates)].filter((each) => matchesPattern(asked, each)).sort();
      expect([...openSegment(buildSegment(plates)).search(asked)].sort()).toEqual(expected);
    }),
    { numRuns: 500 },
  );
});

it('takes hostile bytes for no segment, or for one that holds nothing but plates', () => {
  const built = buildSegment(['TEST123', 'TEST124', 'ABC123', 'TE?T12'].map(madePlate));
  const changed = fc
    .tuple(fc.nat(built.length - 1), fc.nat(255), fc.nat(built.length))
    .map(([at, byte, length]) => {
      const bytes = Buffer.from(built);
      bytes.writeUInt8(byte, at);
      return bytes.subarray(0, length);
    });
  const headed = fc
    .uint8Array({ maxLength: 60 })
    .map((tail) => Buffer.concat([Buffer.from('PKX1'), Buffer.from(tail)]));
  fc.assert(
    fc.property(fc.oneof(changed, headed, fc.uint8Array({ maxLength: 60 })), (bytes) => {
      let found: readonly Plate[];
      try {
        const segment = openSegment(bytes);
        found = ['*', 'TES*', '*123', 'TEST12?'].flatMap((text) => [...segment.search(text as PlatePattern)]);
      } catch (error) {
        return expect(error).toBeInstanceOf(UnknownSegmentFormat);
      }
      expect(found.filter((each) => parsePlate(each) !== each)).toEqual([]);
    }),
    { numRuns: 2000 },
  );
});

it.each([
  ['magic', [80, 75, 88, 50]],
  ['length', [80, 75, 88, 49, 7]],
  ['length', [80, 75, 88, 49, 2, 255, 255, 255, 255]],
  ['content', [80, 75, 88, 49, 2, 1, 0, 0, 0, 33, 33, 0, 0, 0, 0]],
  ['content', [80, 75, 88, 49, 2, 1, 0, 0, 0, 65, 66, 1, 0, 0, 0]],
] as const)('says what is wrong with bytes that are no segment: %s', (code, bytes) => {
  expect(() => openSegment(Uint8Array.from(bytes))).toThrow(expect.objectContaining({ code }));
});
