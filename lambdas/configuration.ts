import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Configuration, parseConfiguration } from '../core/contract/configuration';

/** Where the parts of a function lie: its own folder, into which everything is bundled. */
export const partsFolder = __dirname;

/** The deployment's configuration, put beside the code when the function was bundled. Parse once, at start. */
export function loadConfiguration(folder: string = partsFolder): Configuration {
  return parseConfiguration(JSON.parse(readFileSync(join(folder, 'configuration.json'), 'utf8')));
}
