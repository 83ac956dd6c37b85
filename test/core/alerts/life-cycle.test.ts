import { acknowledgeAlert, notifyNeighbour } from '../../../core/alerts/life-cycle';
import { madeRecord, madeSighting, madeVerified } from './made-alert';
import { madeNeighbours } from './made-neighbours';

const nowMs = Date.parse('2026-11-24T12:00:00Z');
const by = { username: 'made-up.officer', nowMs };
const acknowledgement = { acknowledgedBy: 'made-up.officer', acknowledgedAtMs: nowMs };

describe('an acknowledgement', () => {
  it('says who took the alert on, when, and where he was', () => {
    expect(acknowledgeAlert(madeRecord(), {}, by)).toEqual({ kind: 'acknowledged', acknowledgement });
    const position = { latitude: 40.52, longitude: -88.95 };
    expect(acknowledgeAlert(madeRecord(), { position }, by)).toEqual({
      kind: 'acknowledged',
      acknowledgement: { ...acknowledgement, position },
    });
  });

  it('stands: asked for again by the same user it is as it was, whatever has been done since', () => {
    const record = madeRecord({ acknowledgement, verification: madeVerified() });
    const again = acknowledgeAlert(record, {}, { ...by, nowMs: nowMs + 60_000 });
    expect(again).toEqual({ kind: 'acknowledged', acknowledgement });
  });

  it('is refused to a second user', () => {
    const second = acknowledgeAlert(
      madeRecord({ acknowledgement }),
      {},
      { ...by, username: 'made-up.other' },
    );
    expect(second).toMatchObject({ kind: 'refused', because: 'state' });
  });
});

describe('the notification of a neighbour', () => {
  const request = { neighbour: 'normal', told: 'Dispatch, by radio', at: '2026-11-24T11:59:00Z' };
  const told = {
    neighbour: 'normal',
    told: 'Dispatch, by radio',
    atMs: Date.parse('2026-11-24T11:59:00Z'),
    recordedBy: 'made-up.officer',
    recordedAtMs: nowMs,
  };
  const notify = (record = madeRecord(), changes = {}, at = by) =>
    notifyNeighbour(record, { ...request, ...changes }, { ...at, neighbours: madeNeighbours });

  it('says which neighbour, who was told there, when and by whom [Policy-I]', () => {
    expect(notify()).toEqual({ kind: 'notified', notification: told });
  });

  it('names a neighbour of the configuration [Policy-I]', () => {
    expect(notify(madeRecord(), { neighbour: 'atlantis' })).toMatchObject({
      kind: 'refused',
      because: 'rule',
      clause: 'Policy-I',
    });
  });

  it.each([
    ['in the future', '2026-11-24T12:00:01Z'],
    ['before the vehicle was seen', '2026-11-02T11:59:59Z'],
  ])('is refused with a time %s [Policy-I]', (_, at) => {
    expect(notify(madeRecord(), { at })).toMatchObject({ kind: 'refused', clause: 'Policy-I' });
  });

  it('may be as early as the first read of the trail', () => {
    const early = madeRecord({ trail: [madeSighting(-5)] });
    expect(notify(early, { at: '2026-11-02T11:55:00Z' })).toMatchObject({ kind: 'notified' });
  });

  it('stands once for each neighbour: the same again is as it was, another telling is refused', () => {
    const record = madeRecord({ notifications: [told] });
    expect(notify(record, {}, { ...by, nowMs: nowMs + 5000 })).toEqual({
      kind: 'notified',
      notification: told,
    });
    expect(notify(record, { told: 'Somebody else' })).toMatchObject({ kind: 'refused', because: 'state' });
    expect(notify(record, {}, { ...by, username: 'made-up.other' })).toMatchObject({
      kind: 'refused',
      because: 'state',
    });
    expect(notify(record, { neighbour: 'eastville' })).toMatchObject({ kind: 'notified' });
  });
});
