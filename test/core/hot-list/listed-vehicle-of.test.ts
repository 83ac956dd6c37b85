import { listedVehicleOf } from '../../../core/hot-list/listed-vehicle-of';
import { entryIdOf, madeEntry, requestedAtMs } from './made-entry';

it('tells what to look for and what to do, and neither who asked for it nor why [Policy-H.a]', () => {
  const entry = madeEntry({
    description: 'Blue sedan, dent on the left door',
    instructions: 'Keep a distance and call for a second car.',
    cautions: ['armed'],
    notify: ['made-up.officer'],
  });
  expect(listedVehicleOf(entry)).toEqual({
    list: 'custom',
    listName: 'Custom hot list',
    listedAtMs: requestedAtMs,
    entryId: entryIdOf(1),
    plate: 'TEST123',
    state: 'IL',
    concern: 'felony-vehicle',
    description: 'Blue sedan, dent on the left door',
    instructions: 'Keep a distance and call for a second car.',
    cautions: ['armed'],
    needsConfirmation: false,
    told: ['made-up.officer'],
  });
});
