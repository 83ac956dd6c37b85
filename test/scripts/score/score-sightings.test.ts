import { parseLabel } from '../../../scripts/score/labels';
import { scoreSightings } from '../../../scripts/score/score-sightings';

const box = { x: 100, y: 100, width: 100, height: 50 };
const label = (name: string, plate = 'TEST120') => ({ name, box, plate });
const sighting = (plate: string, more: object = {}) => ({
  plate,
  candidates: [],
  confidence: 0.9,
  outcome: 'accepted' as const,
  box,
  ...more,
});

describe('scoring a reader', () => {
  it('counts each kind of answer once', () => {
    const labels = ['right', 'wrong', 'unsure', 'partial', 'elsewhere', 'none'].map((name) => label(name));
    const score = scoreSightings(
      labels,
      new Map([
        ['right', { sightings: [sighting('TEST12O')], ms: 100 }],
        ['wrong', { sightings: [sighting('TEST129', { candidates: [{ plate: 'TEST120' }] })], ms: 200 }],
        ['unsure', { sightings: [sighting('TEST120', { outcome: 'abstained', confidence: 0.3 })], ms: 300 }],
        ['partial', { sightings: [sighting('TE?T120')], ms: 400 }],
        [
          'elsewhere',
          { sightings: [sighting('TEST120', { box: { x: 600, y: 100, width: 100, height: 50 } })], ms: 500 },
        ],
      ]),
    );
    expect(score).toEqual({
      photos: 6,
      located: 4,
      exact: 2,
      inTen: 3,
      exactPercent: 33.3,
      inTenPercent: 50,
      accepted: 1,
      partial: 1,
      falseReads: 1,
      abstained: 1,
      elsewhere: 1,
      medianMs: 300,
      p95Ms: 400,
    });
  });

  it('takes the most confident of the sightings at the plate', () => {
    const sightings = [sighting('TEST129', { confidence: 0.5 }), sighting('TEST120', { confidence: 0.8 })];
    expect(scoreSightings([label('a')], new Map([['a', { sightings }]]))).toMatchObject({
      exact: 1,
      falseReads: 0,
    });
  });

  it('counts a partial read that is wrong elsewhere as false', () => {
    const score = scoreSightings([label('a')], new Map([['a', { sightings: [sighting('TE?T129')] }]]));
    expect(score).toMatchObject({ partial: 0, falseReads: 1 });
  });

  it('looks no further than ten candidates', () => {
    const others = Array.from({ length: 9 }, (_, at) => ({ plate: `OTHER${at}` }));
    const at = (candidates: readonly { plate: string }[]) =>
      scoreSightings([label('a')], new Map([['a', { sightings: [sighting('WRONG1', { candidates })] }]]))
        .inTen;
    expect(at([...others.slice(0, 8), { plate: 'TEST120' }])).toBe(1);
    expect(at([...others, { plate: 'TEST120' }])).toBe(0);
  });

  it.each([
    ['overlapping by a fifth', { x: 160, y: 100, width: 100, height: 50 }, 1],
    ['overlapping by less', { x: 170, y: 100, width: 100, height: 50 }, 0],
    ['small, inside', { x: 120, y: 110, width: 10, height: 10 }, 1],
  ])('a box %s is located or not', (_, at, located) => {
    expect(
      scoreSightings([label('a')], new Map([['a', { sightings: [sighting('TEST120', { box: at })] }]]))
        .located,
    ).toBe(located);
  });

  it('gives no percentages of nothing', () => {
    expect(scoreSightings([], new Map())).toMatchObject({ photos: 0, exactPercent: 0 });
  });
});

describe('reading a label', () => {
  it('takes a tab-separated line', () => {
    expect(parseLabel('a.jpg\t1\t2\t30\t15\tTEST123\r\n', 'a.txt')).toEqual({
      name: 'a.jpg',
      box: { x: 1, y: 2, width: 30, height: 15 },
      plate: 'TEST123',
    });
  });

  it.each([
    '',
    'a.jpg 1 2 3 4 TEST123',
    'a.jpg\t1\t2\tx\t15\tTEST123',
    '../a.jpg\t1\t2\t30\t15\tTEST123',
    'a.jpg\t1\t2\t30\t15\t',
  ])('refuses %j, naming the file', (line) => {
    expect(() => parseLabel(line, 'a.txt')).toThrow('a.txt is not a label');
  });
});
