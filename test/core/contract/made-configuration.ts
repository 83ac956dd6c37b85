import bloomington from '../../../config/bloomington.json';
import { type Configuration, parseConfiguration } from '../../../core/contract/configuration';

/** The deployment file that ships, parsed. */
export function madeConfiguration(changes: Partial<Configuration> = {}): Configuration {
  return { ...parseConfiguration(bloomington), ...changes };
}
