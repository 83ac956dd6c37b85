import fc from 'fast-check';
import { type MatchGrade, matchGrades } from '../../../../core/hot-list/grade';
import {
  buildNearSnapshot,
  buildSnapshot,
  type IndexedEntry,
} from '../../../../core/hot-list/index/build-snapshot';
import { nearEntriesMax } from '../../../../core/hot-list/index/near';
import {
  type ComparedRead,
  hitsMax,
  type IndexHit,
  openSnapshot,
} from '../../../../core/hot-list/index/open-snapshot';
import { SnapshotUnusable } from '../../../../core/hot-list/index/snapshot-format';
import { foldPlate } from '../../../../core/plate/fold';
import { isComplete, type Plate } from '../../../../core/plate/plate';
import { madePlate } from '../../plate/made-plate';

const entry = (plate: string, state?: string): IndexedEntry => ({
  plate: madePlate(plate),
  ...(state === undefined ? {} : { state }),
});
const read = (plate: string, state?: string, ...candidates: readonly string[]): ComparedRead => ({
  ...entry(plate, state),
  candidates: candidates.map((each) => ({ plate: madePlate(each), probability: 0.1 })),
});
const found = (entries: readonly IndexedEntry[], asked: ComparedRead) =>
  openSnapshot(buildSnapshot(entries))
    .find(asked)
    .map(({ ordinal, grade }) => [ordinal, grade]);
const near = (entries: readonly IndexedEntry[], asked: ComparedRead) =>
  openSnapshot(buildNearSnapshot(entries))
    .find(asked)
    .map(({ ordinal, grade }) => [ordinal, grade]);

describe('a hot list’s index', () => {
  it.each([
    ['plate and state are as listed', entry('TEST123', 'IL'), read('TEST123', 'IL'), 'exact'],
    ['the list does not say the state', entry('TEST123'), read('TEST123', 'IL'), 'exact-state-unknown'],
    ['the state was not read', entry('TEST123', 'IL'), read('TEST123'), 'exact-state-unknown'],
    ['neither says the state', entry('TEST123'), read('TEST123'), 'exact-state-unknown'],
    ['confused characters differ', entry('TE5TIZ3', 'IL'), read('TEST123', 'IL'), 'look-alike'],
    ['a further reading is listed', entry('TEST128', 'IL'), read('TEST123', 'IL', 'TEST12B'), 'candidate'],
    ['the state is another', entry('TEST123', 'IL'), read('TEST123', 'WI'), 'state-differs'],
    ['a look-alike’s state is another', entry('TE5T123', 'IL'), read('TEST123', 'WI'), 'state-differs'],
    [
      'a candidate’s state is another',
      entry('TEST129', 'IL'),
      read('TEST123', 'WI', 'TEST129'),
      'state-differs',
    ],
  ] as const)('says how sure it is when %s', (_, listed, asked, grade) => {
    expect(found([entry('TEST777'), listed], asked)).toEqual([[1, grade]]);
  });

  it('gives every entry of a plate once, the surest first and then as listed', () => {
    const entries = [
      entry('TEST123', 'WI'),
      entry('TEST129'),
      entry('TE5T123'),
      entry('TEST123'),
      entry('TEST123', 'IL'),
      entry('TEST123', 'IL'),
    ];
    expect(found(entries, read('TEST123', 'IL', 'TEST129', 'TESTI23'))).toEqual([
      [4, 'exact'],
      [5, 'exact'],
      [3, 'exact-state-unknown'],
      [2, 'look-alike'],
      [1, 'candidate'],
      [0, 'state-differs'],
    ]);
  });

  it('never matches a read with an unread character, not even by its complete candidates [Policy-H.e]', () => {
    const entries = [entry('TEST123')];
    expect(found(entries, read('TEST12?', undefined, 'TEST123'))).toEqual([]);
    expect(found(entries, read('TEST777', undefined, 'TEST12?'))).toEqual([]);
    expect(near(entries, read('TEST1?3'))).toEqual([]);
  });

  it('is never built of an incomplete plate [Policy-H.e], and keeps the plate out of the refusal', () => {
    expect(() => buildSnapshot([entry('TEST123'), entry('TEST12?')])).toThrow(
      new RangeError('entry 1 has no complete plate'),
    );
  });

  it('does not take a state that has no two-letter code for any other', () => {
    expect(found([entry('TEST123', 'QUEBEC')], read('TEST123', 'QUEBEC'))).toEqual([[0, 'state-differs']]);
  });

  it('tolerates one missing, extra or wrong character only where that was asked for', () => {
    const entries = [entry('TEST123', 'IL')];
    for (const asked of ['TEST23', 'TEST1123', 'TEST1Y3', 'TEST12', 'YTEST123'])
      expect([found(entries, read(asked)), near(entries, read(asked))]).toEqual([[], [[0, 'near']]]);
    expect(near(entries, read('TEST1Y3', 'WI'))).toEqual([]);
    expect(near(entries, read('TEST123', 'IL'))).toEqual([[0, 'exact']]);
    expect(near(entries, read('TESY1Y3'))).toEqual([]);
  });

  it('refuses one-character tolerance above 50,000 entries', () => {
    const entries = Array.from({ length: nearEntriesMax + 1 }, () => entry('TEST123'));
    expect(nearEntriesMax).toBe(50_000);
    expect(() => buildNearSnapshot(entries)).toThrow(RangeError);
  });

  it('answers at most 256 entries of one read, the surest of them', () => {
    const entries = Array.from({ length: 1000 }, (_, at) => entry(at < 990 ? 'TE5T123' : 'TEST123'));
    const hits = found(entries, read('TEST123'));
    expect(hits).toHaveLength(hitsMax);
    expect(hits.slice(0, 11)).toEqual([
      ...Array.from({ length: 10 }, (_, at) => [990 + at, 'exact-state-unknown']),
      [0, 'look-alike'],
    ]);
  });

  it('opens an empty list, which matches nothing', () => {
    expect([found([], read('TEST123')), near([], read('TEST123'))]).toEqual([[], []]);
  });

  it('needs at most 20 bytes an entry, whatever their number', () => {
    for (const count of [4097, 10_000, 16_400, 26_215]) {
      const entries = Array.from({ length: count }, (_, at) => entry(`T${at}`));
      expect(buildSnapshot(entries).length / count).toBeLessThanOrEqual(20);
    }
  });
});

describe('a snapshot’s bytes', () => {
  const bytes = buildSnapshot([entry('TEST123'), entry('TEST777')]);

  it('are used wherever they lie', () => {
    const moved = new Uint8Array(bytes.length + 1);
    moved.set(bytes, 1);
    expect(openSnapshot(moved.subarray(1)).find(read('TEST777'))).toHaveLength(1);
  });

  it('are refused when a bit of the header is another, or the length is', () => {
    for (let bit = 0; bit < 64 * 8; bit++) {
      const damaged = bytes.slice();
      damaged[bit >> 3] = (damaged[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(() => openSnapshot(damaged)).toThrow(SnapshotUnusable);
    }
    expect(() => openSnapshot(bytes.subarray(0, bytes.length - 1))).toThrow(
      expect.objectContaining({ code: 'length' }),
    );
    expect(() => openSnapshot(Buffer.concat([bytes, Buffer.alloc(1)]))).toThrow(SnapshotUnusable);
    expect(() => openSnapshot(bytes.subarray(0, 63))).toThrow(expect.objectContaining({ code: 'magic' }));
    expect(() => openSnapshot(new Uint8Array(0))).toThrow(SnapshotUnusable);
  });

  it('never make it run without end or fail when they are damaged behind the header', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: bytes.length, maxLength: bytes.length }), (noise) => {
        const damaged = bytes.slice();
        damaged.set(noise.subarray(64), 64);
        expect(openSnapshot(damaged).find(read('TEST123')).length).toBeLessThanOrEqual(2);
      }),
    );
  });
});

describe('against a model that compares every entry', () => {
  const runs = process.env.DEEP === undefined ? 500 : 20_000;
  // Few characters and any length, so that entries and reads meet in every way.
  const plate = fc
    .oneof(
      {
        weight: 4,
        arbitrary: fc.string({ unit: fc.constantFrom(...'0OQ1I8BA'), minLength: 2, maxLength: 4 }),
      },
      { weight: 2, arbitrary: fc.string({ unit: fc.constantFrom(...'0OA'), minLength: 5, maxLength: 10 }) },
      {
        weight: 1,
        arbitrary: fc.string({
          unit: fc.constantFrom(...'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789?'),
          minLength: 2,
          maxLength: 10,
        }),
      },
    )
    .map(madePlate);
  const state = fc.option(fc.constantFrom('IL', 'WI', 'ZZ'), { nil: undefined });
  const stated = fc.tuple(plate, state).map(([text, where]) => entry(text, where));
  const entries = fc.array(
    stated.filter((each) => isComplete(each.plate)),
    { maxLength: 40 },
  );
  const reads = fc.array(
    fc.tuple(stated, fc.array(plate, { maxLength: 3 })).map(([own, candidates]) => ({
      ...own,
      candidates: candidates.map((each) => ({ plate: each, probability: 0.1 })),
    })),
    { minLength: 1, maxLength: 20 },
  );

  it.each([
    ['as it is', buildSnapshot, false],
    ['with one-character tolerance', buildNearSnapshot, true],
  ] as const)('a list %s misses no match and makes none up', (_, build, isTolerant) => {
    fc.assert(
      fc.property(entries, reads, (list, asked) => {
        const index = openSnapshot(build(list));
        for (const each of asked) expect(index.find(each)).toEqual(modelled(list, each, isTolerant));
      }),
      { numRuns: runs },
    );
  });

  function modelled(list: readonly IndexedEntry[], asked: ComparedRead, isTolerant: boolean): IndexHit[] {
    if (asked.plate.includes('?')) return [];
    const hits: IndexHit[] = [];
    list.forEach((each, ordinal) => {
      const grade = modelledGrade(each, asked, isTolerant);
      if (grade !== undefined) hits.push({ ordinal, grade });
    });
    return hits.sort(
      (a, b) => matchGrades.indexOf(a.grade) - matchGrades.indexOf(b.grade) || a.ordinal - b.ordinal,
    );
  }

  function modelledGrade(
    each: IndexedEntry,
    asked: ComparedRead,
    isTolerant: boolean,
  ): MatchGrade | undefined {
    const isOtherState = each.state !== undefined && asked.state !== undefined && each.state !== asked.state;
    const isSameKey = (one: Plate) => foldPlate(one) === foldPlate(each.plate);
    if (isSameKey(asked.plate)) {
      if (isOtherState) return 'state-differs';
      if (asked.plate !== each.plate) return 'look-alike';
      return each.state === undefined || asked.state === undefined ? 'exact-state-unknown' : 'exact';
    }
    if (asked.candidates.some((one) => isSameKey(one.plate)))
      return isOtherState ? 'state-differs' : 'candidate';
    const distance = edits(foldPlate(asked.plate), foldPlate(each.plate));
    return isTolerant && distance === 1 && !isOtherState ? 'near' : undefined;
  }

  function edits(a: string, b: string): number {
    if (a === '' || b === '') return a.length + b.length;
    if (a[0] === b[0]) return edits(a.slice(1), b.slice(1));
    if (Math.abs(a.length - b.length) > 1) return 2;
    const [first, second] = [a.slice(1), b.slice(1)];
    return first === second || first === b || a === second ? 1 : 2;
  }
});
