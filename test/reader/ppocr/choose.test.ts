import { chooseSightings } from '../../../reader/ppocr/choose';

const frame = { width: 1000, height: 500 };
const line = (x: number, y: number, width: number, height: number) => ({
  centre: { x, y },
  width,
  height,
  angle: 0,
});
const says = (text: string, probability: number, evidence = probability) => ({
  guesses: [{ text, probability }],
  evidence,
});

describe('choosing the sightings of a frame', () => {
  it('gives one sighting for the lines of one plate, with the state that its name says', () => {
    const lines = [
      { line: line(500, 275, 60, 12), posterior: says('MYDEALER', 0.6, 0.01) },
      { line: line(500, 225, 60, 12), posterior: says('ILLINOIS', 0.9), state: 'IL' },
      { line: line(500, 250, 110, 30), posterior: says('TEST123', 0.9) },
    ];
    expect(chooseSightings(lines, { frame, acceptAt: 0.7 })).toMatchObject([
      { plate: 'TEST123', state: 'IL', outcome: 'accepted' },
    ]);
  });

  it('gives each vehicle its own, the stronger first, and no state of another plate', () => {
    const lines = [
      { line: line(200, 250, 110, 30), posterior: says('TEST123', 0.75) },
      { line: line(800, 250, 110, 30), posterior: says('TEST456', 0.9) },
      { line: line(800, 225, 60, 12), posterior: says('OHIO', 0.9), state: 'OH' },
    ];
    const sightings = chooseSightings(lines, { frame, acceptAt: 0.7 });
    expect(sightings.map(({ plate, state }) => [plate, state])).toEqual([
      ['TEST456', 'OH'],
      ['TEST123', undefined],
    ]);
  });

  it('drops noise and keeps the boxes inside the frame', () => {
    const lines = [
      { line: line(500, 100, 110, 30), posterior: says('TEST123', 0.04) },
      { line: line(20, 480, 110, 30), posterior: says('TEST456', 0.9) },
    ];
    const [only, ...rest] = chooseSightings(lines, { frame, acceptAt: 0.7 });
    expect(rest).toEqual([]);
    expect(only).toMatchObject({
      box: { x: 0, y: 449, width: 81, height: 51 },
      vehicleBox: { x: 0, y: 157, height: 343 },
    });
  });
});
