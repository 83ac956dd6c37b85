import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { clauses } from './clauses';

export interface Proof {
  readonly file: string;
  readonly title: string;
}

/** Test titles that end in clauses, `[Access-E]` or `[Access-E, Policy-B]`, of all test files under `folder`. */
export function proofsIn(folder: string): ReadonlyMap<string, readonly Proof[]> {
  const proofs = new Map<string, Proof[]>();
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((each) => each.endsWith('.test.ts'))
    .sort();
  for (const file of files)
    for (const { title, ids } of titlesOf(readFileSync(join(folder, file), 'utf8')))
      for (const id of ids) {
        if (!(id in clauses)) throw new Error(`${file}: the policy has no clause ${id} ("${title}")`);
        const known = proofs.get(id) ?? [];
        proofs.set(id, [...known, { file: relative(process.cwd(), join(folder, file)), title }]);
      }
  return proofs;
}

/** The page: each clause with the tests that prove it; one without is listed as open. */
export function traceabilityPage(proofs: ReadonlyMap<string, readonly Proof[]>): string {
  const ids = Object.keys(clauses);
  const open = ids.filter((id) => !proofs.has(id));
  const lines = [
    '# Clauses of the policy and the tests that prove them',
    '',
    'Made by `npm run docs` from the titles of the tests; a test fails when it is out of date.',
    '',
    `${ids.length - open.length} of ${ids.length} clauses have at least one test. Open: ${open.join(', ') || 'none'}.`,
    '',
  ];
  for (const id of ids) {
    lines.push(`## ${id}`, '', clauses[id] ?? '', '');
    const found = proofs.get(id);
    if (!found) lines.push('**Open**: nothing proves it yet.');
    else for (const { file, title } of found) lines.push(`- ${title} (\`${file}\`)`);
    lines.push('');
  }
  return lines.join('\n');
}

function titlesOf(source: string): { title: string; ids: string[] }[] {
  const pattern =
    /\bit(?:\.each\([\s\S]*?\))?\(\s*(['"`])((?:\\.|(?!\1)[^\\])*?)\s*\[([A-Za-z0-9., -]+)\]\1/g;
  return [...source.matchAll(pattern)].map(([, , title = '', ids = '']) => ({
    title: title.replace(/\\(['"`])/g, '$1'),
    ids: ids.split(',').map((each) => each.trim()),
  }));
}
