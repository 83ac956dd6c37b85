import type { ReportFile } from '../../../adapters/reports/report-files';
import { type AuditEvent, newEvent } from '../../../core/audit/event';
import { parseReport } from '../../../core/contract/report';
import { approvalEventId, parseReportMonth, proposalEventId } from '../../../core/reports/month';
import { asInTheFile } from '../../../core/sharing/sharing-now';
import { makeHandler, ReportError } from '../../../lambdas/report-month/handler';
import { madeConfiguration } from '../../core/contract/made-configuration';
import { novemberEvents } from '../../core/reports/made-month';
import { recordedCounters } from '../recorded';

const textOf = (body: string | Uint8Array) =>
  typeof body === 'string' ? body : Buffer.from(body).toString('latin1');

interface State {
  readonly files: Map<string, string>;
  readonly portal: Map<string, string>;
  readonly log: Map<string, AuditEvent>;
}

const madeId = '00000000-0000-4000-8000-00000000abcd';
const noonMs = Date.parse('2026-12-01T12:00:00Z');
const empty = (): State => ({ files: new Map(), portal: new Map(), log: new Map() });

/** `failAt`: the n-th effect of this run, counted from 1, fails: before it is done, or after. */
function setUp(
  state: State,
  options: {
    nowMs?: number;
    failAt?: number;
    isDone?: boolean;
    unreadable?: readonly number[];
    events?: readonly AuditEvent[];
  } = {},
) {
  let effects = 0;
  const effect = (work: () => void) => {
    const fails = ++effects === options.failAt;
    if (!fails || options.isDone) work();
    if (fails) throw new Error('made-up failure');
  };
  const putInto = (target: Map<string, string>) => async (file: ReportFile) =>
    effect(() => void target.set(file.name, textOf(file.body)));
  const handler = makeHandler({
    configuration: madeConfiguration(),
    events: async function* (_range, onUnreadable) {
      for (const atMs of options.unreadable ?? []) onUnreadable({ atMs, eventId: madeId });
      yield* options.events ?? novemberEvents();
    },
    known: { find: async ({ atMs, eventId }) => state.log.get(`${atMs}#${eventId}`) },
    enrolments: { list: async () => [] },
    sharing: async () => asInTheFile,
    checkpoint: async () => 'made-up.example/log\n7\nAAAA\n',
    files: {
      put: putInto(state.files),
      get: async (name) => {
        const body = state.files.get(name);
        if (body === undefined) throw new Error(`no file ${name}`);
        return body;
      },
    },
    portal: { put: putInto(state.portal) },
    audit: {
      append: async (event) =>
        effect(() => {
          const key = `${event.atMs}#${event.eventId}`;
          if (state.log.has(key)) throw new Error('stands already');
          state.log.set(key, event);
        }),
    },
    onceAudit: {
      appendOnce: async (event) => effect(() => void state.log.set(`${event.atMs}#${event.eventId}`, event)),
    },
    counters: recordedCounters().counters,
    now: () => options.nowMs ?? noonMs,
  });
  return { handler, effects: () => effects };
}

const madeIn = (state: State) =>
  [...state.log.values()].flatMap((event) => (event.kind === 'report-made' ? [event] : []));
const outputsOf = (state: State) => madeIn(state).map(({ month, folder }) => [month, folder]);

describe('report-month', () => {
  it('stores the briefing and who is behind each number apart, and shows the public page with its data [Acct-A] [Acct-B]', async () => {
    const state = empty();
    const { folder } = await setUp(state).handler({});
    const own = [...state.files.keys()].filter((name) => name.startsWith(folder));
    expect(own.map((name) => name.slice(folder.length))).toEqual([
      '/restricted/shares.json',
      '/board/style.css',
      '/board/briefing.json',
      '/board/briefing.pdf',
      '/board/index.html',
      '/public/style.css',
      '/public/figures.schema.json',
      '/public/figures.json',
      '/public/figures.csv',
      '/public/es.html',
      '/public/index.html',
    ]);
    expect([...state.portal.keys()]).toEqual([
      'reports/2026-11/style.css',
      'reports/2026-11/figures.schema.json',
      'reports/2026-11/figures.json',
      'reports/2026-11/figures.csv',
      'reports/2026-11/es.html',
      'reports/2026-11/index.html',
      'reports/style.css',
      'reports/es.html',
      'reports/index.html',
    ]);
    expect(state.portal.get('reports/index.html')).toContain(
      '<a href="2026-11/index.html">November 2026</a>',
    );
    for (const [name, body] of state.portal) expect(state.files.get(`public/${name}`)).toBe(body);
  });

  it('is made although events cannot be read, and counts those of the month [Acct-A]', async () => {
    const state = empty();
    const atMs = Date.parse('2026-11-10T12:00:00Z');
    await setUp(state, { unreadable: [atMs, atMs + 30 * 86_400_000] }).handler({});
    const report = parseReport(state.portal.get('reports/2026-11/figures.json') ?? '');
    expect(report?.faults.eventsUnreadable).toBe(1);
  });

  it('shows nobody’s name outside of the restricted files [Acct-A]', async () => {
    const state = empty();
    await setUp(state).handler({});
    const naming = [...state.files, ...state.portal].filter(([, body]) => body.includes('officer-made-up'));
    expect(naming.map(([name]) => name.split('/').slice(3).join('/'))).toEqual(['restricted/shares.json']);
  });

  it('publishes data that its schema describes [Acct-A]', async () => {
    const state = empty();
    await setUp(state).handler({});
    expect(parseReport(state.portal.get('reports/2026-11/figures.json') ?? '')).toMatchObject({
      month: '2026-11',
      version: 1,
      effectiveness: { confirmedShare: null },
      uncounted: [],
    });
    expect(state.portal.get('reports/2026-11/figures.schema.json')).toContain(
      'Monthly public report on license plate readers',
    );
  });

  it('records the report with the hash of each output', async () => {
    const state = empty();
    await setUp(state).handler({});
    const [made] = madeIn(state);
    expect(made).toMatchObject({ kind: 'report-made', month: '2026-11', atMs: noonMs });
    if (made === undefined) throw new Error('no report');
    expect(made.outputs).toHaveLength(11);
    for (const output of made.outputs) expect(output.sha256).toMatch(/^[0-9a-f]{64}$/);
  });

  it('makes a month’s report once; a later run shows the same again', async () => {
    const state = empty();
    await setUp(state).handler({});
    const before = [state.files.size, [...state.portal.values()]];
    state.portal.clear();
    await setUp(state, { nowMs: noonMs + 86_400_000 }).handler({ month: '2026-11' });
    expect([state.files.size, [...state.portal.values()]]).toEqual(before);
    expect(madeIn(state)).toHaveLength(1);
  });

  it('shows nothing that is not what the log says', async () => {
    const state = empty();
    const { folder } = await setUp(state).handler({});
    state.files.set(`${folder}/public/index.html`, 'forged');
    await expect(setUp(state).handler({})).rejects.toThrow(new ReportError('output-differs'));
  });

  it.each([
    [{ month: '2026-12' }, 'not-due'],
    [{ month: 'November' }, 'input'],
    [{ moth: '2026-11' }, 'input'],
    ['2026-11', 'input'],
  ] as const)('refuses %j', async (event, code) => {
    await expect(setUp(empty()).handler(event)).rejects.toMatchObject({ code });
  });

  it('lists the months before it on the page of all months', async () => {
    const state = empty();
    await setUp(state).handler({ month: '2026-10' });
    await setUp(state).handler({});
    expect(state.portal.get('reports/index.html')?.match(/href="20\d\d-\d\d/g)).toEqual([
      'href="2026-11',
      'href="2026-10',
    ]);
  });
});

/** The administrator asks for a new version of November, and the Chief agrees. */
function agree(state: State, options: { by?: string } = {}) {
  const month = parseReportMonth('2026-11');
  if (month === undefined) throw new Error('no month');
  const [reason, version] = ['Made-up reason', 2];
  const proposalId = proposalEventId(month, { version, reason });
  const steps = [
    { change: 'proposed', eventId: proposalId, username: 'administrator-made-up' },
    {
      change: 'approved',
      eventId: approvalEventId(month, version),
      username: options.by ?? 'chief-made-up',
      proposalId,
    },
  ] as const;
  for (const { eventId, username, ...step } of steps) {
    const event = newEvent(
      { now: () => noonMs, newId: () => eventId },
      {
        kind: 'report-correction',
        actor: { kind: 'person', username, agency: 'made-up', role: 'chief', division: 'made-up' },
        operation: 'made-up',
        ...step,
        month,
        reportVersion: version,
        reason,
        changedAtMs: noonMs + 3_600_000,
        decision: { outcome: 'permit', rules: [] },
      },
    );
    state.log.set(`${event.atMs}#${event.eventId}`, event);
  }
}

describe('a correction', () => {
  const laterMs = noonMs + 86_400_000;

  it('is a new version with its reason; the version before stays, marked, with the same data [Acct-A]', async () => {
    const state = empty();
    await setUp(state).handler({});
    const first = new Map(state.portal);
    agree(state);
    const { version } = await setUp(state, { nowMs: laterMs, events: [] }).handler({});
    expect(version).toBe(2);
    const page = state.portal.get('reports/2026-11/index.html');
    expect(page).toContain('This version corrects the one before. Reason: Made-up reason');
    expect(page).toContain('<a href="v1/index.html">Version 1 (replaced)</a>');
    for (const name of ['figures.json', 'figures.csv'])
      expect(state.portal.get(`reports/2026-11/v1/${name}`)).toBe(first.get(`reports/2026-11/${name}`));
    expect(state.portal.get('reports/2026-11/v1/es.html')).toContain('Esta versión fue sustituida.');
    expect(JSON.parse(state.portal.get('reports/2026-11/figures.json') ?? '')).toMatchObject({
      version: 2,
      correction: { reason: 'Made-up reason', orderedBy: 'administrator', approvedBy: 'chief' },
    });
    expect(state.portal.get('reports/index.html')).toContain('November 2026</a> (Version 2)');
  });

  it('of an earlier month is made by the run of the newest one', async () => {
    const state = empty();
    await setUp(state).handler({});
    agree(state);
    await setUp(state, { nowMs: Date.parse('2027-01-02T12:00:00Z') }).handler({});
    expect(JSON.parse(state.portal.get('reports/2026-11/figures.json') ?? '').version).toBe(2);
    expect(state.portal.has('reports/2026-12/index.html')).toBe(true);
  });

  it('is not made where one person asked for it and agreed to it', async () => {
    const state = empty();
    await setUp(state).handler({});
    agree(state, { by: 'administrator-made-up' });
    expect((await setUp(state, { nowMs: laterMs }).handler({})).version).toBe(1);
  });

  it('is made once, however often it runs', async () => {
    const state = empty();
    await setUp(state).handler({});
    agree(state);
    await setUp(state, { nowMs: laterMs }).handler({});
    const shown = [...state.portal];
    await setUp(state, { nowMs: laterMs + 1 }).handler({});
    expect([...state.portal]).toEqual(shown);
  });
});

/** The day's settings, eleven files, the event, then nine files twice. */
const effects = Array.from({ length: 31 }, (_, index) => index + 1);

it('has 31 effects, so the deaths below are all there are', async () => {
  const run = setUp(empty());
  await run.handler({});
  expect(run.effects()).toBe(31);
});

it.each(effects.flatMap((failAt) => [false, true].map((isDone) => ({ failAt, isDone }))))(
  'ends with one report that the log vouches for after dying at effect $failAt (done: $isDone)',
  async ({ failAt, isDone }) => {
    const state = empty();
    await expect(setUp(state, { failAt, isDone }).handler({})).rejects.toThrow();
    const { folder } = await setUp(state, { nowMs: noonMs + 60_000 }).handler({});
    expect(outputsOf(state)).toEqual([['2026-11', folder]]);
    expect(state.portal.get('reports/2026-11/index.html')).toBe(
      state.files.get(`${folder}/public/index.html`),
    );
    expect(state.portal.size).toBe(9);
  },
);
