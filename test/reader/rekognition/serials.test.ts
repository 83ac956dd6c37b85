import { serialsIn } from '../../../reader/rekognition/serials';
import { type MadeText, madeLine } from './made-text';

const frame = { width: 1280, height: 720 };
const serials = (...texts: MadeText[]) => serialsIn(texts.map(madeLine), frame).map(({ text }) => text);
const serial = { text: 'TEST123', x: 640, y: 400, height: 40 };

describe('telling the serial from the other text of a frame', () => {
  it('takes the serial among state name, slogan, sticker and dealer frame', () => {
    const plate = [
      { text: 'ILLINOIS', x: 640, y: 372, height: 14 },
      serial,
      { text: 'LAND OF LINCOLN', x: 640, y: 430, height: 12 },
      { text: 'SINCE 1985', x: 640, y: 436, height: 12 },
      { text: 'EST1985', x: 640, y: 438, height: 14 },
    ];
    expect(serials(...plate)).toEqual(['TEST123']);
    expect(serials(...plate.reverse())).toEqual(['TEST123']);
  });

  it('takes the taller text even where the smaller has the more usual format', () => {
    expect(serials({ ...serial, text: 'T3ST7XW' }, { text: 'EST1985', x: 640, y: 430, height: 14 })).toEqual([
      'T3ST7XW',
    ]);
  });

  it('does not take lettering of the vehicle around the plate for its serial', () => {
    expect(serials(serial, { text: 'TRUCK55', x: 640, y: 300, height: 170 })).toContain('TEST123');
    expect(serials(serial, { text: 'MADEUP', x: 640, y: 380, height: 60 })).toEqual(['TEST123']);
  });

  it('gives each vehicle its own, the more usual format first', () => {
    expect(serials({ ...serial, text: 'T3ST7XW', x: 200 }, { ...serial, x: 1000 })).toEqual([
      'TEST123',
      'T3ST7XW',
    ]);
  });

  it.each([
    ['its parts are words', 'TEST 123'],
    ['the state is in the same line', 'ILLINOIS TEST 123'],
    ['emblems stand between', 'TEST•123'],
    ['a bolt stands at its end', '|TEST123)'],
  ])('finds the whole serial where %s', (_, text) => {
    expect(serials({ ...serial, text })).toEqual(['TEST123']);
  });

  it('joins two lines that an emblem keeps apart, and no others', () => {
    const left = { text: 'TST', x: 600, y: 400, height: 40 };
    const right = { text: '1234', x: 730, y: 402, height: 40 };
    expect(serials(left, right)).toEqual(['TST1234']);
    expect(serials(right, left)).toEqual(['TST1234']);
    expect(serials(left, { ...right, x: 900 })).toEqual(['1234']);
    expect(serials(left, { ...right, y: 440 })).toEqual(['1234']);
    expect(serials(left, { ...right, height: 20 })).toEqual(['1234']);
  });

  it('gives `?` for a sign that is no letter or digit', () => {
    expect(serials({ ...serial, text: 'TE#T123' })).toEqual(['TE?T123']);
  });

  it.each([
    ['a telephone number', '555-0142'],
    ['a longer one', '309 555 0142'],
    ['a date', '2026-01-02'],
    ['the start of one', '2026-01'],
    ['a time', '12:34:56'],
    ['a sign that mentions a number', '24 HR PARKING'],
    ['a short word', 'SUV'],
    ['a long word', 'WHOLESALE'],
  ])('never takes %s', (_, text) => {
    expect(serials({ ...serial, text })).toEqual([]);
  });

  it('never takes text too small, too steep or too long for a plate', () => {
    expect(serials({ ...serial, height: 11 })).toEqual([]);
    const line = madeLine(serial);
    expect(serialsIn([{ ...line, place: { ...line.place, angle: 0.7 } }], frame)).toEqual([]);
    expect(serialsIn([{ ...line, place: { ...line.place, width: 400 } }], frame)).toEqual([]);
  });
});
