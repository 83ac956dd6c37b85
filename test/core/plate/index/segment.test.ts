import fc from 'fast-check';
import { PatternSearch } from '../../../../core/plate/index/search';
import { buildSegment, openSegment, UnknownSegmentFormat } from '../../../../core/plate/index/segment';
import { matchesPattern, type PlatePattern, parsePattern } from '../../../../core/plate/pattern';
import { type Plate, parsePlate } from '../../../../core/plate/plate';
import { madePlate } from '../made-plate';

const few = (characters: string) => fc.constantFrom(...characters);
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

/** More plates of a few shapes than a group needs, from few characters, so that patterns find some. */
function manyPlates(seed: number): readonly Plate[] {
  let state = seed;
  const below = (bound: number) => {
    state = (state * 48271) % 2147483647;
    return state % bound;
  };
  const shapes = ['AA99999', 'AAA9999', '99AA', '9A9A9A', 'A99', 'AAAAAAA', '99999999', 'AAA9999AAA'];
  return Array.from({ length: 1500 }, () => {
    const shape = shapes[below(shapes.length)] ?? '';
    const text = [...shape].map((each) => (each === 'A' ? 'ABZ' : '019')[below(3)] ?? '');
    if (below(20) === 0) text[below(text.length)] = '?';
    return madePlate(text.join(''));
  });
}

const meaningOf = (asked: PlatePattern) =>
  new RegExp(
    `^${[...asked].map((each) => (each === '*' ? '.*' : each === '?' ? '.' : `[${each}?]`)).join('')}$`,
  );

it('finds among many plates, packed, what the regular expression of the same meaning finds [Def]', () => {
  const worlds = [1, 2, 3].map((seed) => {
    const plates = [...new Set(manyPlates(seed))];
    return { plates, segment: openSegment(buildSegment(plates)) };
  });
  const asked = fc
    .array(few('ABZ019?*'), { minLength: 3, maxLength: 9 })
    .map((characters) => parsePattern(characters.join('')))
    .filter((each) => each !== undefined);
  fc.assert(
    fc.property(fc.constantFrom(...worlds), asked, ({ plates, segment }, each) => {
      const meaning = meaningOf(each);
      expect([...segment.search(each)].sort()).toEqual(plates.filter((one) => meaning.test(one)).sort());
    }),
    { numRuns: 1500 },
  );
});

it('gives back the plates that it holds, each once', () => {
  const plates = manyPlates(4);
  expect([...openSegment(buildSegment(plates)).plates()].sort()).toEqual([...new Set(plates)].sort());
});

it('takes at most 16 bytes a plate', () => {
  const digits = Array.from({ length: 20_000 }, (_, at) => madePlate(`TE${String(at * 5).padStart(5, '0')}`));
  expect(buildSegment(digits).length / digits.length).toBeLessThan(12.01);
});

it('ends a search at the number of plates that it was given', () => {
  const search = new PatternSearch(madePattern('*1*1*1*'), 40);
  const segment = openSegment(buildSegment(manyPlates(5)));
  segment.collect(search);
  segment.collect(search);
  expect(search.found.size).toBe(40);
});

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
    .map((tail) => Buffer.concat([Buffer.from('PKX2'), Buffer.from(tail)]));
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

const head = [...Buffer.from('PKX2')];
it.each([
  ['length', head],
  ['magic', [...Buffer.from('PKX1'), 0, 0, 0, 0]],
  ['length', [...head, 1, 0, 0, 0]],
  ['length', [...head, 0, 0, 0, 0, 0]],
  ['length', [...head, 1, 0, 0, 0, 2, 0, 0, 0, 255, 255, 255, 255]],
  ['content', [...head, 1, 0, 0, 0, 11, 0, 0, 0, 0, 0, 0, 0]],
  ['content', [...head, 1, 0, 0, 0, 2, 0, 4, 0, 0, 0, 0, 0]],
  ['content', [...head, 1, 0, 0, 0, 7, 0, 127, 0, 0, 0, 0, 0]],
  ['content', [...head, 1, 0, 0, 0, 2, 0, 255, 255, 1, 0, 0, 0, ...Array(16).fill(255)]],
] as const)('says what is wrong with bytes that are no segment: %s', (code, bytes) => {
  expect(() => openSegment(Uint8Array.from(bytes))).toThrow(expect.objectContaining({ code }));
});

it('opens bytes wherever they lie', () => {
  const built = buildSegment(manyPlates(6));
  const moved = new Uint8Array(built.length + 3);
  moved.set(built, 3);
  expect(openSegment(moved.subarray(3)).size).toBe(openSegment(built).size);
});
