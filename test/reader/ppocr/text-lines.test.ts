import { textLines } from '../../../reader/ppocr/text-lines';

function mapWith(
  size: { width: number; height: number },
  bars: readonly { x: number; y: number; width: number; height: number; p: number }[],
) {
  const probability = new Float32Array(size.width * size.height);
  for (const bar of bars) {
    for (let y = bar.y; y < bar.y + bar.height; y++) {
      probability.fill(bar.p, y * size.width + bar.x, y * size.width + bar.x + bar.width);
    }
  }
  return { ...size, probability };
}

describe('finding lines of text in the detector map', () => {
  it('gives one line for each region, grown from its core, best first', () => {
    const map = mapWith({ width: 100, height: 60 }, [
      { x: 10, y: 10, width: 40, height: 8, p: 0.7 },
      { x: 10, y: 40, width: 60, height: 10, p: 0.9 },
    ]);
    const [first, second, ...rest] = textLines(map);
    expect(rest).toEqual([]);
    expect(first?.centre).toEqual({ x: 40, y: 45 });
    expect(first?.score).toBeCloseTo(0.9);
    expect(first?.width).toBeCloseTo(60 + 960 / 70, 3);
    expect(first?.height).toBeCloseTo(10 + 960 / 70, 3);
    expect(second?.centre).toEqual({ x: 30, y: 14 });
  });

  it('drops faint regions and specks', () => {
    const map = mapWith({ width: 100, height: 60 }, [
      { x: 10, y: 10, width: 40, height: 8, p: 0.4 },
      { x: 80, y: 40, width: 3, height: 3, p: 0.99 },
    ]);
    expect(textLines(map)).toEqual([]);
  });

  it('does not join text across the edge of the map', () => {
    const map = mapWith({ width: 40, height: 20 }, [
      { x: 30, y: 5, width: 10, height: 5, p: 0.9 },
      { x: 0, y: 6, width: 10, height: 5, p: 0.9 },
    ]);
    expect(textLines(map)).toHaveLength(2);
  });
});
