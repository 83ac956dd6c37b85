import { createClient, UnexpectedAnswer } from '../../../core/contract/client';

const problem = {
  type: 'urn:platekeeper:problem:policy-refusal',
  title: 'The policy does not allow this',
  status: 403,
  detail: 'Dispatchers search the local networks only.',
  clause: 'Access-D.1',
  instance: 'urn:uuid:00000000-0000-4000-8000-000000000001',
};

it('sends the token, the path values and the query, and reads the answer', async () => {
  const { client, sent } = clientAnswering(new Response(JSON.stringify({ alerts: [], truncated: false })));
  const outcome = await client('list-alerts', { query: { since: '2026-11-24T00:00:00Z' } });
  expect(outcome).toEqual({ kind: 'answered', status: 200, body: { alerts: [], truncated: false } });
  expect(sent).toEqual([
    {
      url: 'https://alpr.example.org/live/v1/alerts?since=2026-11-24T00%3A00%3A00Z',
      method: 'GET',
      authorization: 'Bearer made-up-token',
    },
  ]);
});

it('sends a device’s proof of each call, made for its address without the query', async () => {
  const calls: unknown[] = [];
  const sent: (string | null)[] = [];
  const client = createClient({
    baseUrl: 'https://alpr.example.org/live',
    accessToken: async () => 'made-up-token',
    proof: async (call) => `proof ${calls.push(call)}`,
    fetch: async (_, init) => {
      sent.push(new Headers(init?.headers).get('dpop'));
      return new Response(JSON.stringify({ alerts: [], truncated: false }));
    },
  });
  await client('list-alerts', { query: { since: '2026-11-24T00:00:00Z' } });
  await client('list-alerts', { query: {} });
  expect(sent).toEqual(['proof 1', 'proof 2']);
  expect(calls[0]).toEqual({
    method: 'GET',
    url: 'https://alpr.example.org/live/v1/alerts',
    accessToken: 'made-up-token',
  });
});

it('gives an image as bytes', async () => {
  const { client, sent } = clientAnswering(new Response(Uint8Array.of(255, 216)));
  const outcome = await client('fetch-image', { path: { token: 'a/b' } });
  expect(outcome).toMatchObject({ kind: 'answered', body: Uint8Array.of(255, 216) });
  expect(sent[0]?.url).toBe('https://alpr.example.org/live/v1/images/a%2Fb');
});

it('hands on a refusal with its clause', async () => {
  const { client } = clientAnswering(new Response(JSON.stringify(problem), { status: 403 }));
  expect(await client('list-quarantine', { query: {} })).toEqual({ kind: 'refused', status: 403, problem });
});

it.each([
  ['a status that was not promised', new Response('{}', { status: 202 }), 'status'],
  ['an answer of another form', new Response('{"alerts":1}'), 'content'],
  ['an error page', new Response('<html>', { status: 502 }), 'content'],
])('throws for %s', async (_, response, code) => {
  const { client } = clientAnswering(response);
  const call = client('list-alerts', { query: {} });
  await expect(call).rejects.toThrow(UnexpectedAnswer);
  await expect(call).rejects.toMatchObject({ code });
});

function clientAnswering(response: Response) {
  const sent: { url: string; method: string | undefined; authorization: string | null }[] = [];
  const client = createClient({
    baseUrl: 'https://alpr.example.org/live',
    accessToken: async () => 'made-up-token',
    fetch: async (url, init) => {
      sent.push({
        url: String(url),
        method: init?.method,
        authorization: new Headers(init?.headers).get('authorization'),
      });
      return response;
    },
  });
  return { client, sent };
}
