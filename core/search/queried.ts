import type { Queried } from '../audit/event';
import type { SearchRequest } from '../contract/search';
import { parsePattern } from '../plate/pattern';

/** The data elements that a search asks for, as the audit log keeps them. */
export function queriedOf(request: SearchRequest, networks: readonly string[]): Queried {
  const { plate, lookAlikes, place, state, from, to } = request;
  return {
    ...(plate === undefined ? {} : { plate: parsePattern(plate) ?? plate }),
    ...(lookAlikes === undefined ? {} : { lookAlikes }),
    ...(place === undefined ? {} : { place }),
    ...(state === undefined ? {} : { state }),
    from,
    to,
    networks: [...networks],
  };
}
