import fc from 'fast-check';
import type { AlertRecord } from '../../../core/alerts/alert-record';
import { HitNotRecorded } from '../../../core/alerts/record-hit';
import type { Read } from '../../../core/reads/read';
import { madePlate } from '../plate/made-plate';
import { capturedAtMs, madeRead } from '../reads/made-read';
import { madeHit, madeRejected, madeStolen, madeVerified, readIdOf } from './made-alert';
import { type HitFault, MadeHits } from './made-hits';

/** The n-th read of the listed vehicle, n minutes into the window. */
const read = (n: number, changes: Partial<Read> = {}) =>
  madeRead({ readId: readIdOf(n), capturedAtMs: capturedAtMs + n * 60_000, ...changes });
const hit = madeHit();
const lookAlike = madeHit({ grade: 'look-alike' });
const kinds = (hits: MadeHits) => hits.events.map((event) => event.kind);
const only = (hits: MadeHits): AlertRecord => {
  const [record, ...others] = hits.records.values();
  if (record === undefined || others.length > 0) throw new Error(`${hits.records.size} alerts`);
  return record;
};

describe('a hit', () => {
  it('raises an alert, tells the audit log what list it rests on, and is announced by id', async () => {
    const hits = new MadeHits();
    const sink = hits.sink({ nowMs: () => capturedAtMs + 400 });
    expect(await sink.record(read(0), madeHit({ vehicle: madeStolen() }))).toBe('raised');
    const { alert } = only(hits);
    expect(alert).toMatchObject({ state: 'open', misreadsBefore: 0, vehicle: madeStolen() });
    expect(hits.events).toMatchObject([
      {
        kind: 'alert-raised',
        atMs: capturedAtMs + 400,
        actor: { kind: 'system', name: 'match-reads' },
        alertId: alert.alertId,
        readId: readIdOf(0),
        network: 'bloomington',
        list: 'state-list',
        grade: 'exact',
      },
    ]);
    expect(JSON.stringify(hits.events)).not.toContain('TEST');
    expect(JSON.stringify(hits.events)).not.toContain(madeStolen().entryId);
    expect(hits.announced).toEqual([[alert.alertId, 'raised']]);
  });

  it('by the same read again changes nothing, and is announced again', async () => {
    const hits = new MadeHits();
    await hits.sink({ nowMs: () => 5 }).record(read(0), hit);
    const before = [structuredClone(only(hits)), [...hits.events]];
    const later = madeHit({ grade: 'look-alike', vehicle: madeStolen() });
    expect(await hits.sink({ nowMs: () => 9 }).record(read(0), later)).toBe('known');
    expect([only(hits), hits.events]).toEqual(before);
    expect(hits.announced.map(([, because]) => because)).toEqual(['raised', 'raised']);
    expect(hits.figures).toEqual(['AlertsRaised']);
  });

  it('by a further read of the window is a sighting of the same alert, announced when the camera is another', async () => {
    const hits = new MadeHits();
    const sink = hits.sink();
    await sink.record(read(0), hit);
    expect(await sink.record(read(1), hit)).toBe('sighted');
    expect(await sink.record(read(2, { cameraId: 'fixed-2', network: 'normal' }), hit)).toBe('sighted');
    expect(await sink.record(read(3, { cameraId: 'fixed-2', network: 'normal' }), hit)).toBe('sighted');
    expect(only(hits).trail.map((each) => [each.readId, each.cameraId])).toEqual([
      [readIdOf(1), 'fixed-1'],
      [readIdOf(2), 'fixed-2'],
      [readIdOf(3), 'fixed-2'],
    ]);
    expect(kinds(hits)).toEqual(['alert-raised', 'alert-sighted', 'alert-sighted', 'alert-sighted']);
    expect(hits.events[2]).toMatchObject({ readId: readIdOf(2), network: 'normal' });
    expect(hits.announced.map(([, because]) => because)).toEqual(['raised', 'changed']);
  });

  it('by a read that arrives late takes its place in the trail', async () => {
    const hits = new MadeHits();
    for (const n of [5, 3, 9, 1]) await hits.sink().record(read(n), hit);
    expect(only(hits).alert.readId).toBe(readIdOf(5));
    expect(only(hits).trail.map((each) => each.readId)).toEqual([1, 3, 9].map(readIdOf));
  });

  it('a quarter of an hour on is an alert of its own, of an outside list too', async () => {
    const hits = new MadeHits();
    const outside = madeHit({ vehicle: madeStolen() });
    for (const n of [0, 14, 15]) await hits.sink().record(read(n), outside);
    expect([...hits.records.values()].map(({ trail }) => trail.length)).toEqual([1, 0]);
  });

  it('of a car parked before a camera adds no more than fifty sightings', async () => {
    const hits = new MadeHits();
    const parked = (n: number) => read(n, { capturedAtMs: capturedAtMs + n * 1000 });
    for (let n = 0; n <= 50; n++) await hits.sink().record(parked(n), hit);
    expect(await hits.sink().record(parked(51), hit)).toBe('known');
    expect(only(hits).trail).toHaveLength(50);
    expect(hits.figures).toEqual(['AlertsRaised', 'SightingsLeftOut']);
  });

  it('of a day that is forgotten meanwhile leaves nothing [Storage-A]', async () => {
    const hits = new MadeHits();
    expect(await hits.sink({ isForgotten: true }).record(read(0), hit)).toBe('forgotten');
    await hits.sink().record(read(0), hit);
    expect(await hits.sink({ isForgotten: true }).record(read(1), hit)).toBe('forgotten');
    expect(kinds(hits)).toEqual(['alert-raised']);
  });

  it('comes again with its record when others were faster each time', async () => {
    const hits = new MadeHits();
    await expect(hits.sink({ isOvertaken: true }).record(read(0), hit)).rejects.toBeInstanceOf(
      HitNotRecorded,
    );
    expect(hits.events).toEqual([]);
  });
});

describe('whatever fails on the way', () => {
  const faults: HitFault[] = ['not-done', 'done-but-lost'];
  const cases = faults.flatMap((fault) => [1, 2, 3, 4, 5].map((call) => [fault, call] as const));

  it.each(cases)('(%s at call %i) the alert is raised once, told once and announced', async (fault, call) => {
    const hits = new MadeHits();
    const broken = hits.sink({ nowMs: () => 5, fault: (n) => (n === call ? fault : undefined) });
    await expect(broken.record(read(0), hit)).rejects.toThrow('injected');
    await hits.sink({ nowMs: () => 9 }).record(read(0), hit);
    expect(only(hits).trail).toEqual([]);
    expect(kinds(hits)).toEqual(['alert-raised']);
    expect(hits.events[0]?.atMs).toBe(only(hits).alert.raisedAtMs);
    expect(hits.announced.length).toBeGreaterThanOrEqual(1);
  });

  it.each(cases)('(%s at call %i) a sighting is kept once, told once and announced', async (fault, call) => {
    const hits = new MadeHits();
    await hits.sink().record(read(0), hit);
    const further = read(1, { cameraId: 'fixed-2' });
    hits.calls = 0;
    const broken = hits.sink({ nowMs: () => 5, fault: (n) => (n === call ? fault : undefined) });
    await expect(broken.record(further, hit)).rejects.toThrow('injected');
    await hits.sink({ nowMs: () => 9 }).record(further, hit);
    expect(only(hits).trail.map((each) => each.readId)).toEqual([readIdOf(1)]);
    expect(kinds(hits)).toEqual(['alert-raised', 'alert-sighted']);
    expect(hits.events[1]?.atMs).toBe(only(hits).trail[0]?.recordedAtMs);
    expect(
      hits.announced.map(([, because]) => because).filter((each) => each === 'changed').length,
    ).toBeGreaterThan(0);
  });

  it('no alert is lost and none doubled: reads in any order, repeated, with faults at random [Policy-G]', async () => {
    const script = fc.array(fc.nat({ max: 7 }), { minLength: 1, maxLength: 25 });
    await fc.assert(
      fc.asyncProperty(script, fc.infiniteStream(fc.nat({ max: 9 })), async (order, dice) => {
        const hits = new MadeHits();
        const faulty = hits.sink({ fault: () => faults[dice.next().value] });
        for (const n of order)
          for (let attempts = 0; ; attempts++)
            try {
              await (attempts < 5 ? faulty : hits.sink()).record(read(n, { cameraId: `fixed-${n}` }), hit);
              break;
            } catch {
              // As the stream does: the record comes again.
            }
        const { alert, trail } = only(hits);
        const reads = [alert, ...trail].map((each) => each.readId).sort();
        expect(reads).toEqual([...new Set(order)].sort().map(readIdOf));
        const told = hits.events.map((event) => event.eventId);
        expect(new Set(told).size).toBe(told.length);
        expect(told).toHaveLength(reads.length);
        expect(hits.announced.length).toBeGreaterThan(0);
      }),
    );
  });

  it('functions at once raise one alert and lose no sighting, whoever is faster', async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), async (scheduler) => {
        const hits = new MadeHits();
        const sinks = [0, 1, 2, 3].map(() =>
          hits.sink({ before: (name) => scheduler.schedule(Promise.resolve(), name) }),
        );
        const all = Promise.all(sinks.map((sink, n) => sink.record(read(n), hit)));
        await scheduler.waitFor(all);
        const { alert, trail } = only(hits);
        expect([alert, ...trail].map((each) => each.readId).sort()).toEqual([0, 1, 2, 3].map(readIdOf));
        expect(kinds(hits).sort()).toEqual(['alert-raised', ...Array(3).fill('alert-sighted')]);
      }),
    );
  });
});

describe('after a rejection', () => {
  const misread = read(0, { plate: madePlate('TEST12B') });

  it('the same innocent driver is not alerted on again, and the log says why [Policy-G]', async () => {
    const hits = new MadeHits();
    await hits.sink().record(misread, lookAlike);
    const { alertId } = only(hits).alert;
    hits.judge(alertId, madeRejected());
    for (const n of [1, 20, 1440])
      expect(await hits.sink().record({ ...misread, ...read(n), plate: misread.plate }, lookAlike)).toBe(
        'suppressed',
      );
    expect(only(hits).trail).toEqual([]);
    expect(hits.events.slice(1)).toMatchObject(
      Array(3).fill({ kind: 'alert-suppressed', because: alertId, network: 'bloomington' }),
    );
    expect(hits.announced).toHaveLength(1);
  });

  it('a suppressed read that comes again is told once, as of its capture', async () => {
    const hits = new MadeHits();
    await hits.sink().record(misread, lookAlike);
    hits.judge(only(hits).alert.alertId, madeRejected());
    for (const nowMs of [7, 9])
      await hits.sink({ nowMs: () => nowMs }).record(read(1, { plate: misread.plate }), lookAlike);
    expect(hits.events.slice(1)).toMatchObject([{ kind: 'alert-suppressed', atMs: capturedAtMs + 60_000 }]);
  });

  it('the read that raised the alert is known, however late it comes again', async () => {
    const hits = new MadeHits();
    await hits.sink().record(misread, lookAlike);
    hits.judge(only(hits).alert.alertId, madeRejected());
    expect(await hits.sink().record(misread, lookAlike)).toBe('known');
    expect(kinds(hits)).toEqual(['alert-raised']);
  });

  it('the wanted car alerts at once, in the same window too, and the alert says to look twice', async () => {
    const hits = new MadeHits();
    await hits.sink().record(misread, lookAlike);
    hits.judge(only(hits).alert.alertId, madeRejected());
    expect(await hits.sink().record(read(1), hit)).toBe('raised');
    const [, raised] = hits.records.values();
    expect(raised?.alert).toMatchObject({ readId: readIdOf(1), state: 'open', misreadsBefore: 1 });
  });

  it('of an exact reading nothing is suppressed: it could be the wanted car', async () => {
    const hits = new MadeHits();
    await hits.sink().record(read(0), hit);
    hits.judge(only(hits).alert.alertId, madeRejected());
    expect(await hits.sink().record(read(1), hit)).toBe('raised');
  });

  it('further reads join an alert that was verified, or rejected for a stale entry', async () => {
    for (const verification of [madeVerified(), madeRejected({ rejection: 'stale-entry' })]) {
      const hits = new MadeHits();
      await hits.sink().record(read(0), hit);
      hits.judge(only(hits).alert.alertId, verification);
      expect(await hits.sink().record(read(1), hit)).toBe('sighted');
    }
  });

  it('no innocent driver alerts twice and the wanted car always does, over random histories [Policy-G]', async () => {
    const readings = [
      { plate: 'TEST123', grade: 'exact' },
      { plate: 'TEST123', grade: 'exact-state-unknown' },
      { plate: 'TEST12B', grade: 'look-alike' },
      { plate: 'TEST129', grade: 'candidate' },
      { plate: 'TEST12', grade: 'near' },
      { plate: 'TEST123', state: 'WI', grade: 'state-differs' },
    ] as const;
    const step = fc.oneof(
      {
        weight: 3,
        arbitrary: fc.record({
          kind: fc.constant('read' as const),
          reading: fc.constantFrom(...readings),
          minutes: fc.nat({ max: 20 }),
        }),
      },
      { weight: 1, arbitrary: fc.record({ kind: fc.constant('replay' as const), at: fc.nat() }) },
      {
        weight: 2,
        arbitrary: fc.record({
          kind: fc.constant('judge' as const),
          rejection: fc.constantFrom('misread', 'other-vehicle', 'wrong-state', 'stale-entry', undefined),
        }),
      },
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 30 }), async (steps) => {
        const hits = new MadeHits();
        const past: (readonly [Read, ReturnType<typeof madeHit>])[] = [];
        const rejected = new Set<string>();
        let minutes = 0;
        for (const each of steps) {
          if (each.kind === 'judge') {
            const open = [...hits.records.values()].findLast(({ alert }) => alert.state === 'open');
            if (open === undefined) continue;
            const { rejection } = each;
            hits.judge(open.alert.alertId, rejection ? madeRejected({ rejection }) : madeVerified());
            const { plate, issuingState, grade } = open.alert;
            if (rejection !== undefined && rejection !== 'stale-entry')
              rejected.add(`${plate} ${issuingState} ${grade.startsWith('exact')}`);
            continue;
          }
          if (each.kind === 'replay') {
            const again = past[each.at % Math.max(1, past.length)];
            if (again === undefined) continue;
            const before = hits.records.size;
            expect(['known', 'suppressed']).toContain(await hits.sink().record(...again));
            expect(hits.records.size).toBe(before);
            continue;
          }
          minutes += each.minutes;
          const { plate, grade } = each.reading;
          const state = 'state' in each.reading ? each.reading.state : 'IL';
          const seen = read(minutes, { readId: readIdOf(past.length), plate: madePlate(plate), state });
          const found = madeHit({ grade });
          past.push([seen, found]);
          const outcome = await hits.sink().record(seen, found);
          const isExact = grade.startsWith('exact');
          const wasRejected = !isExact && rejected.has(`${plate} ${state} false`);
          expect(outcome === 'suppressed').toBe(wasRejected);
          if (wasRejected) continue;
          const holder = [...hits.records.values()].find(({ alert, trail }) =>
            [alert, ...trail].some(({ readId }) => readId === seen.readId),
          );
          expect(['open', 'verified', 'rejected']).toContain(holder?.alert.state);
          if (holder?.alert.state === 'rejected') expect(holder.verification?.rejection).toBe('stale-entry');
        }
      }),
      { numRuns: 400 },
    );
  });
});
