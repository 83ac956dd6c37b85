import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The policy as it is written: one schema and the rule files in the order of their names. */
export interface PolicyTexts {
  readonly schema: string;
  readonly ruleFiles: readonly string[];
}

/** Reads `schema.cedarschema` and `rules/*.cedar` of a policy folder. */
export function readPolicyTexts(folder: string): PolicyTexts {
  return {
    schema: readFileSync(join(folder, 'schema.cedarschema'), 'utf8'),
    ruleFiles: readdirSync(join(folder, 'rules'))
      .filter((name) => name.endsWith('.cedar'))
      .sort()
      .map((name) => readFileSync(join(folder, 'rules', name), 'utf8')),
  };
}

/** Names exactly these texts; every decision in the audit log carries it. */
export function policyVersion({ schema, ruleFiles }: PolicyTexts): string {
  return createHash('sha256')
    .update([schema, ...ruleFiles].join('\0'))
    .digest('hex')
    .slice(0, 16);
}
