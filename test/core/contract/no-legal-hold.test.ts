import { z } from 'zod';
import { operationList } from '../../../core/contract/operations';

/** Names under which other systems keep more than one record, or one for longer, in the store itself. */
const holding =
  /legal|litigation|preserv|retain|retention|keepUntil|holdUntil|extendDays|freeze|exempt|bulk|export/i;

it('has no operation that holds the store or makes a read outlive its day: evidence of one read is the only way [Storage-A]', () => {
  const found = operationList.flatMap(({ id, path, request }) => [
    ...[id, path].filter((each) => holding.test(each)),
    ...[request.path, request.query, request.body].flatMap((schema) =>
      schema === undefined
        ? []
        : fieldsOf(z.toJSONSchema(schema, { io: 'input' })).filter((each) => holding.test(each)),
    ),
  ]);
  expect(found).toEqual([]);
});

it('takes evidence of one read at a time, by one id [Storage-A]', () => {
  const take = operationList.find(({ id }) => id === 'take-evidence')?.request.body;
  const lists = fieldsOf(take && z.toJSONSchema(take, { io: 'input' }), 'array');
  expect(lists).toEqual([]);
});

/** The names of all fields of a schema, or of those of one type. */
function fieldsOf(schema: unknown, type?: string): string[] {
  if (typeof schema !== 'object' || schema === null) return [];
  const properties: unknown = Reflect.get(schema, 'properties');
  const own =
    typeof properties === 'object' && properties !== null
      ? Object.entries(properties).filter(([, each]) => type === undefined || each?.type === type)
      : [];
  return [...own.map(([name]) => name), ...Object.values(schema).flatMap((each) => fieldsOf(each, type))];
}
