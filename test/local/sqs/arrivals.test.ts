import { Arrivals } from '../../../local/sqs/arrivals';

const longMs = 60_000;

describe('waiting for a message', () => {
  it('ends when one arrives in that queue, long before the time is over', async () => {
    const arrivals = new Arrivals();
    const waiting = arrivals.next('frames', longMs);
    arrivals.tell('other');
    arrivals.tell('frames');

    await expect(waiting).resolves.toBeUndefined();
  });

  it('ends for everybody when the service ends, and never begins again', async () => {
    const arrivals = new Arrivals();
    const waiting = [arrivals.next('frames', longMs), arrivals.next('other', longMs)];
    arrivals.end();

    await Promise.all(waiting);
    await arrivals.next('frames', longMs);
    expect(arrivals.isEnded).toBe(true);
  });
});
