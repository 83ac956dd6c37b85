import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { createDecideAccess } from '../../adapters/cedar/decide-access';
import bloomington from '../../config/bloomington.json';
import { purposeSchema } from '../../core/access/purpose';
import { reasonSchema } from '../../core/access/reason';
import { roles } from '../../core/access/roles';
import { parseConfiguration } from '../../core/contract/configuration';
import { operationList } from '../../core/contract/operations';

const root = join(__dirname, '..', '..');
const decide = createDecideAccess({
  policyFolder: join(root, 'policy'),
  configuration: parseConfiguration(bloomington),
});

const caseSchema = z.strictObject({
  title: z.string(),
  at: z.iso.datetime(),
  person: z.strictObject({
    username: z.string(),
    role: z.enum(roles),
    agency: z.string(),
    division: z.string(),
    sworn: z.boolean(),
    suspended: z.boolean(),
    trainedUntil: z.iso.datetime(),
    onDuty: z.boolean(),
  }),
  operation: z.enum(operationList.map((each) => each.id)),
  networks: z.array(z.string()).optional(),
  purpose: purposeSchema.optional(),
  reason: reasonSchema.optional(),
  author: z.string().optional(),
  clause: z.string().optional(),
  rules: z.array(z.string()),
});

const allowed = casesIn('allow');
const denied = casesIn('deny');

it.each(allowed)('allows: $title', ({ rules, ...each }) => {
  expect(decisionOn(each)).toMatchObject({ kind: 'permit', rules });
});

it.each(denied)('denies: $title [$clause]', ({ clause, rules, ...each }) => {
  expect(decisionOn(each)).toMatchObject({ kind: 'deny', clause, rules });
});

it('has a case for every rule', () => {
  const ids = readdirSync(join(root, 'policy', 'rules')).flatMap((file) => {
    const text = readFileSync(join(root, 'policy', 'rules', file), 'utf8');
    return [...text.matchAll(/@id\("([^"]+)"\)/g)].map((match) => match[1]);
  });
  const covered = new Set([...allowed, ...denied].flatMap((each) => each.rules));
  expect(ids.filter((id) => !covered.has(id ?? ''))).toEqual([]);
  expect(ids.length).toBeGreaterThan(15);
});

type Case = Omit<z.output<typeof caseSchema>, 'rules' | 'clause'>;

function decisionOn({ title: _, at, person, networks, purpose, reason, author, operation }: Case) {
  const { trainedUntil, ...facts } = person;
  return decide({
    person: { ...facts, trainedUntilMs: Date.parse(trainedUntil) },
    operation,
    nowMs: Date.parse(at),
    ...(networks ? { networks } : {}),
    ...(purpose ? { purpose } : {}),
    ...(reason ? { reason } : {}),
    ...(author ? { author } : {}),
  });
}

function casesIn(kind: 'allow' | 'deny') {
  const folder = join(root, 'policy', 'cases', kind);
  return readdirSync(folder).map((file) =>
    caseSchema.parse(JSON.parse(readFileSync(join(folder, file), 'utf8'))),
  );
}
