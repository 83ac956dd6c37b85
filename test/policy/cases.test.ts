import { join } from 'node:path';
import { createDecideAccess } from '../../adapters/cedar/decide-access';
import { operationList } from '../../core/contract/operations';
import { caseConfiguration } from '../../scripts/policy/case-configuration';
import { readCases } from '../../scripts/policy/case-file';
import { madeConfiguration } from '../core/contract/made-configuration';

const policyFolder = join(__dirname, '..', '..', 'policy');
const decide = createDecideAccess({ policyFolder, configuration: caseConfiguration(madeConfiguration()) });
const cases = readCases(policyFolder);

it.each(cases.filter((each) => each.kind === 'allow'))('allows: $title', ({ request, rules }) => {
  expect(decide(request)).toMatchObject({ kind: 'permit', rules });
});

it.each(cases.filter((each) => each.kind === 'deny'))(
  'denies: $title [$clause]',
  ({ request, clause, rules }) => {
    expect(decide(request)).toMatchObject({ kind: 'deny', clause, rules });
  },
);

it('has a case that allows and one that denies for each operation', () => {
  const without = (kind: 'allow' | 'deny') => {
    const seen = new Set(cases.filter((each) => each.kind === kind).map((each) => each.request.operation));
    return operationList.map(({ id }) => id).filter((id) => !seen.has(id));
  };
  expect({ allow: without('allow'), deny: without('deny') }).toEqual({ allow: [], deny: [] });
});
