import type { ReportFile } from '../../../adapters/reports/report-files';
import type { AuditEvent } from '../../../core/audit/event';
import { asInTheFile } from '../../../core/sharing/sharing-now';
import { makeHandler, ReportError } from '../../../lambdas/report-month/handler';
import { madeConfiguration } from '../../core/contract/made-configuration';
import { novemberEvents } from '../../core/reports/made-month';
import { recordedCounters } from '../recorded';

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
  options: { nowMs?: number; failAt?: number; isDone?: boolean; unreadable?: readonly number[] } = {},
) {
  let effects = 0;
  const effect = (work: () => void) => {
    const fails = ++effects === options.failAt;
    if (!fails || options.isDone) work();
    if (fails) throw new Error('made-up failure');
  };
  const putInto = (target: Map<string, string>) => async (file: ReportFile) =>
    effect(() => void target.set(file.name, file.body));
  const handler = makeHandler({
    configuration: madeConfiguration(),
    events: async function* (_range, onUnreadable) {
      for (const atMs of options.unreadable ?? []) onUnreadable({ atMs, eventId: madeId });
      yield* novemberEvents();
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
    counters: recordedCounters().counters,
    now: () => options.nowMs ?? noonMs,
  });
  return { handler, effects: () => effects };
}

const outputsOf = (state: State) =>
  [...state.log.values()].map((event) => event.kind === 'report-made' && [event.month, event.folder]);

describe('report-month', () => {
  it('stores the user audit and the briefing apart, and shows the public page with its data [Acct-A] [Acct-B]', async () => {
    const state = empty();
    const { folder } = await setUp(state).handler({});
    const own = [...state.files.keys()].filter((name) => name.startsWith(folder));
    expect(own.map((name) => name.slice(folder.length))).toEqual([
      '/restricted/user-audit.json',
      '/board/style.css',
      '/board/briefing.json',
      '/board/index.html',
      '/public/style.css',
      '/public/figures.json',
      '/public/figures.csv',
      '/public/index.html',
    ]);
    expect([...state.portal.keys()]).toEqual([
      'reports/2026-11/style.css',
      'reports/2026-11/figures.json',
      'reports/2026-11/figures.csv',
      'reports/2026-11/index.html',
      'reports/style.css',
      'reports/index.html',
    ]);
    expect(state.portal.get('reports/index.html')).toContain(
      '<a href="2026-11/index.html">November 2026</a>',
    );
    for (const [name, body] of state.portal) expect(state.files.get(`public/${name}`)).toBe(body);
  });

  it('is made although events cannot be read, and lists those of the month [Acct-A]', async () => {
    const state = empty();
    const atMs = Date.parse('2026-11-10T12:00:00Z');
    const { folder } = await setUp(state, { unreadable: [atMs, atMs + 30 * 86_400_000] }).handler({});
    const audit = JSON.parse(state.files.get(`${folder}/restricted/user-audit.json`) ?? '');
    expect(audit.findings.filter(({ kind }: { kind: string }) => kind === 'unreadable-event')).toEqual([
      { kind: 'unreadable-event', eventId: madeId, at: '2026-11-10T12:00:00.000Z', clause: 'Acct-A' },
    ]);
  });

  it('shows nobody’s name outside of the restricted file [Acct-A]', async () => {
    const state = empty();
    await setUp(state).handler({});
    const naming = [...state.files, ...state.portal].filter(([, body]) => body.includes('officer-made-up'));
    expect(naming.map(([name]) => name.split('/').slice(3).join('/'))).toEqual([
      'restricted/user-audit.json',
    ]);
  });

  it('records the report with the hash of each output', async () => {
    const state = empty();
    await setUp(state).handler({});
    const [made] = state.log.values();
    expect(made).toMatchObject({ kind: 'report-made', month: '2026-11', atMs: noonMs });
    if (made?.kind !== 'report-made') throw new Error('no report');
    expect(made.outputs).toHaveLength(8);
    for (const output of made.outputs) expect(output.sha256).toMatch(/^[0-9a-f]{64}$/);
  });

  it('makes a month’s report once; a later run shows the same again', async () => {
    const state = empty();
    await setUp(state).handler({});
    const before = [state.files.size, [...state.portal.values()]];
    state.portal.clear();
    await setUp(state, { nowMs: noonMs + 86_400_000 }).handler({ month: '2026-11' });
    expect([state.files.size, [...state.portal.values()]]).toEqual(before);
    expect(state.log.size).toBe(1);
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

/** Eight files, the event, then six files twice. */
const effects = Array.from({ length: 21 }, (_, index) => index + 1);

it('has 21 effects, so the deaths below are all there are', async () => {
  const run = setUp(empty());
  await run.handler({});
  expect(run.effects()).toBe(21);
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
    expect(state.portal.size).toBe(6);
  },
);
