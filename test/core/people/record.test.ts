import * as fc from 'fast-check';
import { isTrained } from '../../../core/people/person';
import { livePerson, topicUntilMs, trainedUntilMs } from '../../../core/people/record';
import { asInTheFile } from '../../../core/sharing/sharing-now';
import { madeConfiguration } from '../contract/made-configuration';
import { madeRecord, takenOn } from './made-record';

const { training } = madeConfiguration();
const nowMs = Date.parse('2026-11-24T12:00:00Z');

it('holds until the first of the topics runs out, twelve months after its day [Training]', () => {
  const records = new Map([...takenOn('2026-06-30'), ['searching', '2026-02-01']]);
  expect(trainedUntilMs(records, training, nowMs)).toBe(Date.parse('2027-02-01T00:00:00Z'));
});

it.each([
  ['nothing was taken', new Map()],
  ['one topic was never taken', new Map([...takenOn('2026-06-30')].slice(1))],
  ['one topic is dated ahead of now', new Map([...takenOn('2026-06-30'), ['searching', '2026-11-25']])],
])('is no training where %s [Training]', (_, records) => {
  expect(trainedUntilMs(records, training, nowMs)).toBe(0);
});

it('asks for a topic from the moment that the configuration names it [Training]', () => {
  const topics = [...training.topics, { id: 'release-of-records', name: 'Release of records' }];
  const person = livePerson(madeRecord(), { sharing: asInTheFile, training: { ...training, topics }, nowMs });
  expect(isTrained(person, nowMs)).toBe(false);
});

it.each([
  ['2026-11-24', 12, '2027-11-24T00:00:00.000Z'],
  ['2028-02-29', 12, '2029-02-28T00:00:00.000Z'],
  ['2026-01-31', 1, '2026-02-28T00:00:00.000Z'],
  ['2026-10-31', 4, '2027-02-28T00:00:00.000Z'],
  ['2026-12-01', 1, '2027-01-01T00:00:00.000Z'],
])('training of %s for %i months runs out at %s [Training]', (day, months, expected) => {
  expect(new Date(topicUntilMs(day, months)).toISOString()).toBe(expected);
});

it('is no training on a day that is none [Training]', () => {
  const records = takenOn('2026-13-41');
  const person = livePerson(madeRecord({ training: records }), { sharing: asInTheFile, training, nowMs });
  expect(isTrained(person, nowMs)).toBe(false);
});

it('never holds longer than the months that were asked for', () => {
  fc.assert(
    fc.property(
      fc.date({ min: new Date('2020-01-01'), max: new Date('2040-01-01'), noInvalidDate: true }),
      fc.integer({ min: 1, max: 24 }),
      (date, months) => {
        const until = new Date(topicUntilMs(date.toISOString().slice(0, 10), months));
        const passed =
          (until.getUTCFullYear() - date.getUTCFullYear()) * 12 + until.getUTCMonth() - date.getUTCMonth();
        expect(passed).toBe(months);
        expect(until.getUTCDate()).toBeLessThanOrEqual(date.getUTCDate());
      },
    ),
  );
});

it('is on duty strictly before the end, and off duty without one [Access-G]', () => {
  const onDuty = (onDutyUntilMs?: number) =>
    livePerson(madeRecord(), { sharing: asInTheFile, training, onDutyUntilMs, nowMs }).onDuty;
  expect([onDuty(nowMs + 1), onDuty(nowMs), onDuty()]).toEqual([true, false, false]);
});
