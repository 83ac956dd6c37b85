import fc from 'fast-check';
import { fuse, fusedGuesses } from '../../../reader/fusion/fuse';
import { madeSighting } from './made-sighting';

const fused = (...sightings: ReturnType<typeof madeSighting>[]) => {
  const [first] = sightings;
  if (first === undefined) throw new Error('a pass has a sighting');
  return fuse(first, sightings);
};

describe('several frames of one plate', () => {
  it('are read as most of them read it, against the one that was surest', () => {
    const wrong = madeSighting({ TEST128: 0.8, TEST123: 0.15 });
    const right = madeSighting({ TEST123: 0.75, TEST128: 0.2 });
    expect(fused(wrong, right, right)).toMatchObject({
      plate: 'TEST123',
      candidates: [{ plate: 'TEST128' }],
    });
  });

  it('are read where each of them hid another character', () => {
    const sightings = [
      madeSighting({ TXST123: 0.3 }),
      madeSighting({ TEST1Z3: 0.3 }),
      madeSighting({ TEST12B: 0.3 }),
      madeSighting({ LEST123: 0.3 }),
    ];
    expect(fused(...sightings).plate).toBe('TEST123');
  });

  it('are accepted together where each alone was too unsure', () => {
    const each = madeSighting({ TEST123: 0.74, TEST128: 0.12 });
    expect(fused(each, each, each)).toMatchObject({ plate: 'TEST123', outcome: 'accepted' });
  });

  it('stay unread where they contradict each other', () => {
    const one = madeSighting({ TEST123: 0.7 });
    const other = madeSighting({ FAKE456: 0.7 });
    expect(fused(one, other).outcome).toBe('abstained');
  });

  it('are never surer than the votes: a word without a digit stays unread however many frames say it', () => {
    const word = madeSighting({ TOYOTA: 0.99 });
    expect(fused(word, word, word, word).outcome).toBe('abstained');
  });

  it('count O and 0 as one character and spell it as the surest frame does', () => {
    const sightings = [
      madeSighting({ TES0123: 0.5 }),
      madeSighting({ TESO123: 0.8 }),
      madeSighting({ TES0123: 0.6 }),
    ];
    expect(fusedGuesses(sightings)[0]?.text).toBe('TESO123');
  });

  it('name a state that most of those name that name one', () => {
    const silent = madeSighting({ TEST123: 0.9 });
    expect(fused(silent, { ...silent, state: 'IL' }, silent).state).toBe('IL');
    expect(
      fused({ ...silent, state: 'IN' }, { ...silent, state: 'IL' }, { ...silent, state: 'IL' }).state,
    ).toBe('IL');
  });

  it('leave one frame alone as it is', () => {
    const only = madeSighting({ TEST123: 0.9, TEST128: 0.1 }, { accepted: true });
    expect(fuse(only, [only])).toBe(only);
  });

  it('give probabilities: none below 0, together at most 1, whatever the frames say and in whatever order', () => {
    const text = fc.stringMatching(/^[A-Z0-9]{4,8}$/);
    const sighting = fc
      .tuple(
        text,
        text,
        fc.double({ min: 0, max: 0.5, noNaN: true }),
        fc.double({ min: 0, max: 0.5, noNaN: true }),
      )
      .map(([a, b, p, q]) => madeSighting(a === b ? { [a]: p } : { [a]: p, [b]: q }));
    fc.assert(
      fc.property(fc.array(sighting, { minLength: 2, maxLength: 6 }), (sightings) => {
        const guesses = fusedGuesses(sightings);
        const sum = guesses.reduce((all, { probability }) => all + probability, 0);
        const backwards = fusedGuesses([...sightings].reverse());
        expect(guesses.every(({ probability }) => probability >= 0)).toBe(true);
        expect(sum).toBeLessThanOrEqual(1 + 1e-9);
        expect(backwards[0]?.probability).toBeCloseTo(guesses[0]?.probability ?? 0, 9);
      }),
    );
  });
});
