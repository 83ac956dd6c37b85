import { join } from 'node:path';
import { createDecideAccess } from '../../../adapters/cedar/decide-access';
import { makeHandler } from '../../../lambdas/list-cameras/handler';
import { madeApi, madeCall, madeContext, nowMs } from '../../adapters/gateway/made-call';
import { madeConfiguration } from '../../core/contract/made-configuration';
import { madePerson } from '../../core/people/made-person';

const decide = createDecideAccess({
  policyFolder: join(__dirname, '..', '..', '..', 'policy'),
  configuration: madeConfiguration(),
});
const people = [madePerson(), madePerson({ username: 'made-up.supervisor', role: 'supervisor' })];
const enrolment = {
  network: 'bloomington',
  kind: 'mobile',
  certificateId: 'made-up',
  enrolledBy: 'made-up.administrator',
  enrolledAtMs: nowMs - 10 * 86_400_000,
} as const;

it('lists a car that was silent for a day, and when it was last heard of [Policy-E]', async () => {
  const { reply, events } = await list('made-up.supervisor');
  expect(JSON.parse(reply.body)).toEqual({
    cameras: [
      {
        cameraId: 'car-1',
        network: 'bloomington',
        kind: 'mobile',
        enrolledAt: '2026-11-14T12:00:00.000Z',
        lastSeenAt: '2026-11-22T12:00:00.000Z',
      },
    ],
  });
  expect(events).toMatchObject([{ kind: 'requested' }, { kind: 'answered', resultIds: ['car-1'] }]);
});

it('shows of each camera in use how far its clock is off, and which one is too far', async () => {
  const { reply, events } = await list('made-up.supervisor', 'list-cameras');
  expect(JSON.parse(reply.body)).toMatchObject({
    cameras: [
      { cameraId: 'car-1', clockOff: false },
      { cameraId: 'car-2', clockAheadMs: 6_200, clockOff: true },
    ],
  });
  expect(events).toMatchObject([{ kind: 'requested' }, { kind: 'answered', resultIds: ['car-1', 'car-2'] }]);
});

it.each(['list-cameras', 'list-silent-cameras'] as const)(
  '%s is not for officers [Policy-D]',
  async (operation) => {
    expect(JSON.parse((await list('made-up.officer', operation)).reply.body)).toMatchObject({
      status: 403,
      clause: 'Policy-D',
    });
  },
);

async function list(
  username: string,
  operation: 'list-cameras' | 'list-silent-cameras' = 'list-silent-cameras',
) {
  const api = madeApi(people);
  const enrolments = {
    list: async () => [
      { ...enrolment, cameraId: 'car-1', lastSeenMs: nowMs - 2 * 86_400_000 },
      { ...enrolment, cameraId: 'car-2', lastSeenMs: nowMs - 3_600_000, clockAheadMs: 6_200 },
      { ...enrolment, cameraId: 'car-3', retiredAtMs: nowMs },
    ],
  };
  const handler = makeHandler({ ...api.deps, decide, enrolments });
  return { ...api, reply: await handler(callOf(operation, username), madeContext()) };
}

function callOf(operation: 'list-cameras' | 'list-silent-cameras', username: string) {
  const resource = operation === 'list-cameras' ? '/v1/cameras' : '/v1/cameras/silent';
  return { ...madeCall({ username }), httpMethod: 'GET', resource };
}
