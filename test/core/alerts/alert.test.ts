import { alertIdOf, raiseAlert } from '../../../core/alerts/alert';
import { entryIdOf } from '../hot-list/made-entry';
import { capturedAtMs, madeRead } from '../reads/made-read';

const raised = (atMs: number) => raiseAlert(madeRead(), { entryId: entryIdOf(1), grade: 'exact' }, atMs);

it('tells what was seen, when and where, and of the entry its id alone [Policy-H.a]', () => {
  expect(raised(capturedAtMs + 5)).toEqual({
    alertId: expect.stringMatching(/^[0-9a-f-]{36}$/),
    entryId: '00000000-0000-4000-9000-000000000001',
    readId: '0b0c3a52-6a5e-4d0e-9a53-3c54a7c5a001',
    state: 'open',
    grade: 'exact',
    plate: 'TEST123',
    issuingState: 'IL',
    cameraId: 'fixed-1',
    network: 'bloomington',
    capturedAtMs,
    position: { latitude: 40, longitude: -89 },
    confidence: 0.97,
    raisedAtMs: capturedAtMs + 5,
  });
});

it('has one id per read and entry, however often it is raised', () => {
  expect(raised(1).alertId).toBe(raised(2).alertId);
  expect(alertIdOf(entryIdOf(2), madeRead().readId)).not.toBe(raised(1).alertId);
  expect(alertIdOf(entryIdOf(1), entryIdOf(9))).not.toBe(raised(1).alertId);
});
