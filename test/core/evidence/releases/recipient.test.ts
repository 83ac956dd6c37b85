import { findReleaseFault } from '../../../../core/evidence/releases/recipient';

const subpoena = { kind: 'subpoena', citation: 'Subpoena 2026-CF-000123' } as const;
const statute = { kind: 'statute', citation: '5 ILCS 140/7' } as const;

it.each([
  ['court', 'Made-Up County Circuit Court', subpoena],
  ['court', 'Circuit Court of Repose County', { kind: 'court-order', citation: 'Order 26-CF-1' }],
  ['prosecutor', 'Made-Up County State’s Attorney', statute],
  ['records-request', 'A. Incerto', statute],
  ['prosecutor', 'Made-Up County State’s Attorney', { kind: 'policy-clause', citation: 'Access-F' }],
] as const)('lets a %s named %j have a record on the law’s word [Access-F]', (kind, name, authority) => {
  expect(findReleaseFault({ recipient: { kind, name }, authority })).toBeUndefined();
});

it.each([
  'Made-Up Insurance',
  'Made-Up Data Brokers LLC',
  'MADE-UP REPOSSESSION, INC.',
  'Made-Up Towing',
  'The Made-Up Company',
  'Made-Up Collections Ltd',
])('names no business as a recipient: %j [Storage-D] [Storage-G]', (name) => {
  for (const kind of ['court', 'prosecutor', 'records-request'] as const)
    expect(findReleaseFault({ recipient: { kind, name }, authority: statute })).toMatchObject({
      clause: 'Storage-D',
    });
});

it.each([
  ['records-request', subpoena],
  ['court', { kind: 'court-order', citation: 'the judge said so' }],
  ['prosecutor', { kind: 'statute', citation: 'the law of the land' }],
  ['prosecutor', { kind: 'policy-clause', citation: 'as usual, clause 5' }],
] as const)('refuses a %s on %j, which names no law that requires it [Access-F]', (kind, authority) => {
  expect(findReleaseFault({ recipient: { kind, name: 'Made-Up Recipient' }, authority })).toMatchObject({
    clause: 'Access-F',
    remedy: expect.any(String),
  });
});
