import { GetItemCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import { StoredSearchAllowance } from '../../../adapters/searches/search-allowance';
import { StoredSearchRecords } from '../../../adapters/searches/search-records';
import { StoredSearchTraces } from '../../../adapters/searches/search-traces';
import { type CaptureDay, captureDay } from '../../../core/retention/day';
import type { AnsweredRead, Caps, SearchRecord, SearchRecords } from '../../../core/search/ports';
import { madeConfiguration } from '../../core/contract/made-configuration';
import { request } from '../../core/search/made-search';
import { type LocalDynamo, startDynamo } from '../local-dynamo';
import { madeDayKeys } from '../made-day-keys';

const noon = Date.parse('2026-11-24T12:00:00Z');
const { caps: shipped } = madeConfiguration();
const dayMs = 86_400_000;
let clockMs = noon;
let local: LocalDynamo;
let allowance: StoredSearchAllowance;
let records: StoredSearchRecords;

beforeAll(async () => {
  local = await startDynamo();
  await local.createTable('Usage', 'username', 'day');
  await local.createTable('Searches', 'searchId');
  await local.createTable('Answers', 'searchId', 'item');
  const { dynamo } = local;
  allowance = new StoredSearchAllowance({ dynamo, table: 'Usage' });
  records = new StoredSearchRecords({
    dynamo,
    usageTable: 'Usage',
    searchesTable: 'Searches',
    answersTable: 'Answers',
    dayKeys: madeDayKeys(() => clockMs),
    retentionDays: 30,
  });
});
afterAll(() => local.stop());
beforeEach(() => {
  clockMs = noon;
});

describe('the caps on searching [Storage-A]', () => {
  const use = (
    username: string,
    caps: Partial<Caps> = {},
    more: { nowMs?: number; agency?: string } = {},
  ) => ({
    username,
    agency: 'made-up-agency',
    nowMs: noon,
    cameraHours: 0,
    caps: { ...shipped, ...caps },
    ...more,
  });

  it('lets exactly as many of parallel searches pass as an hour, a day or an agency may', async () => {
    for (const [username, caps, cap] of [
      ['by-hour', { searchesPerHour: 3 }, 'searches-per-hour'],
      ['by-day', { searchesPerDay: 3 }, 'searches-per-day'],
    ] as const) {
      const outcomes = await Promise.all(
        Array.from({ length: 8 }, () => allowance.take(use(username, caps))),
      );
      expect(outcomes.filter((each) => each === undefined)).toHaveLength(3);
      expect(new Set(outcomes)).toEqual(new Set([undefined, cap]));
    }
    const agency = { agency: 'another-agency' };
    const many = await Promise.all(
      Array.from({ length: 8 }, (_, at) =>
        allowance.take(use(`member-${at}`, { agencySearchesPerDay: 5 }, agency)),
      ),
    );
    expect(many.filter((each) => each === undefined)).toHaveLength(5);
    expect(new Set(many)).toEqual(new Set([undefined, 'agency-searches-per-day']));
  });

  it('begins anew with the hour and with the day', async () => {
    const caps = { searchesPerHour: 1, searchesPerDay: 2 };
    const at = (nowMs: number) => allowance.take(use('made-up.anew', caps, { nowMs }));
    expect(await at(noon)).toBeUndefined();
    expect(await at(noon + 1)).toBe('searches-per-hour');
    expect(await at(noon + 3_600_000)).toBeUndefined();
    expect(await at(noon + 7_200_000)).toBe('searches-per-day');
    expect(await at(noon + dayMs)).toBeUndefined();
  });

  it('counts cameras and hours together, and no search that goes beyond them', async () => {
    const caps = { place: { ...shipped.place, cameraHoursPerDay: 100 } };
    const at = (cameraHours: number) => allowance.take({ ...use('made-up.places', caps), cameraHours });
    expect(await at(101)).toBe('camera-hours-per-day');
    expect(await at(60)).toBeUndefined();
    expect(await at(41)).toBe('camera-hours-per-day');
    expect(await at(40)).toBeUndefined();
    expect(await at(0)).toBeUndefined();
    const { Item } = await local.dynamo.send(
      new GetItemCommand({
        TableName: 'Usage',
        Key: { username: { S: 'made-up.places' }, day: { S: '2026-11-24 searches' } },
      }),
    );
    expect(Item?.count?.N).toBe('3');
  });
});

it('shows each search the traces of all parallel ones of that user and day', async () => {
  const traces = new StoredSearchTraces({ dynamo: local.dynamo, table: 'Usage' });
  const add = (username: string, nowMs: number, ...left: readonly string[]) =>
    traces.add({ username, nowMs, traces: left });
  const seen = await Promise.all(
    ['a', 'b', 'c', 'd'].map((each) => add('made-up.walker', noon, each, 'same')),
  );
  expect(Math.max(...seen.map((each) => each.length))).toBe(5);
  expect(await add('made-up.walker', noon + dayMs, 'e')).toEqual(['e']);
  expect(await add('made-up.other', noon, 'e')).toEqual(['e']);
});

describe('a page', () => {
  it('is stored and counted once, also in parallel [Storage-A]', async () => {
    const username = 'made-up.parallel';
    const page = made(1, { username, reads: 3 });
    const outcomes = await Promise.all(Array.from({ length: 6 }, () => records.storePage(page)));
    expect(outcomes.toSorted()).toEqual(['stored', ...Array<string>(5).fill('stored-before')]);
    expect(await countOf(username, '2026-11-24 reads')).toBe('3');
    expect(await countOf(' agency made-up-agency', '2026-11-24 reads')).toBe('3');
    expect(await records.page(page.searchId, 1)).toEqual({
      readIds: [uuid(1), uuid(2), uuid(3)],
      truncated: false,
      hasNext: true,
    });
  });

  it('beyond the day of a user or an agency is neither stored nor counted, also in parallel [Storage-A]', async () => {
    const username = 'made-up.greedy';
    const pages = Array.from({ length: 6 }, (_, at) =>
      made(20 + at, { username, reads: 4, agency: 'greedy-agency', caps: { resultsPerDay: 10 } }),
    );
    const outcomes = await Promise.all(pages.map((page) => records.storePage(page)));
    expect(outcomes.filter((each) => each === 'stored')).toHaveLength(2);
    expect(new Set(outcomes)).toEqual(new Set(['stored', 'results-per-day']));
    expect(await countOf(username, '2026-11-24 reads')).toBe('8');
    const capped = pages.find((_, at) => outcomes[at] === 'results-per-day');
    expect(await records.find(capped?.searchId ?? '')).toBeUndefined();
    expect(await records.page(capped?.searchId ?? '', 1)).toBeUndefined();
    const others = { username: 'made-up.colleague', agency: 'greedy-agency', reads: 3 };
    expect(await records.storePage(made(40, { ...others, caps: { agencyResultsPerDay: 10 } }))).toBe(
      'agency-results-per-day',
    );
  });

  it('gives the search, and where the next page begins, to whoever has its id for 15 minutes', async () => {
    const page = made(50, { username: 'made-up.pages', reads: 2 });
    await records.storePage(page);
    expect(await records.find(page.searchId)).toEqual(page.record);
    const at = (nowMs: number) => records.pageStart(page.searchId, 'made-up-page', nowMs);
    expect(await at(noon + 899_000)).toEqual(page.next?.start);
    expect(await at(noon + 900_000)).toBeUndefined();
    expect(await records.pageStart(page.searchId, 'another-page', noon)).toBeUndefined();
    expect(await records.pageStart(uuid(999), 'made-up-page', noon)).toBeUndefined();
  });

  it('lies under the keys of its capture days: what is forgotten is not in it any more [Storage-A]', async () => {
    const page = made(60, { username: 'made-up.forgets', reads: 2, days: ['2026-10-26', '2026-11-24'] });
    await records.storePage(page);
    const { kept, ...counts } = await records.answered(page.searchId);
    expect(counts).toEqual({ pages: 1, reads: 2 });
    expect(kept).toEqual([...page.reads].sort((a, b) => a.day.localeCompare(b.day)));
    clockMs = Date.parse('2026-11-24T22:00:00Z');
    expect((await records.answered(page.searchId)).kept.map(({ readId }) => readId)).toEqual([uuid(61)]);
    expect(await records.page(page.searchId, 1)).toMatchObject({ readIds: [uuid(61)] });
    clockMs = Date.parse('2026-12-23T22:00:00Z');
    expect(await records.pageStart(page.searchId, 'made-up-page', noon)).toBeUndefined();
    expect(await records.answered(page.searchId)).toMatchObject({ reads: 2, kept: [] });
  });

  it('says in clear neither where nor when a vehicle was seen, but for the capture day', async () => {
    await records.storePage(made(70, { username: 'made-up.clear', reads: 2 }));
    const { Items = [] } = await local.dynamo.send(new ScanCommand({ TableName: 'Answers' }));
    const clear = JSON.stringify(Items.map(({ sealed: _, ...rest }) => rest));
    for (const secret of ['bloomington#', uuid(70), '1795', 'TEST123'])
      expect(
        clear.replaceAll(/"expiresAt":\{"N":"\d+"\}/g, '').replaceAll(/"searchId":\{"S":"[^"]+"\}/g, ''),
      ).not.toContain(secret);
  });
});

async function countOf(username: string, day: string): Promise<string | undefined> {
  const { Item } = await local.dynamo.send(
    new GetItemCommand({ TableName: 'Usage', Key: { username: { S: username }, day: { S: day } } }),
  );
  return Item?.count?.N;
}

function made(
  n: number,
  options: {
    readonly username: string;
    readonly reads: number;
    readonly agency?: string;
    readonly days?: readonly string[];
    readonly caps?: Partial<Caps>;
  },
): Parameters<SearchRecords['storePage']>[0] {
  const { username, agency = 'made-up-agency', days = ['2026-11-24'] } = options;
  const searchId = uuid(1000 + n);
  const record: SearchRecord = {
    searchId,
    username,
    agency,
    askedAtMs: noon,
    request,
    networks: ['bloomington'],
  };
  const reads = Array.from({ length: options.reads }, (_, at): AnsweredRead => {
    const day = captureDay(Date.parse(`${days[at % days.length]}T00:00:00Z`)) satisfies CaptureDay;
    const placeTime = `bloomington#${Date.parse(`${day}T09:00:00Z`)}#${uuid(n + at)}`;
    return { readId: uuid(n + at), day, network: 'bloomington', plateKey: Buffer.alloc(16, at), placeTime };
  });
  const after = { capturedAtMs: Date.parse('2026-11-24T09:00:00Z'), placeTime: reads[0]?.placeTime ?? '' };
  return {
    searchId,
    page: 1,
    reads,
    truncated: false,
    next: { pageId: 'made-up-page', start: { page: 2, answeredBefore: options.reads, after } },
    account: { username, agency, nowMs: noon },
    caps: { ...shipped, ...options.caps },
    record,
  };
}

function uuid(last: number): string {
  return `00000000-0000-4000-8000-${String(last).padStart(12, '0')}`;
}
