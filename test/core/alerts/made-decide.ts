import { join } from 'node:path';
import { createDecideAccess } from '../../../adapters/cedar/decide-access';
import type { DecideAccess } from '../../../core/access/decision';
import { madeConfiguration } from '../contract/made-configuration';

/** The rules that ship, over the configuration that ships. */
export function madeDecide(): DecideAccess {
  return createDecideAccess({
    policyFolder: join(__dirname, '..', '..', '..', 'policy'),
    configuration: madeConfiguration(),
  });
}
