import { bulkUse } from '../../../core/month-audit/rules/bulk-use';
import { copiedReasons } from '../../../core/month-audit/rules/copied-reasons';
import { exigentUse } from '../../../core/month-audit/rules/exigent-use';
import { isolatedSession } from '../../../core/month-audit/rules/isolated-session';
import { offDutyUse } from '../../../core/month-audit/rules/off-duty-use';
import { plateOverWeeks } from '../../../core/month-audit/rules/plate-over-weeks';
import { prohibitedAttempts } from '../../../core/month-audit/rules/prohibited-attempts';
import { repeatedPlace, repeatedPlate } from '../../../core/month-audit/rules/repeated-plate';
import { trainingLapsed } from '../../../core/month-audit/rules/training-lapsed';
import { unknownNumber } from '../../../core/month-audit/rules/unknown-number';
import { vagueReasons } from '../../../core/month-audit/rules/vague-reasons';
import { called, dayShifts, days, filed, said, setting, severities, unknown, use, user } from './made-user';

const plate = { plate: 'TEST123' };
const plates = (count: number, uses: (at: number) => ReturnType<typeof use>) =>
  Array.from({ length: count }, (_, at) => ({ ...uses(at), plate: `TEST${at}` }));

describe('one plate again and again', () => {
  const eachDay = (facts: object) => days(5).map((day) => use(`11-${day}T15:00`, { ...plate, ...facts }));

  it('is found without a case [Access-B] [Acct-A]', () => {
    const [finding] = repeatedPlate(user(eachDay(said('Stolen Vehicle'))), setting);
    expect(finding).toMatchObject({
      kind: 'repeated-plate',
      severity: 'medium',
      count: 5,
      clause: 'Access-B',
    });
    expect(JSON.stringify(finding)).not.toContain('TEST123');
  });

  it('is found under a number that nobody knows', () => {
    expect(severities(repeatedPlate(user(eachDay(unknown('2019-0000001'))), setting))).toEqual(['medium']);
  });

  it('is no finding on a case, though the number is left out once', () => {
    const uses = [...eachDay(filed()), use('11-06T15:00', { ...plate, ...said('Stolen Vehicle') })];
    expect(repeatedPlate(user(uses), setting)).toEqual([]);
  });

  it('is no finding in one pursuit', () => {
    const uses = ['15:00', '15:04', '15:09', '15:40', '16:10'].map((time) =>
      use(`11-03T${time}`, { ...plate, ...said('Stolen Vehicle') }),
    );
    expect(repeatedPlate(user(uses), setting)).toEqual([]);
  });

  it('is not halved by the end of a month', () => {
    const uses = ['10-28', '10-30', '11-01', '11-03'].map((day) =>
      use(`${day}T15:00`, { ...plate, ...said('Stolen Vehicle') }),
    );
    expect(severities(repeatedPlate(user(uses), setting))).toEqual(['medium']);
  });

  it('is found of a place, too [Access-B]', () => {
    const uses = days(5).map((day) => use(`11-${day}T15:00`, { place: '["a"]', ...said('Stolen Vehicle') }));
    expect(repeatedPlace(user(uses), setting)).toMatchObject([
      { kind: 'repeated-place', severity: 'medium' },
    ]);
  });
});

describe('one plate over weeks', () => {
  const weekly = (facts: (at: number) => object) =>
    ['10-20', '10-27', '11-03', '11-10', '11-17'].map((day, at) =>
      use(`${day}T15:00`, { ...plate, ...facts(at) }),
    );

  it('is found across months, in whatever words [Access-B] [Acct-A]', () => {
    expect(severities(plateOverWeeks(user(weekly((at) => said(`stolen ${at}`))), setting))).toEqual(['high']);
  });

  it('is found where every search names another dispatch number', () => {
    expect(severities(plateOverWeeks(user(weekly((at) => called(`26-000000${at}`))), setting))).toEqual([
      'high',
    ]);
  });

  it('is no finding on one case, however long', () => {
    expect(plateOverWeeks(user(weekly(() => filed())), setting)).toEqual([]);
  });
});

describe('off-duty use', () => {
  const duty = dayShifts(days(10));
  const atNight = (facts: object) =>
    days(4).map((day) => use(`11-${day}T07:00`, { plate: `TEST${day}`, ...facts }));

  it('is found at hours that are never the user’s [Access-G] [Acct-A]', () => {
    expect(severities(offDutyUse(user(atNight(said('Stolen Vehicle')), { duty }), setting))).toEqual([
      'medium',
    ]);
  });

  it('is no finding of who was called out on a case, nor just after the shift', () => {
    expect(offDutyUse(user(atNight(called()), { duty }), setting)).toEqual([]);
    const after = days(4).map((day) => use(`11-${day}T22:00`, said('Stolen Vehicle')));
    expect(offDutyUse(user(after, { duty }), setting)).toEqual([]);
  });

  it('is low of who forgot to begin duty', () => {
    const forgotten = ['11', '12'].map((day) => use(`11-${day}T15:00`, said('Stolen Vehicle')));
    expect(severities(offDutyUse(user(forgotten, { duty }), setting))).toEqual(['low']);
  });

  it('is no finding of who never says when on duty', () => {
    expect(offDutyUse(user(atNight(said('Stolen Vehicle'))), setting)).toEqual([]);
  });
});

describe('isolated sessions', () => {
  const byDay = days(20).flatMap((day) =>
    ['15:00', '18:30'].map((time) =>
      use(`11-${day}T${time}`, { plate: `TEST${day}`, ...said('Shots Fired') }),
    ),
  );
  const atNight = (count: number) =>
    days(count, 21).map((day) => use(`11-${day}T08:00`, { plate: 'TEST999', ...said('Stolen Vehicle') }));

  it('are found, of one plate at odd hours [Acct-A]', () => {
    expect(severities(isolatedSession(user([...byDay, ...atNight(3)]), setting))).toEqual(['medium']);
  });

  it('are low once, and none of who works at night', () => {
    expect(severities(isolatedSession(user([...byDay, ...atNight(1)]), setting))).toEqual(['low']);
    const nights = days(25).flatMap((day) => [
      use(`11-${day}T07:30`, said('Shots Fired')),
      use(`11-${day}T09:45`),
    ]);
    expect(isolatedSession(user(nights), setting)).toEqual([]);
  });
});

describe('bulk use', () => {
  const inAnHour = (count: number, facts: object) =>
    plates(count, (at) => use(`11-03T15:${String(at % 60).padStart(2, '0')}`, facts));

  it('is found without a number, and under one dispatch number [Storage-A] [Acct-A]', () => {
    expect(severities(bulkUse(user(inAnHour(45, said('Shots Fired'))), setting))).toEqual(['medium']);
    expect(severities(bulkUse(user(inAnHour(100, called())), setting))).toEqual(['medium']);
  });

  it('is no finding on a case, nor in a car park after a shooting', () => {
    expect(bulkUse(user(inAnHour(120, filed())), setting)).toEqual([]);
    expect(bulkUse(user(inAnHour(18, said('Shots Fired'))), setting)).toEqual([]);
  });
});

describe('reasons', () => {
  const spread = (count: number, facts: (at: number) => object) =>
    plates(count, (at) => use(`11-${days(20)[at % 20]}T15:00`, facts(at)));

  it('that say little are found where they are the rule [Access-E] [Acct-A]', () => {
    expect(severities(vagueReasons(user(spread(20, () => said('green sedan'))), setting))).toEqual([
      'medium',
    ]);
  });

  it('that say little now and then are no finding', () => {
    const uses = spread(60, (at) =>
      said(at < 4 ? 'green sedan' : `Robbery at the bank, ${at} witnesses saw it`),
    );
    expect(vagueReasons(user(uses), setting)).toEqual([]);
  });

  it('that are pasted are found, with another number at the end, too [Access-E] [Acct-A]', () => {
    const pasted = spread(20, (at) => said(`person matches what was said at briefing ${at}`));
    expect(severities(copiedReasons(user(pasted), setting))).toEqual(['medium']);
    expect(severities(copiedReasons(user(spread(20, () => called())), setting))).toEqual(['medium']);
  });

  it('that are the Department’s own phrases, or a case, are no finding', () => {
    expect(copiedReasons(user(spread(20, () => said('Stolen Vehicle'))), setting)).toEqual([]);
    expect(copiedReasons(user(spread(60, () => filed())), setting)).toEqual([]);
  });
});

describe('prohibited purposes', () => {
  const refusal = (day: string, message: string) => ({
    ...use(`11-${day}T15:00`),
    clause: 'Policy-C',
    message,
    plate: 'TEST123',
  });

  it('are high when a grave one is searched under other words [Policy-C] [Acct-A]', () => {
    const refusals = [refusal('03', 'No plate may be searched for immigration enforcement.')];
    const uses = [use('11-03T15:03', { ...plate, ...said('Stolen Vehicle') })];
    expect(severities(prohibitedAttempts(user(uses, { refusals }), setting))).toEqual(['high']);
    expect(severities(prohibitedAttempts(user([], { refusals }), setting))).toEqual(['medium']);
  });

  it('are low for a slip of a word that is followed by the matter that was meant', () => {
    const refusals = ['03', '10'].map((day) => refusal(day, 'No plate may be searched for towing.'));
    const uses = ['03', '10'].map((day) => use(`11-${day}T15:02`, { ...plate, ...called() }));
    expect(severities(prohibitedAttempts(user(uses, { refusals }), setting))).toEqual(['low']);
  });
});

describe('numbers that nobody knows', () => {
  it('are found where they are a habit [Access-E] [Acct-A]', () => {
    const uses = days(8).map((day) => use(`11-${day}T15:00`, unknown(`2019-00000${day}`)));
    expect(severities(unknownNumber(user(uses), setting))).toEqual(['medium']);
  });

  it('are no finding where the slip was put right, and low among many', () => {
    const slip = [
      use('11-03T15:00', { ...plate, ...unknown('2026-0012354') }),
      use('11-03T15:02', { ...plate, ...filed() }),
    ];
    expect(unknownNumber(user(slip), setting)).toEqual([]);
    const many = [
      ...days(30).flatMap((day) => [use(`11-${day}T15:00`, filed()), use(`11-${day}T16:00`, filed())]),
    ];
    const slips = days(4).map((day) => use(`11-${day}T18:00`, unknown(`2026-99999${day}`)));
    expect(severities(unknownNumber(user([...many, ...slips]), setting))).toEqual(['low']);
  });
});

describe('made-up numbers among very many true ones', () => {
  const true300 = days(30).flatMap((day) =>
    Array.from({ length: 10 }, (_, at) => use(`11-${day}T15:0${at}`, filed())),
  );

  it('are found where chance cannot make so many [Access-E] [Acct-A]', () => {
    const made = days(12).map((day) => use(`11-${day}T18:00`, unknown(`2019-00000${day}`)));
    expect(severities(unknownNumber(user([...true300, ...made]), setting))).toEqual(['high']);
  });

  it('are low where as many are slips of a finger, and one slip that is copied on is one', () => {
    const mistyped = (text: string) => ({ ...unknown(text), numberStands: 'mistyped' as const });
    const slips = days(8).map((day) => use(`11-${day}T18:00`, mistyped(`2026-00000${day}`)));
    expect(severities(unknownNumber(user([...true300, ...slips]), setting))).toEqual(['low']);
    const copied = days(20).map((day) => use(`11-${day}T18:00`, mistyped('2026-0000001')));
    expect(severities(unknownNumber(user([...true300, ...copied]), setting))).toEqual(['low']);
  });
});

it('finds thin phrases in a busy user whose many true ones hide their share [Access-E] [Acct-A]', () => {
  const busy = days(30).flatMap((day) =>
    Array.from({ length: 4 }, (_, at) =>
      use(`11-${day}T15:0${at}`, said(`Robbery at the bank, ${at} witnesses saw it`)),
    ),
  );
  const thin = (count: number) => days(count).map((day) => use(`11-${day}T18:00`, said('green sedan')));
  expect(severities(vagueReasons(user([...busy, ...thin(26)]), setting))).toEqual(['medium']);
  expect(vagueReasons(user([...busy, ...thin(6)]), setting)).toEqual([]);
});

it('finds bulk use on both sides of the end of a month whole [Storage-A]', () => {
  const night = plates(45, (at) =>
    use(
      at < 22 ? `11-01T04:${String(38 + at)}` : `11-01T05:${String(at - 22).padStart(2, '0')}`,
      said('Shots Fired'),
    ),
  );
  expect(severities(bulkUse(user(night), setting))).toEqual(['medium']);
});

describe('exigent uses', () => {
  const exigent = (at: string) => use(at, { purpose: 'exigent' });

  it('are all listed; a habit of them is more [Policy-B] [Acct-A]', () => {
    expect(exigentUse(user([exigent('11-03T15:00')]))).toMatchObject([{ severity: 'low', count: 1 }]);
    const weekly = days(5).map((day) => exigent(`11-${day}T15:00`));
    expect(severities(exigentUse(user(weekly)))).toEqual(['medium']);
  });

  it('of one emergency are one', () => {
    const hour = ['15:00', '15:10', '15:20', '15:30', '15:40'].map((time) => exigent(`11-03T${time}`));
    expect(severities(exigentUse(user(hour)))).toEqual(['low']);
  });
});

describe('training', () => {
  const person = {
    username: 'officer-made-up',
    role: 'officer' as const,
    isDisabled: false,
    isSuspended: false,
    training: {},
    trainedUntilMs: Date.parse('2026-11-10T00:00:00Z'),
  };

  it('that ran out before a search is high, and without one low [Training] [Acct-A]', () => {
    expect(severities(trainingLapsed(person, user([use('11-12T15:00')]), setting.toMs))).toEqual(['high']);
    expect(severities(trainingLapsed(person, user([use('11-02T15:00')]), setting.toMs))).toEqual(['low']);
  });

  it('that holds, and that of who has no access, is no finding', () => {
    const uses = user([use('11-12T15:00')]);
    expect(trainingLapsed({ ...person, trainedUntilMs: setting.toMs }, uses, setting.toMs)).toEqual([]);
    expect(trainingLapsed({ ...person, isDisabled: true }, uses, setting.toMs)).toEqual([]);
  });
});
