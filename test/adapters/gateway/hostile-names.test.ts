import fc from 'fast-check';
import { apiHandler } from '../../../adapters/gateway/api-handler';
import { type OperationId, operationList } from '../../../core/contract/operations';
import { madePerson } from '../../core/people/made-person';
import { madeApi, madeCall, madeContext } from './made-call';

/** Names that every object answers to without having them. */
const inherited = [...Object.getOwnPropertyNames(Object.prototype), 'prototype', 'length', 'then'];
const name = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...inherited) },
  { weight: 1, arbitrary: fc.constantFrom('purpose', 'reason', 'checklist', 'plate', 'token', 'kind') },
);
const value = fc.oneof(
  fc.constantFrom<unknown>(1, null, 'constructor', '__proto__', {}, [], { kind: 'constructor' }),
  fc.jsonValue({ maxDepth: 1 }),
);
/** Alone at fault beside these, a name is the one whose clause is told. */
const search = {
  plate: 'TEST123',
  from: '2026-11-23T00:00:00Z',
  to: '2026-11-24T00:00:00Z',
  purpose: { kind: 'felony' },
  reason: { kind: 'phrase', phrase: 'Stolen Vehicle' },
  suspicion: 'Seen at the scene of a made-up robbery.',
  expiresAt: '2026-12-01T00:00:00Z',
  jurisdiction: 'bloomington-pd',
};
const fields = fc.array(fc.tuple(name, value), { maxLength: 5 });

it.each(operationList.map((each) => each.id))(
  'answers no server error to %s, whatever inherited names stand in the request',
  async (operation) => {
    await fc.assert(
      fc.asyncProperty(fields, fields, fields, async (body, path, query) => {
        const { reply, reports } = await send(operation, {
          body: jsonOf([...Object.entries(search), ...body]),
          path: recordOf(path),
          query: recordOf(query),
        });
        expect(reports).toEqual([]);
        expect(reply.statusCode).toBeLessThan(500);
      }),
      { numRuns: 60 },
    );
  },
);

it.each(['"constructor":1', '"toString":1', '"__proto__":{}'])(
  'answers 400 to a search with the extra field %s',
  async (extra) => {
    const { suspicion: _, expiresAt: __, jurisdiction: ___, ...valid } = search;
    const { reply } = await send('search-reads', { body: `${JSON.stringify(valid).slice(0, -1)},${extra}}` });
    expect(reply.statusCode).toBe(400);
  },
);

async function send(
  operation: OperationId,
  facts: { body: string; path?: Record<string, string>; query?: Record<string, string> },
) {
  const api = madeApi([madePerson()]);
  const found = { kind: 'problem', problem: 'not-found', facts: { detail: 'Nothing.' } } as const;
  const handler = apiHandler({ operation, deps: api.deps, handle: async () => found });
  return { ...api, reply: await handler(madeCall(facts), madeContext()) };
}

/** As text, because an object literal cannot hold a field of the name `__proto__`. */
function jsonOf(pairs: readonly (readonly [string, unknown])[]): string {
  return `{${pairs.map(([key, each]) => `${JSON.stringify(key)}:${JSON.stringify(each)}`).join(',')}}`;
}

function recordOf(pairs: readonly (readonly [string, unknown])[]): Record<string, string> {
  return JSON.parse(jsonOf(pairs.map(([key, each]) => [key, JSON.stringify(each)])));
}
