import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { clauses } from './clauses';

const proofsFile = z.array(
  z.strictObject({ file: z.string(), title: z.string(), clauses: z.array(z.string()) }),
);

export type Proof = z.output<typeof proofsFile>[number];

/** What the last whole test run proved. Throws when there was none, or a title names a clause that does not exist. */
export function readProofs(path = '.local/proofs.json'): readonly Proof[] {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (cause) {
    throw new Error('run all tests first (npm run test:unit): the page is made of what they proved', {
      cause,
    });
  }
  const proofs = proofsFile.parse(JSON.parse(text));
  for (const { file, title, clauses: ids } of proofs)
    for (const id of ids)
      if (!(id in clauses)) throw new Error(`${file}: the policy has no clause ${id} ("${title}")`);
  return proofs;
}

/** The page: each clause with the tests that prove it; one without is listed as open. */
export function traceabilityPage(proofs: readonly Proof[]): string {
  const ids = Object.keys(clauses);
  const of = (id: string) => proofs.filter((proof) => proof.clauses.includes(id));
  const open = ids.filter((id) => of(id).length === 0);
  const lines = [
    '# Clauses of the policy and the tests that prove them',
    '',
    'Made by `npm run docs` of the tests that passed; `npm test` fails when it is out of date.',
    '',
    `${ids.length - open.length} of ${ids.length} clauses have at least one test. Open: ${open.join(', ') || 'none'}.`,
    '',
  ];
  for (const id of ids) {
    lines.push(`## ${id}`, '', clauses[id] ?? '', '');
    const titles = [...new Set(of(id).map(({ file, title }) => `- ${title} (\`${file}\`)`))].sort();
    lines.push(...(titles.length > 0 ? titles : ['**Open**: nothing proves it yet.']), '');
  }
  return lines.join('\n');
}
