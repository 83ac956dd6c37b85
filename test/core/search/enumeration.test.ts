import fc from 'fast-check';
import { parsePattern } from '../../../core/plate/pattern';
import { type Trace, tracesOf, type Walked, walkIn } from '../../../core/search/enumeration';
import { madeConfiguration } from '../contract/made-configuration';

const limits = madeConfiguration().caps.enumeration;
const nowMs = Date.parse('2026-11-24T12:00:00Z');
const hourMs = 3_600_000;
const hash = (text: string) => Buffer.from(text).toString('hex');

it('lets an investigation be: a dozen plates, looked at again and again up to now', () => {
  const plates = ['TEST123', 'MADEUP1', 'SAMPLE7', 'FAKE555', 'NOCAR99', 'DUMMY42'];
  const traces = plates.flatMap((plate) =>
    Array.from({ length: 20 }, (_, at) => search(plate, { toMs: nowMs + at * 60_000 })).flat(),
  );
  expect(walkIn(traces, limits)).toBeUndefined();
});

it('notices many plates within one hour, and not over many [Storage-A]', () => {
  const plates = Array.from({ length: 30 }, (_, at) => `${letters(at)}M${at}D${letters(at + 7)}`);
  const within = plates.flatMap((plate) => search(plate));
  expect(walkIn(within, limits)).toBe('plates-per-hour');
  expect(
    walkIn(
      plates.slice(1).flatMap((plate) => search(plate)),
      limits,
    ),
  ).toBeUndefined();
  const over = plates.flatMap((plate, at) => search(plate, { nowMs: nowMs + (at % 3) * hourMs }));
  expect(walkIn(over, limits)).toBeUndefined();
});

it.each([
  ['counting up', (at: number) => `TEST1${String(at).padStart(2, '0')}`],
  ['counting at the other end', (at: number) => `${letters(at)}TEST1`],
  ['a pattern whose last letter is walked', (at: number) => `TES${letters(at).slice(0, 1)}*`],
  ['a pattern whose first letter is walked', (at: number) => `*${letters(at).slice(0, 1)}EST`],
])('notices plates that are walked through one after the other: %s [Storage-A]', (_, plate) => {
  const traces = Array.from({ length: 8 }, (__, at) => search(plate(at))).flat();
  expect(walkIn(traces, limits)).toBe('similar-plates');
  expect(walkIn(Array.from({ length: 7 }, (__, at) => search(plate(at))).flat(), limits)).toBeUndefined();
});

it('notices a sweep of patterns that name three characters alone [Storage-A]', () => {
  const patterns = ['ABC*', '*DEF', 'G*HI', 'JK*L', '*MNO*', 'PQR*', '*STU', 'V*WX'];
  expect(
    walkIn(
      patterns.flatMap((each) => search(each)),
      limits,
    ),
  ).toBe('broad-patterns');
  expect(
    walkIn(
      patterns.slice(1).flatMap((each) => search(each)),
      limits,
    ),
  ).toBeUndefined();
});

it('notices a walk from camera to camera [Storage-A]', () => {
  const cameras = Array.from({ length: 60 }, (_, at) => `bloomington|fixed-${at}`);
  expect(
    walkIn(
      cameras.flatMap((camera) => at(camera, nowMs - hourMs, nowMs)),
      limits,
    ),
  ).toBe('cameras');
});

it('notices one window cut into slices, and not one that grows [Storage-A]', () => {
  const slices = Array.from({ length: 8 }, (_, n) =>
    at('bloomington|fixed-1', nowMs - (n + 1) * hourMs, nowMs - n * hourMs),
  );
  expect(walkIn(slices.flat(), limits)).toBe('windows');
  expect(walkIn(slices.slice(1).flat(), limits)).toBeUndefined();
  const growing = Array.from({ length: 30 }, (_, n) =>
    at('bloomington|fixed-1', nowMs - (n + 1) * hourMs, nowMs),
  );
  expect(walkIn(growing.flat(), limits)).toBeUndefined();
});

it('leaves the same traces for the same search, so that repeating one is no walk', () => {
  expect(search('TEST123')).toEqual(search('TEST123'));
  expect(new Set(Array.from({ length: 100 }, () => search('TEST123')).flat()).size).toBe(4);
});

it('never lets go of a walk by further searches, and needs no order [Storage-A]', () => {
  const any = fc.array(fc.stringMatching(/^[A-Z0-9]{4,7}$/), { maxLength: 40 });
  fc.assert(
    fc.property(any, any, (first, more) => {
      const before = first.flatMap((plate) => search(plate));
      const all = [...before, ...more.flatMap((plate) => search(plate))];
      const stays = walkIn([...new Set(before)], limits) === undefined || walkIn([...new Set(all)], limits);
      return (
        stays !== undefined &&
        walkIn([...new Set(all)].reverse(), limits) === walkIn([...new Set(all)], limits)
      );
    }),
  );
});

function search(
  plate: string,
  changes: Partial<Pick<Walked, 'nowMs' | 'fromMs' | 'toMs'>> = {},
): readonly Trace[] {
  const pattern = parsePattern(plate);
  if (pattern === undefined) throw new Error('no pattern');
  const walked = { nowMs, fromMs: nowMs - 24 * hourMs, toMs: nowMs, ...changes };
  return tracesOf({ ...walked, target: { kind: 'plate', pattern } }, hash);
}

function at(camera: string, fromMs: number, toMs: number): readonly Trace[] {
  return tracesOf({ nowMs, fromMs, toMs, target: { kind: 'place', cameras: [camera] } }, hash);
}

function letters(n: number): string {
  return String.fromCharCode(65 + (n % 26)) + String.fromCharCode(65 + ((n * 7) % 26));
}
