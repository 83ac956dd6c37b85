import type { Entry } from './entry';
import { customList, type ListedVehicle } from './listed-vehicle';

/** What an alert may tell of a custom entry: neither who asked for it nor why (Policy-H.a). */
export function listedVehicleOf(entry: Entry): ListedVehicle {
  const { entryId, plate, state, concern, description, instructions, cautions, notify, requestedAtMs } =
    entry;
  return {
    list: customList,
    listName: 'Custom hot list',
    listedAtMs: requestedAtMs,
    entryId,
    plate,
    ...(state === undefined ? {} : { state }),
    concern,
    ...(description === undefined ? {} : { description }),
    ...(instructions === undefined ? {} : { instructions }),
    cautions,
    needsConfirmation: false,
    ...(notify.length === 0 ? {} : { told: notify }),
  };
}
