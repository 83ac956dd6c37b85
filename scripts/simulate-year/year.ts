import type { AuditEvent } from '../../core/audit/event';
import type { Configuration } from '../../core/contract/configuration';
import { lookBackMs, MonthAudit } from '../../core/month-audit/month-audit';
import type { MonthFinding } from '../../core/month-audit/month-finding';
import { monthRange, monthsLater, parseReportMonth, type ReportMonth } from '../../core/reports/month';
import { Chance } from './chance';
import { honestYear } from './honest-work';
import { Ledger } from './ledger';
import { machineYear, type PlantedFault } from './machines';
import { fits, type MisuseKind, type Planted, plant } from './misuse';
import { type Member, makeStaff } from './staff';

const dayMs = 86_400_000;
const hourMs = 3_600_000;

export interface YearSetting {
  readonly seed: number;
  readonly users: number;
  readonly cameras: number;
  /** How often each kind is planted; each time on a user of its own. */
  readonly misuse: ReadonlyMap<MisuseKind, number>;
  /** How often a camera falls silent, a clock runs ahead and a stranger comes. */
  readonly faults: number;
  /** 12 but for a quick look. */
  readonly months: number;
  readonly configuration: Configuration;
}

export interface SimulatedYear {
  readonly staff: readonly Member[];
  readonly ledger: Ledger;
  readonly planted: readonly Planted[];
  readonly faults: readonly PlantedFault[];
  readonly months: readonly ReportMonth[];
}

/** More misuse was asked for than there are people to commit it. */
export class YearError extends Error {
  readonly code = 'too-few-users';

  constructor(misuse: MisuseKind) {
    super(`no user is left to plant ${misuse} on; ask for more users or less misuse`);
    this.name = 'YearError';
  }
}

/** What a seed decides: who works how, what they search, and who misuses it. */
export function makeYear(setting: YearSetting): SimulatedYear {
  const chance = new Chance(setting.seed);
  const months = monthsOf(setting.months);
  const [first] = months;
  if (first === undefined) throw new RangeError('a year has months');
  const startMs = Date.parse(`${first}-01T00:00:00Z`);
  const days = Math.floor(
    (Date.parse(`${monthsLater(first, months.length)}-01T00:00:00Z`) - startMs) / dayMs,
  );
  const ledger = new Ledger(chance.fork(), startMs);
  const staff = makeStaff(setting.users, days, chance.fork());
  for (const member of staff) honestYear(ledger, member, startMs);
  const faults = machineYear(ledger, {
    startMs,
    days,
    cameras: setting.cameras,
    faults: setting.faults,
    chance: chance.fork(),
  });
  const planted = plantAll(setting, { staff, ledger, chance: chance.fork(), startMs, days });
  outages(ledger, chance.fork());
  ledger.events.sort((a, b) => a.atMs - b.atMs);
  return { staff, ledger, planted, faults, months };
}

/** The audits of all months, as they are made of the log. */
export function auditYear(
  year: SimulatedYear,
  configuration: Configuration,
): ReadonlyMap<ReportMonth, readonly MonthFinding[]> {
  return new Map(year.months.map((month) => [month, auditMonth(year, month, configuration)]));
}

function auditMonth(
  year: SimulatedYear,
  month: ReportMonth,
  configuration: Configuration,
): readonly MonthFinding[] {
  const { ledger, staff } = year;
  const { fromMs, toMs } = monthRange(month, configuration.department.timeZone);
  const audit = new MonthAudit({
    fromMs,
    toMs,
    configuration,
    cases: {
      kind: 'delivered',
      deliveredAtMs: toMs + dayMs,
      count: ledger.numbers.size,
      has: (number) => ledger.knows(number),
    },
    people: staff.map(({ username, role }) => ({
      username,
      role,
      isDisabled: false,
      isSuspended: false,
      training: {},
      trainedUntilMs: trainedUntilMs(ledger.trainedUntil.get(username), fromMs, toMs),
    })),
  });
  for (const event of between(ledger.events, fromMs - lookBackMs, toMs + hourMs)) audit.add(event);
  return audit.findings();
}

/** Noticed in the month in which it ran out or the next, and put right then. */
function trainedUntilMs(ranOutMs: number | undefined, fromMs: number, toMs: number): number {
  return ranOutMs !== undefined && ranOutMs >= fromMs - 31 * dayMs && ranOutMs < toMs
    ? ranOutMs
    : Number.MAX_SAFE_INTEGER;
}

function* between(events: readonly AuditEvent[], fromMs: number, toMs: number): Generator<AuditEvent> {
  let low = 0;
  let high = events.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((events[middle]?.atMs ?? 0) < fromMs) low = middle + 1;
    else high = middle;
  }
  for (let at = low; at < events.length; at++) {
    const event = events[at];
    if (event === undefined || event.atMs >= toMs) return;
    yield event;
  }
}

function plantAll(
  { misuse }: YearSetting,
  ground: { staff: readonly Member[]; ledger: Ledger; chance: Chance; startMs: number; days: number },
): readonly Planted[] {
  const { staff, ledger, chance, startMs, days } = ground;
  const taken = new Set<string>();
  const planted: Planted[] = [];
  for (const [kind, count] of misuse)
    for (let left = count; left > 0; left--) {
      const fit = staff.filter(
        (each) => !taken.has(each.username) && Math.min(each.to, days) - each.from >= 70 && fits(kind, each),
      );
      if (fit.length === 0) throw new YearError(kind);
      const member = chance.of(fit);
      taken.add(member.username);
      const day = chance.between(Math.max(member.from, 0) + 20, Math.min(member.to, days) - 40);
      planted.push(
        plant(kind, { ledger, member, chance: chance.fork(), atMs: startMs + Math.max(day, 20) * dayMs }),
      );
    }
  return planted;
}

/** Hours in which the log took no answers: some uses of anybody stay open. */
function outages(ledger: Ledger, chance: Chance): void {
  const lost = new Set<number>();
  for (let left = 4; left > 0; left--) lost.add(chance.between(0, ledger.events.length));
  const hours = new Set([...lost].map((at) => Math.floor((ledger.events[at]?.atMs ?? 0) / hourMs)));
  const kept = ledger.events.filter(
    (event) =>
      event.kind !== 'answered' || !hours.has(Math.floor(event.atMs / hourMs)) || !chance.isTrue(0.5),
  );
  ledger.events.length = 0;
  for (const event of kept) ledger.events.push(event);
}

function monthsOf(count: number): readonly ReportMonth[] {
  const first = parseReportMonth('2027-01');
  return first === undefined ? [] : Array.from({ length: count }, (_, at) => monthsLater(first, at));
}
