import { BlockList, isIP } from 'node:net';
import type { Configuration } from '../../core/contract/configuration';

type OwnNetwork = Configuration['clients']['consoleNetworks'][number];

/** The network of the Department that an address is of, `undefined` for any other; an IPv4 address also as IPv6. */
export function ownNetworks(networks: readonly OwnNetwork[]): (address: string) => OwnNetwork | undefined {
  const ranges = networks.map((network) => ({ network, range: rangeOf(network.addresses) }));
  return (address) => {
    const family = isIP(address);
    if (family === 0) return undefined;
    return ranges.find(({ range }) => range.check(address, family === 4 ? 'ipv4' : 'ipv6'))?.network;
  };
}

/** The configuration's parser took `addresses` for a range such as `203.0.113.0/24`. */
function rangeOf(addresses: string): BlockList {
  const [address = '', bits = ''] = addresses.split('/');
  const range = new BlockList();
  range.addSubnet(address, Number(bits), isIP(address) === 6 ? 'ipv6' : 'ipv4');
  return range;
}
