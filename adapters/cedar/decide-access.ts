import { makeDecideAccess } from '../../core/access/decide';
import type { DecideAccess } from '../../core/access/decision';
import type { Configuration } from '../../core/contract/configuration';
import { loadRules } from './cedar-rules';

/** The decision point of a function: rules read from its own folder once, at start. Throws `PolicyUnusable`. */
export function createDecideAccess(options: {
  policyFolder: string;
  configuration: Configuration;
}): DecideAccess {
  return makeDecideAccess({ rules: loadRules(options.policyFolder), configuration: options.configuration });
}
