import fc from 'fast-check';
import { textDetections } from '../../../local/rekognition/answer';
import { linesIn } from '../../../local/rekognition/ocr/blobs';
import { wordsOf } from '../../../local/rekognition/ocr/words';

const evenly = (text: string, step = 0.05, from = 0.1) =>
  [...text].map((character, at) => ({ text: character, confidence: 0.9, at: from + at * step }));

describe('the words of a line', () => {
  it('splits at spaces and at wide gaps', () => {
    expect(wordsOf(evenly('TEST 123')).map(({ text }) => text)).toEqual(['TEST', '123']);
    const apart = [...evenly('TEST'), ...evenly('123', 0.05, 0.6)];
    expect(wordsOf(apart).map(({ text }) => text)).toEqual(['TEST', '123']);
    expect(wordsOf(evenly('TEST123')).map(({ text }) => text)).toEqual(['TEST123']);
  });

  it('leaves out what is no printable ASCII', () => {
    expect(wordsOf(evenly('京TEST京')).map(({ text }) => text)).toEqual(['TEST']);
    expect(wordsOf([])).toEqual([]);
  });

  it('keeps every other character, in order, inside the line', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[ -~]{0,20}$/), (line) => {
        const words = wordsOf(evenly(line, 0.04));
        expect(words.map(({ text }) => text).join('')).toBe(line.replaceAll(' ', ''));
        for (const { from, to } of words) expect(0 <= from && from < to && to <= 1).toBe(true);
      }),
    );
  });
});

describe('lines in the map of a picture', () => {
  const map = (width: number, height: number, isText: (x: number, y: number) => boolean) => ({
    width,
    height,
    probability: Float32Array.from({ length: width * height }, (_, at) =>
      isText(at % width, Math.floor(at / width)) ? 0.9 : 0.1,
    ),
  });

  it('finds a level line and grows it to its letters', () => {
    const [line, ...rest] = linesIn(map(100, 60, (x, y) => x >= 20 && x < 60 && y >= 20 && y < 30));
    expect(rest).toEqual([]);
    expect(line).toMatchObject({ x: 40, y: 25, width: expect.closeTo(52.8, 3), angle: 0 });
    expect(line?.height).toBeCloseTo(22.8, 3);
  });

  it('follows a slope', () => {
    const [line] = linesIn(
      map(200, 100, (x, y) => x >= 20 && x < 180 && Math.abs(y - 20 - 0.3 * (x - 20)) < 6),
    );
    expect(line?.angle).toBeCloseTo(Math.atan(0.3), 1);
  });

  it('keeps lines apart and drops specks', () => {
    const lines = linesIn(
      map(100, 60, (x, y) => (x < 40 && ((y > 5 && y < 12) || (y > 40 && y < 48))) || (x === 80 && y === 50)),
    );
    expect(lines).toHaveLength(2);
  });
});

describe('the answer', () => {
  it('never names more than a hundred words', () => {
    const line = { x: 50, y: 50, width: 40, height: 10, angle: 0 };
    const words = Array.from({ length: 7 }, () => ({ text: 'W', confidence: 0.9, from: 0, to: 1 }));
    const frame = { width: 100, height: 100, rgb: new Uint8Array() };
    const answer = textDetections(
      Array.from({ length: 20 }, () => ({ line, words })),
      frame,
    );
    expect(answer.filter(({ Type }) => Type === 'WORD')).toHaveLength(100);
    expect(answer.filter(({ Type }) => Type === 'LINE')).toHaveLength(15);
    expect(new Set(answer.map(({ Id }) => Id)).size).toBe(115);
  });
});
