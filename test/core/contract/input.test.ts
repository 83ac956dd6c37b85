import fc from 'fast-check';
import { parseInput } from '../../../core/contract/input';

const search = {
  plate: 'TEST123',
  from: '2026-11-20T00:00:00Z',
  to: '2026-11-24T00:00:00Z',
  purpose: { kind: 'felony' },
  reason: { kind: 'phrase', phrase: 'Stolen Vehicle' },
};

const parse = (body: unknown) => parseInput('search-reads', { path: {}, query: {}, body });

it('reads a search', () => {
  expect(parse(search)).toMatchObject({ kind: 'valid', input: { body: search } });
});

it('refuses a search without a reason [Access-E]', () => {
  const { reason: _, ...rest } = search;
  expect(parse(rest)).toEqual({
    kind: 'invalid',
    clause: 'Access-E',
    fields: [{ field: 'reason', message: 'is missing', clause: 'Access-E' }],
  });
});

it.each(['immigration', 'towing', 'city-ordinance', 'minor-traffic'])(
  'knows no purpose %s [Policy-B]',
  (kind) => {
    expect(parse({ ...search, purpose: { kind } })).toMatchObject({
      kind: 'invalid',
      clause: 'Policy-B',
      fields: [{ field: 'purpose.kind', message: expect.stringContaining('must be one of felony') }],
    });
  },
);

it('asks a written justification of an exigency [Policy-B]', () => {
  expect(
    parse({ ...search, purpose: { kind: 'exigent', lawEnforcementPurpose: 'Bomb threat' } }),
  ).toMatchObject({
    kind: 'invalid',
    clause: 'Policy-B',
    fields: [{ field: 'purpose.justification', message: 'is missing' }],
  });
});

it('lists every fault of a body with its field', () => {
  expect(parse({ ...search, plate: 7, limit: 0, to: '2026-11-01T00:00:00Z', colour: 'red' })).toMatchObject({
    kind: 'invalid',
    fields: [
      { field: 'plate', message: 'must be of type string' },
      { field: 'limit', message: 'must not be below 1' },
      { field: 'colour', message: 'is not a field of this request; leave it out' },
    ],
  });
});

it('refuses a range that ends before it starts, or is longer than any read lives', () => {
  expect(parse({ ...search, to: '2026-11-01T00:00:00Z' })).toMatchObject({ fields: [{ field: 'to' }] });
  expect(parse({ ...search, from: '2026-10-01T00:00:00Z' })).toMatchObject({ fields: [{ field: 'from' }] });
});

it('asks a hot-list entry for a complete plate and a statement of suspicion [Policy-H.e] [Policy-H.c]', () => {
  const { from: _, to: __, ...rest } = search;
  const body = {
    ...rest,
    plate: 'TEST?23',
    concern: 'stolen-vehicle',
    expiresAt: '2026-12-01T00:00:00Z',
    jurisdiction: 'bloomington-pd',
  };
  expect(parseInput('request-hot-list-entry', { path: {}, query: {}, body })).toMatchObject({
    kind: 'invalid',
    fields: [
      { field: 'plate', clause: 'Policy-H.e' },
      { field: 'suspicion', clause: 'Policy-H.c' },
    ],
  });
});

it('never throws and never repeats a value, whatever it is sent', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (body) => {
      const parsed = parse({ ...search, plate: 'SECRET!99', purpose: body });
      expect(parsed.kind).toBe('invalid');
      expect(JSON.stringify(parsed)).not.toContain('SECRET');
    }),
  );
});
