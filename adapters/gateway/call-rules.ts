import type { Configuration } from '../../core/contract/configuration';
import type { ClientKind } from '../../core/devices/device-fact';
import { type SharedUseRules, sharedUseRules } from '../../core/sessions/shared-use';
import { ownNetworks } from './own-networks';

/** What a deployment's configuration says of calls, worked out once at start. */
export interface CallRules {
  /** Which client of the user pool a token was issued to. */
  clientOf(clientId: string): ClientKind;
  /** The name of the Department's network that an address is of; `undefined`: of none. */
  placeOf(address: string): string | undefined;
  readonly consoleDevices: boolean;
  readonly idleMs: number;
  readonly sharedUse: SharedUseRules;
  readonly blocksSharedUse: boolean;
}

/** `consoleClients`: ids of the console's clients, separated by commas; every other client's tokens are a phone's. */
export function callRules(configuration: Configuration, consoleClients: string): CallRules {
  const { clients, access } = configuration;
  const consoles = new Set(consoleClients.split(','));
  const networkOf = ownNetworks(clients.consoleNetworks);
  return {
    clientOf: (clientId) => (consoles.has(clientId) ? 'console' : 'mobile'),
    placeOf: (address) => networkOf(address)?.name,
    consoleDevices: clients.consoleDevices,
    idleMs: clients.idleMinutes * 60_000,
    sharedUse: sharedUseRules(configuration),
    blocksSharedUse: access.sharedAccounts.action === 'block',
  };
}
