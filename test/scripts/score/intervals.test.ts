import { bootstrap, reliability } from '../../../scripts/score/intervals';

const box = { x: 0, y: 0, width: 100, height: 50 };

describe('how far a score can be trusted', () => {
  it('gives an interval around each rate, the same each time', () => {
    const labels = Array.from({ length: 40 }, (_, at) => ({ name: `${at}`, box, plate: 'TEST123' }));
    const read = (plate: string) => ({
      sightings: [{ plate, candidates: [], confidence: 0.9, outcome: 'accepted' as const, box }],
    });
    const byName = new Map(labels.map(({ name }, at) => [name, read(at < 30 ? 'TEST123' : 'TEST129')]));
    const { exact, located } = bootstrap(labels, byName);
    expect(located).toEqual([100, 100]);
    expect(exact[0]).toBeGreaterThan(55);
    expect(exact[0]).toBeLessThan(70);
    expect(exact[1]).toBeGreaterThan(80);
    expect(exact[1]).toBeLessThan(95);
    expect(bootstrap(labels, byName).exact).toEqual(exact);
  });

  it('compares what a reader said with what was right', () => {
    const beliefs = [
      { confidence: 0.95, isRight: true },
      { confidence: 0.95, isRight: true },
      { confidence: 0.55, isRight: false },
      { confidence: 0.55, isRight: true },
    ];
    expect(reliability(beliefs)).toEqual({
      errorPercent: 5,
      brier: 0.1275,
      bins: [
        { from: 0.5, count: 2, confidence: 0.55, right: 0.5 },
        { from: 0.9, count: 2, confidence: 0.95, right: 1 },
      ],
    });
  });
});
