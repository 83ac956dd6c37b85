import { type AlertRecord, withSighting } from '../../../core/alerts/alert-record';
import type { Stored } from '../../../core/alerts/ports';
import type { Suppression } from '../../../core/alerts/suppression';
import { AuditUnavailable } from '../../../core/audit/unavailable';
import { hashedUuid } from '../../../core/hashed-uuid';
import type { ListedVehicle } from '../../../core/hot-list/listed-vehicle';
import { makeHandler } from '../../../lambdas/verify-alert/handler';
import {
  madeApi,
  madeApiConfiguration,
  madeCall,
  madeContext,
  nowMs,
} from '../../adapters/gateway/made-call';
import {
  madeAlert,
  madeRecord,
  madeRejection,
  madeSighting,
  madeStolen,
  madeVehicle,
  madeVerification,
} from '../../core/alerts/made-alert';
import { madeDecide } from '../../core/alerts/made-decide';
import { madePerson } from '../../core/people/made-person';

const alert = madeAlert();
const decide = madeDecide();
const disposition = {
  kind: 'stopped',
  at: '2026-11-24T12:00:00Z',
  suspicion: 'The driver matches the description.',
};
const query = { reference: 'L-1', finding: 'confirmed', at: '2026-11-24T11:59:00Z' } as const;
const inNormal = { latitude: 40.52, longitude: -88.95 };
const told = { neighbour: 'normal', told: 'Dispatch, by radio', at: '2026-11-24T11:58:00Z' };

interface Facts {
  readonly person?: Parameters<typeof madePerson>[0];
  readonly shown?: { readonly plate: boolean; readonly vehicle: boolean };
  readonly stored?: Stored;
  readonly alertId?: string;
  readonly record?: AlertRecord;
  readonly vehicle?: ListedVehicle;
  readonly network?: string;
  readonly failOnce?: { isDown: boolean };
  readonly isUnannounced?: boolean;
}

type Part = 'acknowledgement' | 'verification' | 'disposition' | 'neighbour-notifications';

function made(facts: Facts = {}) {
  const api = madeApi([madePerson(facts.person), madePerson({ username: 'made-up.other' })]);
  const { network = alert.network, vehicle = alert.vehicle } = facts;
  let record: AlertRecord = facts.record ?? madeRecord({ alert: { ...alert, network, vehicle } });
  const steps: string[] = [];
  const shownFor: string[] = [];
  const suppressed: Suppression[] = [];
  const unannounced: unknown[] = [];
  const { clock } = api;
  const store = (change: Partial<AlertRecord>): Stored => {
    steps.push('store');
    if (facts.stored) return facts.stored;
    record = { ...record, ...change };
    const state = record.verification?.outcome ?? 'acknowledged';
    record = { ...record, alert: { ...record.alert, state } };
    return 'stored';
  };
  const figures: string[] = [];
  const handler = makeHandler({
    ...api.deps,
    configuration: madeApiConfiguration(),
    counters: {
      count: (name: string, value: number, dimensions: Readonly<Record<string, string>> = {}) =>
        void figures.push([name, value, ...Object.values(dimensions)].join(' ')),
    },
    audit: {
      append: async (event) => {
        await api.deps.audit.append(event);
        steps.push(event.kind);
      },
    },
    onceAudit: {
      appendOnce: async (event) => {
        if (facts.failOnce?.isDown) {
          facts.failOnce.isDown = false;
          throw new AuditUnavailable();
        }
        steps.push(event.kind);
        if (!api.events.some(({ eventId }) => eventId === event.eventId)) api.events.push(event);
      },
    },
    decide,
    alerts: { find: async (id) => (id === alert.alertId ? record : undefined) },
    steps: {
      storeAcknowledgement: async (_, acknowledgement) => store({ acknowledgement }),
      storeVerification: async (_, verification, suppression) => {
        if (suppression) suppressed.push(suppression);
        return store({ verification });
      },
      storeDisposition: async (_, each) => store({ disposition: each }),
      storeNotification: async (_, notification) =>
        store({ notifications: [...record.notifications, notification] }),
    },
    imagesShown: {
      shown: async ({ readId }) => {
        shownFor.push(readId);
        return facts.shown ?? { plate: true, vehicle: true };
      },
    },
    announcements: {
      announce: async (_, because) => {
        if (facts.isUnannounced) throw new Error('throttled');
        steps.push(`announced ${because}`);
      },
    },
    onUnannounced: (error) => void unannounced.push(error),
  });
  const call = async (part: Part, body: unknown, username = 'made-up.officer') => {
    const event = madeCall({ path: { alertId: facts.alertId ?? alert.alertId }, body, username });
    const reply = await handler({ ...event, resource: `/v1/alerts/{alertId}/${part}` }, madeContext());
    return { status: reply.statusCode, body: JSON.parse(reply.body) };
  };
  return { ...api, steps, shownFor, suppressed, unannounced, clock, figures, call };
}

it('verifies an alert: asked, stored, recorded, told to others and answered in this order [Policy-G]', async () => {
  const { call, steps, events, figures } = made();
  expect(await call('verification', madeVerification())).toEqual({
    status: 200,
    body: {
      alertId: alert.alertId,
      state: 'verified',
      verifiedBy: 'made-up.officer',
      verifiedAt: '2026-11-24T12:00:00.000Z',
    },
  });
  expect(steps).toEqual(['requested', 'store', 'alert-verified', 'announced changed', 'answered']);
  expect(events).toMatchObject([
    { queried: { alertId: alert.alertId, networks: ['bloomington'] } },
    {
      outcome: 'verified',
      list: 'custom',
      grade: 'exact',
      checklist: { characters: 'confirmed' },
      actor: { username: 'made-up.officer' },
    },
    { counts: { changed: 1 }, resultIds: [alert.alertId] },
  ]);
  expect(JSON.stringify(events)).not.toMatch(/TEST123|Made-up make/);
  expect(figures).toEqual(['AlertsJudged 1 custom verified']);
});

describe('an alert is taken on', () => {
  it('by who acknowledges it; others are told, and the answer says whom to notify [Policy-I]', async () => {
    const { call, steps, events } = made({ vehicle: madeStolen() });
    expect(await call('acknowledgement', { position: inNormal })).toEqual({
      status: 200,
      body: {
        alertId: alert.alertId,
        state: 'acknowledged',
        acknowledgedBy: 'made-up.officer',
        acknowledgedAt: '2026-11-24T12:00:00.000Z',
        neighbourTasks: [{ neighbour: 'normal', name: 'Town of Normal' }],
      },
    });
    expect(steps).toEqual(['requested', 'store', 'alert-acknowledged', 'announced changed', 'answered']);
    expect(JSON.stringify(events)).not.toContain('40.52');
  });

  it('once: the same user gets what stands, another is refused', async () => {
    const { call, clock, steps } = made();
    await call('acknowledgement', {});
    clock.nowMs += 60_000;
    expect(await call('acknowledgement', {})).toMatchObject({
      status: 200,
      body: { acknowledgedAt: '2026-11-24T12:00:00.000Z' },
    });
    expect(await call('acknowledgement', {}, 'made-up.other')).toMatchObject({ status: 409 });
    expect(steps.filter((each) => each === 'store')).toHaveLength(1);
  });

  it('and can be verified by another [Policy-G]', async () => {
    const { call } = made();
    await call('acknowledgement', {}, 'made-up.other');
    expect(await call('verification', madeVerification())).toMatchObject({ status: 200 });
  });
});

describe('a rejection', () => {
  it('says why, suppresses that reading, and counts against the list [Policy-G]', async () => {
    const { call, events, suppressed, figures } = made({ vehicle: madeStolen() });
    expect(await call('verification', madeRejection())).toMatchObject({
      status: 200,
      body: { state: 'rejected' },
    });
    expect(events[1]).toMatchObject({
      outcome: 'rejected',
      rejection: 'misread',
      list: 'state-list',
      grade: 'exact',
    });
    expect(suppressed).toMatchObject([{ alertId: alert.alertId, rejection: 'misread' }]);
    expect(figures).toEqual(['AlertsJudged 1 state-list misread']);
  });

  it('without a reason is refused [Policy-G]', async () => {
    const { rejection: _, ...noReason } = madeRejection();
    expect(await made().call('verification', noReason)).toMatchObject({
      status: 403,
      body: { clause: 'Policy-G' },
    });
  });

  it('for a stale entry suppresses nothing: it is the list that is wrong', async () => {
    const { call, suppressed, figures } = made();
    await call('verification', madeRejection({ rejection: 'stale-entry' }));
    expect([suppressed, figures]).toEqual([[], ['AlertsJudged 1 custom stale-entry']]);
  });
});

it('asks for a LEADS or NCIC confirmation where another agency listed the vehicle [Policy-G]', async () => {
  const { call } = made({ vehicle: madeStolen() });
  expect(await call('verification', madeVerification())).toMatchObject({
    status: 403,
    body: { clause: 'Policy-G', remedy: 'Run the query and give its reference and time.' },
  });
  expect(await call('verification', madeVerification({ registrationQuery: query }))).toMatchObject({
    status: 200,
  });
});

it('records a stop only after that [Policy-F] [Policy-G]', async () => {
  const { call, events } = made();
  await call('acknowledgement', {});
  expect(await call('disposition', disposition)).toMatchObject({ status: 403, body: { clause: 'Policy-G' } });
  expect(events.at(-1)).toMatchObject({ kind: 'refused', operation: 'record-disposition' });
  await call('verification', madeVerification());
  const { suspicion: _, ...alone } = disposition;
  expect(await call('disposition', alone)).toMatchObject({ status: 403, body: { clause: 'Policy-F' } });
  expect(await call('disposition', disposition)).toEqual({
    status: 201,
    body: {
      alertId: alert.alertId,
      state: 'verified',
      kind: 'stopped',
      at: '2026-11-24T12:00:00.000Z',
      recordedBy: 'made-up.officer',
      recordedAt: new Date(nowMs).toISOString(),
    },
  });
  expect(events.at(-2)).toMatchObject({
    kind: 'alert-disposed',
    disposition: 'stopped',
    isEnforcement: true,
  });
});

it('records the stop of a stolen vehicle inside a neighbour only after that agency was told [Policy-I]', async () => {
  const { call, events } = made({ vehicle: madeStolen() });
  await call('verification', madeVerification({ registrationQuery: query }));
  const stop = { ...disposition, place: inNormal };
  for (const untold of [disposition, stop])
    expect(await call('disposition', untold)).toMatchObject({ status: 403, body: { clause: 'Policy-I' } });
  expect(await call('neighbour-notifications', told)).toEqual({
    status: 201,
    body: {
      alertId: alert.alertId,
      neighbour: 'normal',
      at: '2026-11-24T11:58:00.000Z',
      recordedBy: 'made-up.officer',
      recordedAt: '2026-11-24T12:00:00.000Z',
    },
  });
  expect(events.at(-2)).toMatchObject({
    kind: 'neighbour-notified',
    neighbour: 'normal',
    notifiedAtMs: Date.parse(told.at),
    actor: { username: 'made-up.officer' },
  });
  expect(await call('disposition', stop)).toMatchObject({ status: 201 });
});

it('records one notification of each neighbour, and each under an event of its own', async () => {
  const { call, clock, events } = made({ vehicle: madeStolen() });
  await call('neighbour-notifications', told);
  clock.nowMs += 60_000;
  expect(await call('neighbour-notifications', told)).toMatchObject({
    status: 201,
    body: { recordedAt: '2026-11-24T12:00:00.000Z' },
  });
  expect(await call('neighbour-notifications', { ...told, told: 'Somebody else' })).toMatchObject({
    status: 409,
  });
  expect(await call('neighbour-notifications', { ...told, neighbour: 'atlantis' })).toMatchObject({
    status: 403,
    body: { clause: 'Policy-I' },
  });
  expect(events.filter(({ kind }) => kind === 'neighbour-notified')).toHaveLength(1);
});

it('refuses who was not shown both images, with an audited refusal [Policy-G]', async () => {
  const { call, steps } = made({ shown: { plate: true, vehicle: false } });
  expect(await call('verification', madeVerification())).toMatchObject({
    status: 403,
    body: { clause: 'Policy-G' },
  });
  expect(steps).toEqual(['refused']);
});

it('refuses a checklist with a gap, naming the clause [Policy-G]', async () => {
  const { characters: _, ...checklist } = madeVerification().checklist;
  const { status, body } = await made().call('verification', { ...madeVerification(), checklist });
  expect(status).toBe(400);
  expect(body).toMatchObject({ clause: 'Policy-G', fields: [{ field: 'checklist.characters' }] });
});

it.each<[string, Facts, string]>([
  ['off duty [Access-G]', { person: { onDuty: false } }, 'Access-G'],
  ['of another scope [Access-D.1]', { person: { role: 'dispatcher' }, network: 'peoria' }, 'Access-D.1'],
])('refuses a user %s, whatever the step', async (_, facts, clause) => {
  const { call } = made(facts);
  for (const [part, body] of [
    ['acknowledgement', {}],
    ['verification', madeVerification()],
    ['neighbour-notifications', told],
  ] as const)
    expect(await call(part, body)).toMatchObject({ status: 403, body: { clause } });
});

it('lets a user judge by the read that he sees, where the first was in a network out of his scope [Access-D.1]', async () => {
  const far = madeRecord({ alert: madeAlert(1, { network: 'mclean-county' }) });
  const { call, shownFor, events } = made({
    person: { role: 'dispatcher', sworn: false, division: 'communications' },
    record: withSighting(far, madeSighting(3)),
  });
  expect(await call('verification', madeVerification())).toMatchObject({ status: 200 });
  expect(shownFor).toEqual([madeSighting(3).readId]);
  expect(events[0]).toMatchObject({ networksInScope: ['bloomington'] });
});

it('records no disposition for who is not sworn [Policy-F]', async () => {
  const { call } = made({ person: { role: 'dispatcher', sworn: false, division: 'communications' } });
  expect(await call('disposition', disposition)).toMatchObject({ status: 403, body: { clause: 'Policy-F' } });
});

it('answers 409 when somebody else was faster, closes its audit pair and counts nothing', async () => {
  const { call, steps, figures } = made({ stored: 'too-late' });
  expect(await call('verification', madeVerification())).toMatchObject({ status: 409 });
  expect(steps).toEqual(['requested', 'store', 'answered']);
  expect(figures).toEqual([]);
});

it('answers 409 for an alert that another has verified, and 200 for the same again', async () => {
  const { call, steps } = made();
  await call('verification', madeVerification());
  expect(await call('verification', madeVerification())).toMatchObject({ status: 200 });
  expect(await call('verification', madeVerification({ vehicle: 'Another' }))).toMatchObject({ status: 409 });
  expect(steps.filter((each) => each === 'store')).toHaveLength(1);
});

it('records a repeated verification or disposition once, as of when it was stored', async () => {
  const { call, clock, events } = made();
  for (const passedMs of [0, 60_000]) {
    clock.nowMs = nowMs + passedMs;
    expect(await call('verification', madeVerification())).toMatchObject({ status: 200 });
    expect(await call('disposition', disposition)).toMatchObject({ status: 201 });
  }
  const kept = events.filter(({ kind }) => kind.startsWith('alert-'));
  expect(kept.map(({ kind, eventId, atMs }) => [kind, eventId, atMs])).toEqual([
    ['alert-verified', hashedUuid(`platekeeper alert-verified ${alert.alertId}`), nowMs],
    ['alert-disposed', hashedUuid(`platekeeper alert-disposed ${alert.alertId}`), nowMs],
  ]);
});

it('records a verification that was stored before a crash when it is asked for again', async () => {
  const { call, clock, events } = made({ failOnce: { isDown: true } });
  expect(await call('verification', madeVerification())).toMatchObject({ status: 503 });
  clock.nowMs += 60_000;
  expect(await call('verification', madeVerification())).toMatchObject({ status: 200 });
  expect(events.filter(({ kind }) => kind === 'alert-verified')).toMatchObject([{ atMs: nowMs }]);
});

it('answers though others could not be told: they see it when they list alerts', async () => {
  const { call, unannounced } = made({ isUnannounced: true });
  expect(await call('verification', madeVerification())).toMatchObject({ status: 200 });
  expect(unannounced).toHaveLength(1);
});

it('answers 404 for an alert that is not there', async () => {
  const { call } = made({ alertId: '00000000-0000-4000-8000-000000000009', vehicle: madeVehicle() });
  for (const [part, body] of [
    ['acknowledgement', {}],
    ['verification', madeVerification()],
    ['neighbour-notifications', told],
    ['disposition', disposition],
  ] as const)
    expect(await call(part, body)).toMatchObject({ status: 404 });
});
