import { readFileSync, writeFileSync } from 'node:fs';
import { accessMatrixPage } from './access-matrix';
import { acknowledgementsPage } from './acknowledgements';
import { openApiPage } from './openapi';
import { storeInventoryPage } from './store-inventory';
import { readProofs, traceabilityPage } from './traceability';

/** `--check`: says which page is out of date instead of writing it. */
function main(isCheck: boolean): number {
  const pages = {
    'docs/sop-traceability.md': traceabilityPage(readProofs()),
    'docs/acknowledgements.md': acknowledgementsPage(),
    'docs/openapi.json': openApiPage(),
    'docs/access-matrix.md': accessMatrixPage(),
    'docs/store-inventory.md': storeInventoryPage(),
  };
  const stale = Object.entries(pages).filter(([path, text]) => contentOf(path) !== text);
  if (!isCheck) for (const [path, text] of stale) writeFileSync(path, text);
  for (const [path] of stale)
    console.log(isCheck ? `${path} is out of date: run npm run docs` : `${path} written`);
  return isCheck && stale.length > 0 ? 1 : 0;
}

function contentOf(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

process.exitCode = main(process.argv.includes('--check'));
