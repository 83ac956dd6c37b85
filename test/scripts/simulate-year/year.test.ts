import { ArgumentsError, parseArguments } from '../../../scripts/simulate-year/arguments';
import { misuseKinds } from '../../../scripts/simulate-year/misuse';
import { precisionOf } from '../../../scripts/simulate-year/precision';
import { auditYear, makeYear, YearError } from '../../../scripts/simulate-year/year';
import { madeConfiguration } from '../../core/contract/made-configuration';

const configuration = madeConfiguration();
const quick = { cameras: 8, faults: 1, months: 4, configuration };

it('finds every misuse that was planted, and accuses at most one innocent user in fifty [Acct-A]', () => {
  const misuse = new Map(misuseKinds.map((kind) => [kind, 1] as const));
  const year = makeYear({ ...quick, seed: 2026, users: 100, misuse });
  const { rows, missed, innocents, accused } = precisionOf(year, auditYear(year, configuration));
  expect(rows).toHaveLength(17);
  expect(missed).toEqual([]);
  expect(innocents).toBe(86);
  expect(accused.length).toBeLessThanOrEqual(1);
});

it('makes the same year of the same seed, and another of another', () => {
  const year = (seed: number) =>
    makeYear({ ...quick, months: 1, faults: 0, seed, users: 50, misuse: new Map() }).ledger.events;
  expect(JSON.stringify(year(1))).toBe(JSON.stringify(year(1)));
  expect(JSON.stringify(year(1))).not.toBe(JSON.stringify(year(2)));
});

it('says so when there is nobody left to plant a misuse on', () => {
  const misuse = new Map([['entry-kept-alive', 40] as const]);
  expect(() => makeYear({ ...quick, seed: 1, users: 50, misuse })).toThrow(YearError);
});

it('takes a mix by name, or by kinds and counts', () => {
  expect(parseArguments(['--misuse', 'bulk=4,off-duty']).misuse).toEqual(
    new Map([
      ['bulk', 4],
      ['off-duty', 1],
    ]),
  );
  expect(parseArguments(['--misuse', 'none']).misuse.size).toBe(0);
  expect(parseArguments([]).misuse.size).toBe(14);
  for (const wrong of [
    ['--misuse', 'gossip=1'],
    ['--seed', 'x'],
    ['--users', '3'],
    ['--moth', '1'],
  ])
    expect(() => parseArguments(wrong)).toThrow(ArgumentsError);
});
