import type { FiledNumber } from '../../core/cases/ports';
import type { Chance } from './chance';
import { actorOf, anyPlate, type Ledger, minutes, phoneOf } from './ledger';
import type { Member } from './staff';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

interface OpenCase {
  readonly number: FiledNumber;
  readonly plates: readonly string[];
  readonly until: number;
}

const given = ['Stolen Vehicle', 'Shots Fired', 'Suicidal Subject', 'Missing Person', 'Armed Robbery'];
const crimes = [
  'burglary',
  'robbery',
  'stolen car',
  'hit and run',
  'domestic battery',
  'shots fired',
  'retail theft',
  'kidnapping',
];
const places = [
  'pharmacy',
  'gas station',
  'school',
  'car park',
  'mall',
  'apartment block',
  'restaurant',
  'bus stop',
  'bank',
  'park',
];
const times = [
  'last night',
  'this morning',
  'an hour ago',
  'at noon',
  'yesterday',
  'on Sunday',
  'after midnight',
  'around six',
];
const details = [
  'two men fled',
  'driver with a beard',
  'victim saw the car leave',
  'caller followed it',
  'seen on video',
  'partial description only',
];
const thin = ['follow up', 'blue sedan again', 'welfare', 'unknown male', 'door knock', 'citizen report'];

/** A year of one honest user's work, in order of days. */
export function honestYear(ledger: Ledger, member: Member, startMs: number): void {
  const { chance } = member;
  const offset = chance.between(0, 6);
  let cases: readonly OpenCase[] = [];
  let awayUntil = -1;
  for (let day = member.from; day < member.to; day++) {
    if (day > awayUntil && chance.isTrue(0.004)) awayUntil = day + chance.between(5, 16);
    if (day <= awayUntil) continue;
    if (member.role === 'detective' || member.role === 'analyst') cases = renewed(ledger, cases, day, chance);
    const works = (day + offset) % 7 < 5;
    const worksNext = (day + 1 + offset) % 7 < 5;
    if (works || chance.isTrue(0.06)) shift(ledger, member, { day, startMs, cases, worksNext });
    if (!works && member.role === 'detective' && chance.isTrue(0.04))
      callOut(ledger, member, startMs + day * dayMs);
    if (chance.isTrue(0.0012)) slip(ledger, member, startMs + day * dayMs + 10 * hourMs);
  }
}

interface Shift {
  readonly day: number;
  readonly startMs: number;
  readonly cases: readonly OpenCase[];
  readonly worksNext: boolean;
}

function renewed(
  ledger: Ledger,
  cases: readonly OpenCase[],
  day: number,
  chance: Chance,
): readonly OpenCase[] {
  const open = cases.filter(({ until }) => until >= day);
  if (open.length >= 5 || !chance.isTrue(0.15)) return open;
  const plates = Array.from({ length: chance.between(1, 4) }, () => anyPlate(chance));
  return [...open, { number: ledger.newCase(), plates, until: day + chance.between(5, 120) }];
}

function shift(ledger: Ledger, member: Member, { day, startMs, cases, worksNext }: Shift): void {
  const { chance, shifts } = member;
  const block = shifts[Math.floor(day / 28) % shifts.length] ?? 7;
  const fromMs = startMs + day * dayMs + (block + 5) * hourMs + minutes(chance.between(-15, 15));
  const hours = chance.isTrue(0.08) ? chance.between(9, 12) : 8;
  const toMs = fromMs + hours * hourMs;
  if (member.saysDuty && !chance.isTrue(0.02)) ledger.duty(member, fromMs, toMs);
  const within = () => fromMs + Math.floor(chance.next() * (toMs - fromMs));
  for (const open of cases) if (chance.isTrue(0.5)) workOn(ledger, member, open, within);
  for (let left = chance.count(member.busy); left > 0; left--) incident(ledger, member, within(), worksNext);
  if (member.role === 'analyst' && chance.isTrue(0.06)) bulkOnCase(ledger, member, within());
  if (member.role === 'officer' && chance.isTrue(0.001)) canvass(ledger, member, within());
  if (member.role === 'commander' && chance.isTrue(0.04))
    shiftEntry(ledger, member, { atMs: within(), toMs });
  if (chance.isTrue(0.01)) incident(ledger, member, toMs + minutes(chance.between(5, 110)), false);
}

/** Each plate of a case, once or twice a day, under its number; now and then the number is left out. */
function workOn(ledger: Ledger, member: Member, { number, plates }: OpenCase, within: () => number): void {
  const { chance } = member;
  for (const plate of plates)
    for (let left = chance.between(1, 2); left > 0; left--) {
      const atMs = within();
      if (chance.isTrue(0.04)) ledger.look(member, { atMs, plate, phrase: phraseOf(member) });
      else filed(ledger, member, { atMs, plate, number });
    }
}

/** One matter: a plate, at times two or three, looked for once or until the car is found. */
function incident(ledger: Ledger, member: Member, atMs: number, worksNext: boolean): void {
  const { chance, reasons } = member;
  const kind = chance.next();
  const number =
    kind < reasons.caseNumber
      ? ledger.newCase()
      : kind < reasons.caseNumber + reasons.cadNumber
        ? ledger.newCall()
        : undefined;
  const phrase = phraseOf(member);
  const isExigent = number === undefined && chance.isTrue(0.004);
  const device = member.role === 'officer' && chance.isTrue(0.4) ? phoneOf(member, chance) : undefined;
  for (let plates = chance.isTrue(0.15) ? chance.between(2, 3) : 1; plates > 0; plates--) {
    const plate = anyPlate(chance);
    const looks = chance.isTrue(0.05) ? chance.between(3, 6) : chance.isTrue(0.2) ? 2 : 1;
    for (let look = 0; look < looks; look++) {
      const lookMs = atMs + look * minutes(chance.between(3, 40));
      const isUnclosed = chance.isTrue(0.0003);
      if (number === undefined)
        ledger.look(member, {
          atMs: lookMs,
          plate,
          phrase,
          isUnclosed,
          ...(isExigent ? { purpose: 'exigent' } : {}),
          ...(device ? { device } : {}),
        });
      else filed(ledger, member, { atMs: lookMs, plate, number });
    }
    // Not found that day: looked for on the next, too.
    if (worksNext && chance.isTrue(0.05))
      ledger.look(member, { atMs: atMs + dayMs, plate, phrase, ...(number ? { number } : {}) });
  }
}

/** Fingers slip; most see it and search again. */
function filed(
  ledger: Ledger,
  member: Member,
  look: { atMs: number; plate: string; number: FiledNumber },
): void {
  const { chance } = member;
  if (!chance.isTrue(0.012)) {
    ledger.look(member, look);
    return;
  }
  const at = look.number.text.length - chance.between(1, 3);
  const text = `${look.number.text.slice(0, at)}${chance.between(0, 9)}${look.number.text.slice(at + 1)}`;
  ledger.look(member, { ...look, number: { ...look.number, text } });
  if (chance.isTrue(0.6)) ledger.look(member, { ...look, atMs: look.atMs + minutes(2) });
}

function bulkOnCase(ledger: Ledger, member: Member, atMs: number): void {
  const { chance } = member;
  const number = ledger.newCase();
  for (let left = chance.between(40, 140); left > 0; left--)
    filed(ledger, member, { atMs: atMs + minutes(chance.between(0, 150)), plate: anyPlate(chance), number });
}

/** Every car in a car park after a shooting. */
function canvass(ledger: Ledger, member: Member, atMs: number): void {
  const { chance } = member;
  const number = chance.isTrue(0.6) ? ledger.newCall() : undefined;
  for (let left = chance.between(8, 22); left > 0; left--) {
    const look = { atMs: atMs + minutes(chance.between(0, 60)), plate: anyPlate(chance) };
    if (number === undefined) ledger.look(member, { ...look, phrase: 'Shots Fired' });
    else filed(ledger, member, { ...look, number });
  }
}

/** Called out at night, with a case. */
function callOut(ledger: Ledger, member: Member, dayMsStart: number): void {
  const { chance } = member;
  const number = ledger.newCase();
  const atMs = dayMsStart + chance.between(0, 23) * hourMs;
  for (let left = chance.between(1, 5); left > 0; left--)
    filed(ledger, member, { atMs: atMs + minutes(chance.between(0, 90)), plate: anyPlate(chance), number });
}

/** A word that is refused, and then the matter that was meant. */
function slip(ledger: Ledger, member: Member, atMs: number): void {
  const plate = anyPlate(member.chance);
  ledger.refuse(member, { atMs, plate, clause: 'Policy-C', message: 'No plate may be searched for towing.' });
  ledger.look(member, { atMs: atMs + minutes(2), plate, number: ledger.newCall() });
}

/** A commander lists a car for the shift; mostly it is found, removed or taken over. */
function shiftEntry(ledger: Ledger, member: Member, { atMs, toMs }: { atMs: number; toMs: number }): void {
  const { chance } = member;
  const entryId = ledger.newId();
  const actor = actorOf(member);
  ledger.add({ kind: 'hot-list-changed', actor, atMs, entryId, change: 'requested', expiresAtMs: toMs });
  if (chance.isTrue(0.85))
    ledger.add({
      kind: 'hot-list-changed',
      actor,
      atMs: Math.max(atMs + 1, toMs - minutes(5)),
      entryId,
      change: chance.of(['removed', 'taken-over']),
    });
}

export function phraseOf({ writes, habit, chance }: Member): string {
  if (chance.isTrue(0.05)) return chance.of(thin);
  if (writes === 'given') return chance.isTrue(0.6) ? chance.of(given.slice(0, 2)) : chance.of(given);
  if (writes === 'short') return chance.isTrue(0.6) ? habit : chance.of(crimes);
  return `${chance.of(crimes)} at the ${chance.of(places)} ${chance.of(times)}, ${chance.of(details)}`;
}
