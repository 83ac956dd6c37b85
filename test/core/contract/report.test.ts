import Ajv2020 from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import { parseReport, reportJsonSchema } from '../../../core/contract/report';
import { madeReport } from '../../web/portal/made-report';

const ajv = addFormats(new Ajv2020({ strict: true, allErrors: true }));
const isValid = ajv.compile(reportJsonSchema());

it('is described by the JSON Schema that is published beside it', () => {
  isValid(JSON.parse(JSON.stringify(madeReport())));
  expect(isValid.errors ?? []).toEqual([]);
});

it.each([
  ['without a field', { neverSold: undefined }],
  ['with a count below zero', { daysCounted: { counted: -1, ofMonth: 30 } }],
  ['of another format', { format: 2 }],
  ['with a field that nobody knows', { extra: 1 }],
])('tells a report %s apart', (_, changes) => {
  const text = JSON.stringify({ ...madeReport(), ...changes });
  expect(isValid(JSON.parse(text))).toBe(false);
  expect(parseReport(text)).toBeUndefined();
});

it('reads its own reports again, and nothing else', () => {
  expect(parseReport(JSON.stringify(madeReport()))).toEqual(madeReport());
  expect(parseReport('{')).toBeUndefined();
});
