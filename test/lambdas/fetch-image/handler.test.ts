import { captureDay } from '../../../core/retention/day';
import type { TakenLink } from '../../../core/search/ports';
import { makeHandler } from '../../../lambdas/fetch-image/handler';
import { madeApi, madeCall, madeContext, nowMs } from '../../adapters/gateway/made-call';
import { madePerson } from '../../core/people/made-person';
import { id, permitAll } from '../../core/search/made-search';

const token = 'A'.repeat(43);
const taken: TakenLink = {
  kind: 'taken',
  target: {
    username: 'made-up.officer',
    searchId: id(1),
    readId: id(12),
    image: 'plate',
    day: captureDay(nowMs),
    network: 'bloomington',
  },
};

it('answers the JPEG, which nobody may keep, and records who saw it [Policy-G]', async () => {
  const { reply, events } = await fetchWith(taken);
  expect(reply).toMatchObject({
    statusCode: 200,
    isBase64Encoded: true,
    body: '/9j/',
    headers: { 'content-type': 'image/jpeg', 'cache-control': 'no-store' },
  });
  expect(events).toMatchObject([{ kind: 'image-fetched', readId: id(12), image: 'plate' }]);
});

it('answers 410 for a link that was used or ran out', async () => {
  const { reply } = await fetchWith({ kind: 'gone' });
  expect(JSON.parse(reply.body)).toMatchObject({ status: 410, remedy: expect.any(String) });
});

it('refuses somebody else’s link, with an audited refusal [Access-C]', async () => {
  const { reply, events } = await fetchWith({ kind: 'not-yours' });
  expect(JSON.parse(reply.body)).toMatchObject({ status: 403, clause: 'Access-C' });
  expect(events).toMatchObject([{ kind: 'refused', operation: 'fetch-image' }]);
});

it('answers 404 when the image is gone with its day', async () => {
  const { reply } = await fetchWith(taken, { jpeg: undefined });
  expect(reply.statusCode).toBe(404);
});

it('turns away what cannot be a token without asking the store', async () => {
  const { reply } = await fetchWith(taken, { path: '../other' });
  expect(reply.statusCode).toBe(400);
});

async function fetchWith(link: TakenLink, options: { jpeg?: Uint8Array | undefined; path?: string } = {}) {
  const { jpeg, path } = { jpeg: Uint8Array.of(255, 216, 255), path: token, ...options };
  const api = madeApi([madePerson()]);
  const handler = makeHandler({
    ...api.deps,
    decide: permitAll,
    imageLinks: { issue: async () => [], take: async () => link },
    images: { get: async () => jpeg },
  });
  return { ...api, reply: await handler(madeCall({ path: { token: path } }), madeContext()) };
}
