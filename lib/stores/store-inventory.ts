import { readFileSync } from 'node:fs';
import type {
  IPolicyValidationContext,
  IPolicyValidationPlugin,
  PolicyValidationPluginReport,
} from 'aws-cdk-lib';
import { type StoreFault, storeFaults, type Template } from './store-faults';

/** Synth fails for a template in which a copy of a read could outlive the policy's limit [Storage-A]. */
export class StoreInventory implements IPolicyValidationPlugin {
  readonly name = 'Platekeeper store inventory';

  constructor(readonly limit: { readonly retentionDays: number }) {}

  validate({ templatePaths }: IPolicyValidationContext): PolicyValidationPluginReport {
    const found = templatePaths.flatMap((path) =>
      storeFaults(templateAt(path), this.limit).map((fault) => ({ path, fault })),
    );
    return {
      success: found.length === 0,
      violations: found.map(({ path, fault }) => violation(path, fault)),
    };
  }
}

function templateAt(path: string): Template {
  return JSON.parse(readFileSync(path, 'utf8'));
}

function violation(templatePath: string, { logicalId, message }: StoreFault) {
  return {
    ruleName: 'reads-end-in-time',
    description: message,
    violatingResources: [{ resourceLogicalId: logicalId, templatePath, locations: ['Properties'] }],
  };
}
