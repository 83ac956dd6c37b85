import { ownNetworks } from '../../../adapters/gateway/own-networks';

const place = { latitude: 0, longitude: 0 };
const placeOf = ownNetworks([
  { ...place, name: 'Station', addresses: '192.0.2.0/25' },
  { ...place, name: 'Annex', addresses: '2001:db8:7::/48' },
]);

it.each([
  ['192.0.2.0', 'Station'],
  ['192.0.2.127', 'Station'],
  ['192.0.2.128', undefined],
  ['::ffff:192.0.2.7', 'Station'],
  ['::ffff:c000:0207', 'Station'],
  ['::ffff:198.51.100.7', undefined],
  ['2001:db8:7:ffff::1', 'Annex'],
  ['2001:0DB8:0007::1', 'Annex'],
  ['2001:db8:8::1', undefined],
  ['192.0.2.7, 198.51.100.7', undefined],
  ['192.0.2.7:443', undefined],
  ['', undefined],
])('knows %p as %p [Access-G]', (address, name) => {
  expect(placeOf(address)?.name).toBe(name);
});
