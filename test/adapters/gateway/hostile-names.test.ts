import fc from 'fast-check';
import { apiHandler } from '../../../adapters/gateway/api-handler';
import { type OperationId, operationList } from '../../../core/contract/operations';
import { madePerson } from '../../core/people/made-person';
import { madeApi, madeCall, madeContext } from './made-call';

/** Every name that an object has without having it. */
const inherited = [...Object.getOwnPropertyNames(Object.prototype), 'prototype', 'length', 'then'];
const name = fc.constantFrom(...inherited);
const value = fc.oneof(fc.constantFrom(1, null, 'constructor', {}, []), fc.jsonValue({ maxDepth: 1 }));
const fields = fc.array(fc.tuple(fc.oneof(name, fc.constantFrom('purpose', 'reason', 'plate')), value));

it.each(operationList.map((each) => each.id))(
  'answers %s with no server error, whatever inherited names it is sent [Acct-D]',
  async (operation) => {
    await fc.assert(
      fc.asyncProperty(fields, fields, fields, async (body, path, query) => {
        const { statusCode, reports } = await send(operation, {
          body: objectText(body),
          path: Object.fromEntries(path.map(([key]) => [key, 'constructor'])),
          query: Object.fromEntries(query.map(([key]) => [key, '__proto__'])),
        });
        expect({ statusCode, reports }).toEqual({ statusCode: expect.toBeOneOf400s(), reports: [] });
      }),
      { numRuns: 60 },
    );
  },
);
