import { emfCounters } from '../../lambdas/counters';

describe('the counters of a function', () => {
  it('write one EMF line a figure, with codes as dimensions', () => {
    const lines: string[] = [];
    const spy = jest.spyOn(process.stdout, 'write').mockImplementation((line) => {
      lines.push(String(line));
      return true;
    });
    const counters = emfCounters('record-reads');
    counters.count('Quarantined', 2, { reason: 'moved' });
    counters.gauge('OldestDayKeyAgeHours', 0);
    counters.count('ReadsStored', 0);
    spy.mockRestore();

    expect(lines.map((line) => JSON.parse(line))).toEqual([
      expect.objectContaining({
        service: 'record-reads',
        reason: 'moved',
        Quarantined: 2,
        _aws: expect.objectContaining({
          CloudWatchMetrics: [
            {
              Namespace: 'Platekeeper',
              Dimensions: [['service', 'reason']],
              Metrics: [{ Name: 'Quarantined', Unit: 'Count' }],
            },
          ],
        }),
      }),
      expect.objectContaining({ service: 'record-reads', OldestDayKeyAgeHours: 0 }),
    ]);
  });
});
