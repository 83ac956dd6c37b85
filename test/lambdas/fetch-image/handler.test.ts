import { captureDay } from '../../../core/retention/day';
import type { TakenLink } from '../../../core/search/ports';
import { makeHandler } from '../../../lambdas/fetch-image/handler';
import { madeApi, madeCall, madeContext, nowMs } from '../../adapters/gateway/made-call';
import { madePerson } from '../../core/people/made-person';
import { id, permitAll } from '../../core/search/made-search';

const token = 'A'.repeat(43);
const good: TakenLink = {
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
  const { reply, events } = await fetchWith(good);
  expect(reply).toMatchObject({
    statusCode: 200,
    isBase64Encoded: true,
    body: '/9j/',
    headers: { 'content-type': 'image/jpeg', 'cache-control': 'no-store' },
  });
  expect(events).toMatchObject([{ kind: 'image-fetched', readId: id(12), image: 'plate' }]);
});

it('answers 410 for a link that was used, ran out or never was, and keeps the attempt [Acct-D]', async () => {
  const { reply, events } = await fetchWith({ kind: 'gone' });
  expect(JSON.parse(reply.body)).toMatchObject({
    status: 410,
    clause: 'Storage-A',
    remedy: expect.any(String),
  });
  expect(events).toMatchObject([
    {
      kind: 'refused',
      operation: 'fetch-image',
      actor: { username: 'made-up.officer' },
      decision: { outcome: 'deny', clause: 'Storage-A', rules: ['link-good-once'] },
    },
  ]);
  expect(JSON.stringify(events)).not.toContain(token);
});

it.each([undefined, '*/*', 'image/*', 'text/html, image/jpeg', 'image/jpeg;q=0.9', 'image/jpegs', ''])(
  'answers 406 to the accepted types %p and keeps the link, which the gateway would waste on base64 text',
  async (accept) => {
    const { reply, taken } = await fetchWith(good, { accept });
    expect(reply).toMatchObject({
      statusCode: 406,
      headers: { 'content-type': 'application/problem+json' },
    });
    expect(JSON.parse(reply.body)).toMatchObject({ remedy: 'Send the header Accept: image/jpeg.' });
    expect(taken).toEqual([]);
  },
);

it.each(['image/jpeg', 'IMAGE/JPEG, */*;q=0.1'])('answers bytes to the accepted types %s', async (accept) => {
  const { reply, taken } = await fetchWith(good, { accept });
  expect(reply.statusCode).toBe(200);
  expect(taken).toEqual([token]);
});

it('refuses somebody else’s link, with an audited refusal [Access-C]', async () => {
  const { reply, events } = await fetchWith({ kind: 'not-yours' });
  expect(JSON.parse(reply.body)).toMatchObject({ status: 403, clause: 'Access-C' });
  expect(events).toMatchObject([{ kind: 'refused', operation: 'fetch-image' }]);
});

it('answers 404 when the image is gone with its day', async () => {
  const { reply } = await fetchWith(good, { jpeg: undefined });
  expect(reply.statusCode).toBe(404);
});

it('turns away what cannot be a token without asking the store', async () => {
  const { reply } = await fetchWith(good, { path: '../other' });
  expect(reply.statusCode).toBe(400);
});

interface FetchOptions {
  readonly jpeg?: Uint8Array | undefined;
  readonly path?: string;
  readonly accept?: string | undefined;
}

async function fetchWith(link: TakenLink, options: FetchOptions = {}) {
  const { jpeg, path, accept } = {
    jpeg: Uint8Array.of(255, 216, 255),
    path: token,
    accept: 'image/jpeg',
    ...options,
  };
  const api = madeApi([madePerson()]);
  const taken: string[] = [];
  const handler = makeHandler({
    ...api.deps,
    decide: permitAll,
    imageLinks: {
      issue: async () => [],
      take: async (given) => {
        taken.push(given);
        return link;
      },
    },
    images: { get: async () => jpeg },
  });
  const call = madeCall({ path: { token: path }, ...(accept === undefined ? {} : { accept }) });
  return { ...api, taken, reply: await handler(call, madeContext()) };
}
