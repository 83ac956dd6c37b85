import type { AlertRecord } from '../../../core/alerts/life-cycle';
import type { Stored } from '../../../core/alerts/ports';
import { AuditUnavailable } from '../../../core/audit/unavailable';
import { hashedUuid } from '../../../core/hashed-uuid';
import { makeHandler } from '../../../lambdas/verify-alert/handler';
import { madeApi, madeCall, madeContext, nowMs } from '../../adapters/gateway/made-call';
import { madeAlert, madeVerification } from '../../core/alerts/made-alert';
import { madeDecide } from '../../core/alerts/made-decide';
import { madePerson } from '../../core/people/made-person';

const alert = madeAlert();
const disposition = {
  kind: 'stopped',
  at: '2026-11-24T12:00:00Z',
  suspicion: 'The driver matches the description.',
};

interface Facts {
  readonly person?: Parameters<typeof madePerson>[0];
  readonly shown?: { readonly plate: boolean; readonly vehicle: boolean };
  readonly stored?: Stored;
  readonly alertId?: string;
  readonly network?: string;
  readonly failOnce?: { isDown: boolean };
}

function made(facts: Facts = {}) {
  const api = madeApi([madePerson(facts.person)]);
  let record: AlertRecord = { alert: { ...alert, network: facts.network ?? alert.network } };
  const steps: string[] = [];
  const clock = { passedMs: 0 };
  const handler = makeHandler({
    ...api.deps,
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
    events: { ...api.deps.events, now: () => nowMs + clock.passedMs },
    decide: madeDecide(),
    alerts: {
      find: async (id) => (id === alert.alertId ? record : undefined),
      storeVerification: async (_, verification) => {
        steps.push('store');
        if (facts.stored) return facts.stored;
        record = { ...record, verification };
        return 'stored';
      },
      storeDisposition: async (_, each) => {
        steps.push('store');
        record = { ...record, disposition: each };
        return 'stored';
      },
    },
    imagesShown: { shown: async () => facts.shown ?? { plate: true, vehicle: true } },
  });
  const call = async (part: 'verification' | 'disposition', body: unknown) => {
    const event = madeCall({ path: { alertId: facts.alertId ?? alert.alertId }, body });
    const reply = await handler({ ...event, resource: `/v1/alerts/{alertId}/${part}` }, madeContext());
    return { status: reply.statusCode, body: JSON.parse(reply.body) };
  };
  return { ...api, steps, clock, call };
}

it('verifies an alert: asked, stored, recorded and answered in this order [Policy-G]', async () => {
  const { call, steps, events } = made();
  expect(await call('verification', madeVerification())).toEqual({
    status: 200,
    body: {
      alertId: alert.alertId,
      state: 'verified',
      verifiedBy: 'made-up.officer',
      verifiedAt: '2026-11-24T12:00:00.000Z',
    },
  });
  expect(steps).toEqual(['requested', 'store', 'alert-verified', 'answered']);
  expect(events).toMatchObject([
    { queried: { alertId: alert.alertId, networks: ['bloomington'] } },
    { outcome: 'verified', checklist: { characters: 'confirmed' }, actor: { username: 'made-up.officer' } },
    { counts: { changed: 1 }, resultIds: [alert.alertId] },
  ]);
  expect(JSON.stringify(events)).not.toMatch(/TEST123|Made-up make/);
});

it('records a stop only after that [Policy-F] [Policy-G]', async () => {
  const { call, events } = made();
  expect(await call('disposition', disposition)).toMatchObject({ status: 403, body: { clause: 'Policy-G' } });
  expect(events).toMatchObject([{ kind: 'refused', operation: 'record-disposition' }]);
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
])('refuses a user %s', async (_, facts, clause) => {
  expect(await made(facts).call('verification', madeVerification())).toMatchObject({
    status: 403,
    body: { clause },
  });
});

it('records no disposition for who is not sworn [Policy-F]', async () => {
  const { call } = made({ person: { role: 'dispatcher', sworn: false, division: 'communications' } });
  expect(await call('disposition', disposition)).toMatchObject({ status: 403, body: { clause: 'Policy-F' } });
});

it('answers 409 when somebody else was faster, and closes its audit pair', async () => {
  const { call, steps } = made({ stored: 'too-late' });
  expect(await call('verification', madeVerification())).toMatchObject({ status: 409 });
  expect(steps).toEqual(['requested', 'store', 'answered']);
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
    clock.passedMs = passedMs;
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
  clock.passedMs = 60_000;
  expect(await call('verification', madeVerification())).toMatchObject({ status: 200 });
  expect(events.filter(({ kind }) => kind === 'alert-verified')).toMatchObject([{ atMs: nowMs }]);
});

it('answers 404 for an alert that is not there', async () => {
  const { call } = made({ alertId: '00000000-0000-4000-8000-000000000009' });
  expect(await call('verification', madeVerification())).toMatchObject({ status: 404 });
});
