import Ajv from 'ajv-draft-04';
import fc from 'fast-check';
import { gatewayModel } from '../../../core/contract/gateway-model';
import { parseInput } from '../../../core/contract/input';
import { operations } from '../../../core/contract/operations';

const ajv = new Ajv({ strict: true });
const model = gatewayModel(operations['search-reads']);
const passesGateway = ajv.compile(model ?? {});

const search = {
  plate: 'TEST123',
  from: '2026-11-20T00:00:00Z',
  to: '2026-11-24T00:00:00Z',
  networks: ['bloomington'],
  purpose: { kind: 'felony' },
  reason: { kind: 'phrase', phrase: 'Stolen Vehicle' },
};

it('exists for operations with a body, and for no other', () => {
  expect(
    Object.values(operations)
      .filter((each) => gatewayModel(each))
      .map((each) => each.id),
  ).toEqual([
    'search-reads',
    'continue-search',
    'request-hot-list-entry',
    'extend-hot-list-entry',
    'preview-hot-list-entry',
    'decide-held-list',
    'verify-alert',
    'record-disposition',
    'acknowledge-alert',
    'notify-neighbour',
    'propose-site',
    'decide-site',
    'record-installation',
    'enrol-camera',
    'enrol-person',
    'assign-person',
    'designate-person',
    'disable-person',
    'suspend-person',
    'reinstate-person',
    'record-training',
    'set-duty',
    'import-personnel',
    'register-device',
    'decide-finding',
    'attest-month-audit',
    'take-evidence',
    'request-release',
    'decide-release',
    'order-redaction',
    'decide-redaction',
    'draw-leaves',
    'propose-agency',
    'propose-agreement',
    'propose-exigent-grant',
    'revoke-sharing',
    'receive-external-request',
    'answer-external-request',
    'decline-external-request',
    'propose-report-correction',
  ]);
});

it.each([
  ['no reason', { ...search, reason: undefined }],
  ['no purpose', { ...search, purpose: undefined }],
  ['a prohibited purpose', { ...search, purpose: { kind: 'immigration' } }],
  ['nothing at all', {}],
])('lets a search with %s through to the handler, which refuses it with its clause', (_, body) => {
  const sent: unknown = JSON.parse(JSON.stringify(body));
  expect(passesGateway(sent)).toBe(true);
  expect(parseInput('search-reads', { path: {}, query: {}, body: sent }).kind).toBe('invalid');
});

it.each([
  ['a body that is no object', ['TEST123']],
  ['a plate that is no text', { ...search, plate: 7 }],
  ['a plate of 10 000 characters', { ...search, plate: 'A'.repeat(10_000) }],
  ['a thousand networks', { ...search, networks: Array(1000).fill('bloomington') }],
  ['a reason that is a text', { ...search, reason: 'Stolen Vehicle' }],
])('turns away %s', (_, body) => {
  expect(passesGateway(body)).toBe(false);
});

it('turns away nothing that the contract accepts', () => {
  const bodies = fc.record(
    {
      plate: fc.stringMatching(/^[A-Z0-9?*]{2,20}$/),
      from: fc.constant(search.from),
      to: fc.constant(search.to),
      networks: fc.array(fc.string({ minLength: 1, maxLength: 40 }), { minLength: 1, maxLength: 50 }),
      purpose: fc.constantFrom({ kind: 'felony' }, { kind: 'missing-person' }),
      reason: fc.constantFrom(search.reason, { kind: 'case-number', caseNumber: '2026-0012345' }),
      limit: fc.integer({ min: 1, max: 500 }),
    },
    { requiredKeys: ['plate', 'from', 'to', 'purpose', 'reason'] },
  );
  fc.assert(
    fc.property(bodies, (body) => {
      expect(parseInput('search-reads', { path: {}, query: {}, body }).kind).toBe('valid');
      expect(passesGateway(body)).toBe(true);
    }),
  );
});
