import { randomUUID } from 'node:crypto';
import type { PlatePattern } from '../../core/plate/pattern';
import { encodeDetected } from '../../core/reads/detected';
import { encodeEnvelope, signEnvelope } from '../../core/reads/envelope';
import type { CapturedRead, Read } from '../../core/reads/read';
import { ownReadId } from '../../core/reads/read-id';
import { type CaptureDay, captureDay } from '../../core/retention/day';
import { findReads } from '../../core/search/find-reads';
import type { AnsweredRead } from '../../core/search/ports';
import { madeConfiguration } from '../core/contract/made-configuration';
import { madePlate } from '../core/plate/made-plate';
import { devicePrivateKey, madeCaptured } from '../core/reads/made-read';
import { ReadThief } from '../support/read-thief';
import { type RetentionWorld, startRetentionWorld } from '../support/retention-world';

jest.setTimeout(1_800_000);

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
/** 29 February and, on 12 March, the change to daylight saving time of the department's clock lie within. */
const startMs = Date.parse('2028-02-10T00:00:00Z');
const daysOfTraffic = 45;
const isDeep = process.env.DEEP !== undefined;
/** Until the leap day is forgotten, too; in the deep run until the last day of the traffic is. */
const daysWatched = isDeep ? 76 : 50;
/** Before and after a day falls due, which is at 22:00; every hour in the deep run. */
const hoursSwept = isDeep ? [...Array(24).keys()] : [21, 22];

interface Sent {
  readonly readId: string;
  readonly plate: string;
  readonly capturedAtMs: number;
  readonly sentAtMs: number;
  readonly day: CaptureDay;
  readonly isAdmitted: boolean;
  readonly isAlerted: boolean;
  /** When a search first answered it, and kept which it was. */
  answeredAtMs?: number;
}

let world: RetentionWorld;
let thief: ReadThief;
const sent: Sent[] = [];
const faults: string[] = [];
const figures = { sweeps: 0, recovered: 0, refused: 0, searches: 0, answers: 0 };
let plates = 0;

beforeAll(async () => {
  world = await startRetentionWorld(startMs);
  thief = new ReadThief(world);
  for (let ms = startMs; ms < startMs + daysWatched * dayMs; ms += hourMs) await liveHour(ms);
});
afterAll(() => world.stop());

describe('45 days of traffic across a leap day and a change of daylight saving time', () => {
  it('never let a read of more than 30 days be recovered from any store, copy or memory, and lose none before its day is due [Storage-A]', () => {
    expect(faults).toEqual([]);
  });

  it('were looked through with reads to be found, and reads that were gone', () => {
    expect(sent.length).toBeGreaterThan(daysOfTraffic * 4);
    expect(sent.map(({ day }) => day)).toEqual(expect.arrayContaining(['2028-02-29', '2028-03-12']));
    expect(figures.sweeps).toBe(daysWatched * hoursSwept.length);
    expect(figures.recovered).toBeGreaterThan(5_000);
    expect(figures.refused).toBeGreaterThan(2_000);
    expect(figures.searches).toBeGreaterThan(50);
    expect(figures.answers).toBeGreaterThan(500);
  });

  it('leave only what is not due, and no function had to complain', async () => {
    const { days } = await thief.recover();
    const left = new Set([...days.values()].flatMap((opened) => [...opened]));
    expect([...left].sort()[0]).toBe(isDeep ? undefined : '2028-03-02');
    expect(world.complaints).toEqual([]);
  });
});

async function liveHour(ms: number): Promise<void> {
  const hour = new Date(ms).getUTCHours();
  const isTraffic = ms < startMs + daysOfTraffic * dayMs;
  world.setTime(ms);
  if (isTraffic && hour === 0) await sendAtMidnight(ms);
  if (isTraffic && hour === 9) await sendByDay(ms);
  if (isTraffic && hour === 20) await thief.copy([captureDay(ms - dayMs), captureDay(ms)]);
  if (hour === 4) {
    await world.purgeExpired();
    await world.tidy();
  }
  if (hour === 21) await thief.copy([captureDay(ms - 29 * dayMs)]);
  if (hoursSwept.includes(hour)) {
    await world.forgetDay();
    await sweep(ms);
  }
  if (hour === 21 || hour === 22) await useSearch(ms);
}

/** Whatever the thief can open, held against what the policy says of each read that was ever sent. */
async function sweep(ms: number): Promise<void> {
  figures.sweeps++;
  const { reads, days } = await thief.recover();
  const at = new Date(ms).toISOString();
  for (const each of sent) {
    const stores = reads.get(each.readId) ?? new Set<string>();
    const expected = [each.isAdmitted ? 'reads' : 'quarantine', ...(each.isAlerted ? ['alerts'] : [])];
    if (ms >= each.capturedAtMs + 30 * dayMs && stores.size > 0)
      faults.push(`${at}: a read of ${each.day} was recovered after 30 days from ${[...stores].join(', ')}`);
    if (isDue(each.day, ms)) {
      figures.refused++;
      if (stores.size > 0) faults.push(`${at}: ${each.day} was due, and open in ${[...stores].join(', ')}`);
    } else if (ms > each.sentAtMs + dayMs) {
      // By then the daily copies of the stores hold it.
      figures.recovered++;
      for (const store of [...expected, ...(each.isAdmitted ? ['images'] : [])])
        if (!stores.has(store)) faults.push(`${at}: a read of ${each.day} was lost from ${store}`);
      if (each.answeredAtMs === undefined || ms <= each.answeredAtMs + dayMs) continue;
      figures.answers++;
      if (!stores.has('answers')) faults.push(`${at}: a read of ${each.day} was lost from answers`);
    }
  }
  for (const [store, opened] of days)
    for (const day of opened) if (isDue(day, ms)) faults.push(`${at}: ${store} gave something of ${day}`);
}

/** As the search function, whose memory is warm, answers: of the oldest day that stands, the one due, and today's. */
async function useSearch(ms: number): Promise<void> {
  for (const back of [1, 29, 30]) {
    const day = captureDay(ms - back * dayMs);
    for (const each of sent.filter((one) => one.day === day && one.isAdmitted).slice(-1)) {
      figures.searches++;
      const range = { fromMs: each.capturedAtMs, toMs: each.capturedAtMs };
      const query = { ...range, networks: ['bloomington'], limit: 50, nowMs: ms };
      for (const text of [each.plate, `${each.plate.slice(0, -1)}*`]) {
        const pattern = text as PlatePattern;
        const { found } = await findReads(world.search, { ...query, pattern, retentionDays: 30 });
        const isFound = found.some(({ read }) => read.readId === each.readId);
        if (isFound === isDue(day, ms))
          faults.push(`${day}: found ${isFound} at ${new Date(ms).toISOString()}`);
        if (isFound && each.answeredAtMs === undefined)
          await keepAnswer(
            each,
            found.map(({ read, row }) => ({ readId: read.readId, network: read.network, day, ...row })),
          );
      }
      const picture = await world.images.get({ day, readId: each.readId, image: 'plate' });
      if ((picture !== undefined) === isDue(day, ms)) faults.push(`${day}: picture ${picture !== undefined}`);
    }
  }
}

/** As a search keeps what it answered, and where its next page begins. */
async function keepAnswer(each: Sent, reads: readonly AnsweredRead[]): Promise<void> {
  const nowMs = world.clock.now();
  const after = { capturedAtMs: each.capturedAtMs, placeTime: reads[0]?.placeTime ?? '' };
  await world.records.storePage({
    searchId: randomUUID(),
    page: 1,
    reads,
    truncated: false,
    next: { pageId: 'made-up-page', start: { page: 2, answeredBefore: 1, after } },
    account: { username: 'made-up.officer', agency: 'made-up-agency', nowMs },
    caps: madeConfiguration().caps,
  });
  each.answeredAtMs = nowMs;
}

/** From 22:00 of the 30th day on, counted from the day itself. */
function isDue(day: CaptureDay, ms: number): boolean {
  return ms >= Date.parse(`${day}T22:00:00Z`) + 29 * dayMs;
}

async function sendAtMidnight(ms: number): Promise<void> {
  if (ms > startMs) await sendEnvelope(ms, [captured(ms - 1000)]);
}

async function sendByDay(ms: number): Promise<void> {
  const alerted = captured(ms - 2000, { plate: madePlate('TEST123') });
  const envelope = await sendEnvelope(ms, [captured(ms - 1000), alerted]);
  await world.hits.record(owned(alerted.read));
  note(alerted.read, { isAlerted: true });

  const detected = captured(ms - 3000, { cameraId: 'fixed-2' });
  const frame = `${ms}.jpg`;
  await world.arrive('Detected', encodeDetected({ cameraId: 'fixed-2', frame, reads: [detected] }));
  note(detected.read);

  const moved = captured(ms - 4000, { position: { latitude: 41, longitude: -89 } });
  await sendEnvelope(ms, [moved], { isAdmitted: false });

  const dayNumber = Math.floor((ms - startMs) / dayMs);
  // A car that was out of reach for six days, and a record that could not be stored, with its frame.
  if (dayNumber % 5 === 1 && dayNumber > 6) await sendEnvelope(ms, [captured(ms - 6 * dayMs)]);
  if (dayNumber % 5 === 2) {
    await world.leave('failures', `made-up-${dayNumber}`, envelope);
    await world.leave('frames', `made-up-${dayNumber}`, envelope);
  }
}

async function sendEnvelope(
  ms: number,
  reads: readonly CapturedRead[],
  as: { readonly isAdmitted?: boolean } = {},
): Promise<Uint8Array> {
  const bytes = encodeEnvelope(signEnvelope({ cameraId: 'fixed-1', sentAtMs: ms, reads }, devicePrivateKey));
  await world.arrive('Cameras', bytes);
  for (const { read } of reads) if (read.plate !== 'TEST123') note(read, as);
  return bytes;
}

/** Each read has a plate of its own, so that one that is found is that one. */
function captured(capturedAtMs: number, changes: Partial<Read> = {}): CapturedRead {
  const plate = madePlate(`TEST${String(++plates).padStart(3, '0')}A`);
  return madeCaptured({ readId: randomUUID(), capturedAtMs, plate, ...changes });
}

function owned(read: Read): Read {
  return { ...read, readId: ownReadId(read.cameraId, read.readId) };
}

function note(read: Read, as: { readonly isAdmitted?: boolean; readonly isAlerted?: boolean } = {}): void {
  const { readId, plate, capturedAtMs } = owned(read);
  const day = captureDay(capturedAtMs);
  const { isAdmitted = true, isAlerted = false } = as;
  sent.push({ readId, plate, capturedAtMs, sentAtMs: world.clock.now(), day, isAdmitted, isAlerted });
}
