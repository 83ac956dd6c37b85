import fc from 'fast-check';
import type { View } from '../../../reader/rekognition/serial-text';
import { settle } from '../../../reader/rekognition/settle';

const view = (text: string, confidence = 0.98): View => ({
  text,
  confidences: [...text].map(() => confidence),
});
const settled = (...views: View[]) => {
  const { plate, outcome } = settle(views, 0.9) ?? {};
  return [plate, outcome];
};

describe('what the looks at one plate say together', () => {
  it('accepts one sure look, and not one that is less sure', () => {
    expect(settle([view('TEST123', 0.95)], 0.9)).toEqual({
      plate: 'TEST123',
      candidates: [],
      confidence: 0.95,
      characterConfidences: [0.95, 0.95, 0.95, 0.95, 0.95, 0.95, 0.95],
      outcome: 'accepted',
    });
    expect(settled(view('TEST123', 0.85))).toEqual(['TEST123', 'abstained']);
  });

  it('is as sure as the surer of two looks that agree', () => {
    expect(settle([view('TEST123', 0.7), view('TEST123', 0.96)], 0.9)).toMatchObject({
      confidence: 0.96,
      outcome: 'accepted',
    });
  });

  it('gives `?` where the looks differ, and both readings as candidates', () => {
    const both = settle([view('TEST123'), view('TEST127', 0.95)], 0.9);
    expect(both).toMatchObject({ plate: 'TEST12?', outcome: 'accepted' });
    expect(both?.candidates.map(({ plate }) => plate)).toEqual(['TEST123', 'TEST127']);
  });

  it('lets the format decide between look-alikes, and only between them', () => {
    expect(settled(view('ABCI23'), view('ABC123'))).toEqual(['ABC123', 'accepted']);
    expect(settled(view('ABI123'), view('AB1123'))).toEqual(['AB?123', 'accepted']);
    expect(settled(view('ABX123'), view('AB9123'))).toEqual(['AB?123', 'accepted']);
  });

  it('reads a look-alike that fits no format as the one serial that it can be', () => {
    const read = settle([view('TST12O4')], 0.9);
    expect(read).toMatchObject({ plate: 'TST1204', candidates: [{ plate: 'TST12O4' }], outcome: 'accepted' });
    expect(settled(view('T3ST7XW'))).toEqual(['T3ST7XW', 'accepted']);
  });

  it('gives `?` where several serials are as likely', () => {
    expect(settled(view('R8Z0503'))).toEqual(['R??0503', 'accepted']);
  });

  it('never turns a word into a serial', () => {
    expect(settled(view('NOTICE'))).toEqual(['NOTICE', 'abstained']);
  });

  it('hides the characters of a word that could not be read', () => {
    const halves = { text: 'TEST123', confidences: [0.95, 0.95, 0.95, 0.95, 0.3, 0.3, 0.3] };
    expect(settled(halves)).toEqual(['TEST???', 'abstained']);
    const mirrored = { text: '123TEST', confidences: [0.95, 0.95, 0.95, 0.95, 0.3, 0.3, 0.3] };
    expect(settled(mirrored)).toEqual(['123T???', 'accepted']);
  });

  it.each([
    ['of different length', [view('TEST123'), view('TEST12')]],
    ['that share too little', [view('TEST123'), view('XWYZ987')]],
    ['at a date', [view('201406')]],
    ['at a badge', [view('F150')]],
    ['at a word', [view('TESTING')]],
  ])('abstains from looks %s', (_, views) => {
    expect(settle(views, 0.9)?.outcome).toBe('abstained');
  });

  it('says nothing without a look', () => {
    expect(settle([], 0.9)).toBeUndefined();
  });

  it('never accepts fewer than four known characters, nor a sum of probabilities above one', () => {
    const character = fc.constantFrom(...'0OQD1IL2Z5S8BTEX7?');
    const anyView = fc
      .array(fc.tuple(character, fc.double({ min: 0, max: 1, noNaN: true })), { minLength: 4, maxLength: 8 })
      .filter((characters) => characters.some(([text]) => text !== '?'))
      .map((characters) => ({
        text: characters.map(([text]) => text).join(''),
        confidences: characters.map(([, confidence]) => confidence),
      }));
    fc.assert(
      fc.property(fc.array(anyView, { minLength: 1, maxLength: 2 }), (views) => {
        const read = settle(views, 0.5);
        if (read === undefined) return;
        const sum = read.candidates.reduce((total, { probability }) => total + probability, 0);
        expect(sum).toBeLessThanOrEqual(1.000001);
        expect(read.confidence >= 0 && read.confidence <= 1).toBe(true);
        expect(read.characterConfidences).toHaveLength(read.plate.length);
        if (read.outcome === 'accepted')
          expect(read.plate.replaceAll('?', '').length).toBeGreaterThanOrEqual(4);
      }),
      { numRuns: 500 },
    );
  });
});
