#!/usr/bin/env node
import { App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks, NIST80053R5Checks } from 'cdk-nag';
import { ConfigurationError } from '../core/contract/configuration';
import { loadConfiguration } from '../lib/config';
import { addPlatekeeper } from '../lib/platekeeper';
import { StoreInventory } from '../lib/stores/store-inventory';

const app = new App();
try {
  const configuration = loadConfiguration(configurationPath(app));
  addPlatekeeper(app, configuration);
  Validations.of(app).addPlugins(new StoreInventory(configuration));
} catch (error) {
  if (!(error instanceof ConfigurationError)) throw error;
  console.error(error.message);
  process.exit(1);
}
Validations.of(app).addPlugins(new AwsSolutionsChecks(app), new NIST80053R5Checks(app));
app.synth();

function configurationPath(from: App): string {
  const named: unknown = from.node.tryGetContext('platekeeper:configuration');
  return (
    process.env.PLATEKEEPER_CONFIGURATION ?? (typeof named === 'string' ? named : 'config/bloomington.json')
  );
}
