import { writeFileSync } from 'node:fs';
import { acknowledgementsPage } from './acknowledgements';
import { proofsIn, traceabilityPage } from './traceability';

writeFileSync('docs/sop-traceability.md', traceabilityPage(proofsIn('test')));
writeFileSync('docs/acknowledgements.md', acknowledgementsPage());
console.log('docs/sop-traceability.md and docs/acknowledgements.md are up to date.');
