import { DayKeyGone, SealBroken } from '../../../core/retention/day-key';
import { whileKept } from '../../../core/retention/while-kept';

const throwing = (error: Error) => () => {
  throw error;
};

it('gives what the key gives, and nothing once the key is gone [Storage-A]', () => {
  expect(whileKept(() => 'opened')).toBe('opened');
  expect(whileKept(throwing(new DayKeyGone('forgotten')))).toBeUndefined();
  expect(whileKept(throwing(new DayKeyGone('destroyed')))).toBeUndefined();
});

it('hides no other failure', () => {
  expect(() => whileKept(throwing(new SealBroken()))).toThrow(SealBroken);
});
