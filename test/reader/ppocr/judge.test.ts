import { judge } from '../../../reader/ppocr/judge';

const guesses = (...list: readonly [string, number][]) =>
  list.map(([text, probability]) => ({ text, probability }));

describe('judging a read', () => {
  it('accepts a read that is sure enough, with the other guesses as candidates', () => {
    expect(judge(guesses(['TEST123', 0.8], ['TE5T123', 0.1]), 0.7)).toEqual({
      plate: 'TEST123',
      candidates: [{ plate: 'TE5T123', probability: 0.1 }],
      confidence: 0.8,
      characterConfidences: [0.9, 0.9, 0.8, 0.9, 0.9, 0.9, 0.9].map((value) => expect.closeTo(value, 9)),
      outcome: 'accepted',
    });
  });

  it('abstains below the threshold', () => {
    expect(judge(guesses(['TEST123', 0.69]), 0.7)?.outcome).toBe('abstained');
  });

  it('gives ? for a character that cannot be told, and accepts the rest if that is sure', () => {
    const judged = judge(guesses(['TEST123', 0.35], ['TEST128', 0.3], ['TEST129', 0.25]), 0.7);
    expect(judged).toMatchObject({
      plate: 'TEST12?',
      outcome: 'accepted',
      confidence: expect.closeTo(0.9, 9),
    });
    expect(judged?.candidates.map(({ plate }) => plate)).toEqual(['TEST123', 'TEST128', 'TEST129']);
  });

  it('does not give a read with fewer than four characters that were read', () => {
    const judged = judge(guesses(['ABC12', 0.3], ['XYC12', 0.3]), 0.5);
    expect(judged).toMatchObject({ plate: 'ABC12', outcome: 'abstained' });
  });

  it('never accepts words, short texts or dates, however clear', () => {
    const outcomes = ['PARKING', '25', 'A12', '2031', '20310', '203112', '20311231'].map(
      (text) => judge(guesses([text, 0.99]), 0.7)?.outcome,
    );
    expect(outcomes).toEqual(Array(7).fill('abstained'));
  });

  it('says nothing without a guess', () => {
    expect(judge([], 0.7)).toBeUndefined();
  });
});
