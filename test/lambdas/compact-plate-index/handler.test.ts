import { type CaptureDay, parseCaptureDay } from '../../../core/retention/day';
import {
  CompactionUnfinished,
  type CompactPlateIndexDeps,
  makeHandler,
} from '../../../lambdas/compact-plate-index/handler';
import { recordedCounters } from '../recorded';

const day = (text: string): CaptureDay => {
  const parsed = parseCaptureDay(text);
  if (parsed === undefined) throw new Error('no day');
  return parsed;
};
const today = day('2026-11-24');
const yesterday = day('2026-11-23');

function setUp(changes: Partial<CompactPlateIndexDeps> = {}, failing = '') {
  const { counters, figures } = recordedCounters();
  const asked: string[] = [];
  const complaints: Readonly<Record<string, string>>[] = [];
  const handler = makeHandler({
    compaction: {
      networks: async () => ['bloomington', 'normal'],
      compact: async (of, network, segmentsMin) => {
        asked.push(`${of} ${network} ${segmentsMin}`);
        if (network === failing) throw new Error('made up');
        return { kind: 'compacted', segments: 3, unreadable: 1 };
      },
    },
    days: async () => [day('2026-09-01'), yesterday, today],
    retentionDays: 30,
    counters,
    log: { error: (_, facts) => complaints.push(facts) },
    now: () => Date.parse('2026-11-24T12:00:00Z'),
    ...changes,
  });
  return { handler, asked, figures, complaints };
}

describe('compact-plate-index', () => {
  it('puts together a day that is over from two segments on, and the day under way from eight on', async () => {
    const { handler, asked, figures } = setUp();
    expect(await handler()).toEqual({ compacted: 12 });
    expect(asked).toEqual([
      '2026-11-24 bloomington 8',
      '2026-11-24 normal 8',
      '2026-11-23 bloomington 2',
      '2026-11-23 normal 2',
    ]);
    expect(figures).toEqual(['SegmentsCompacted 12', 'SegmentsUnreadable 4']);
  });

  it('leaves forgotten days alone [Storage-A]', async () => {
    const { handler, asked } = setUp({ days: async () => [day('2026-10-24')] });
    await handler();
    expect(asked).toEqual([]);
  });

  it('goes on behind a failure and fails at its end', async () => {
    const { handler, asked, complaints } = setUp({}, 'bloomington');
    await expect(handler()).rejects.toThrow(CompactionUnfinished);
    expect(asked).toHaveLength(4);
    expect(complaints).toMatchObject([{ step: 'compact' }, { step: 'compact' }]);
  });

  it('begins nothing after its time, which the next run goes on with', async () => {
    let calls = 0;
    const { handler, asked } = setUp({ now: () => Date.parse('2026-11-24T12:00:00Z') + calls++ * 60_000 });
    expect(await handler()).toEqual({ compacted: 6 });
    expect(asked).toEqual(['2026-11-24 bloomington 8', '2026-11-24 normal 8']);
  });
});
