import { readFileSync } from 'node:fs';
import { type Configuration, ConfigurationError, parseConfiguration } from '../core/contract/configuration';

/**
 * Reads the one file that describes a deployment. Throws `ConfigurationError` naming each wrong field, also for a
 * file that is missing or not JSON.
 */
export function loadConfiguration(path: string): Configuration {
  return parseConfiguration(readJson(path));
}

function readJson(path: string): unknown {
  const fault = (message: string) => new ConfigurationError([{ field: path, message }]);
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    throw fault('cannot be read; name the file with -c platekeeper:configuration=PATH');
  }
  try {
    return JSON.parse(text);
  } catch (error) {
    throw fault(`is not JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
}
