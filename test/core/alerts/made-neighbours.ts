import type { Neighbour } from '../../../core/alerts/neighbours';

const at = (latitude: number, longitude: number) => ({ latitude, longitude });

/** Two made-up neighbours: a square to the north of 40.5, and one that overlaps its eastern half. */
export const madeNeighbours: readonly Neighbour[] = [
  {
    id: 'normal',
    name: 'Town of Normal',
    geofence: [at(40.5, -89), at(40.6, -89), at(40.6, -88.9), at(40.5, -88.9)],
  },
  {
    id: 'eastville',
    name: 'Made-up Eastville',
    geofence: [at(40.5, -88.95), at(40.6, -88.95), at(40.6, -88.8), at(40.5, -88.8)],
  },
];

export const inNormal = at(40.55, -88.97);
export const inBoth = at(40.55, -88.92);
export const inNone = at(40.4, -88.97);
