import type { OutsideListSource } from '../../../../core/hot-list/outside/outside-entry';

/** A made-up state's list, as CSV. */
export const madeSource: OutsideListSource = {
  id: 'state-stolen',
  name: 'State stolen vehicles',
  format: {
    kind: 'csv',
    separator: ',',
    columns: {
      plate: 'LIC',
      state: 'LIS',
      concern: 'TYPE',
      description: 'VEHICLE',
      caution: 'CAUTION',
      reference: 'NIC',
    },
  },
  concerns: { V: 'stolen-vehicle', W: 'wanted-person' },
  cautions: { A: 'armed', V: 'violent' },
  defaultConcern: 'other',
  refreshHours: 12,
  removalShareMax: 0.2,
};
