import type { FieldFault } from '../../core/contract/problem';
import type { Walk } from '../../core/search/enumeration';
import type { Cap } from '../../core/search/ports';

interface Words {
  readonly message: string;
  readonly remedy: string;
}

const tomorrow = 'Narrow the search, go on tomorrow (UTC), or ask a colleague on the case.';

const capWords: Readonly<Record<Cap, Words>> = {
  'searches-per-hour': {
    message: 'This hour’s searches are used up; mass downloading is prohibited.',
    remedy: 'Go on in the next hour.',
  },
  'searches-per-day': {
    message: 'Today’s searches are used up; mass downloading is prohibited.',
    remedy: 'Go on tomorrow (UTC), or ask a colleague on the case.',
  },
  'agency-searches-per-day': {
    message: 'Your agency’s searches of today are used up; mass downloading is prohibited.',
    remedy: 'Go on tomorrow (UTC), or ask the ALPR administrator what uses them up.',
  },
  'camera-hours-per-day': {
    message: 'Today’s searches by place have looked at as many cameras and hours as they may.',
    remedy: 'Search for a plate, name fewer cameras or hours, or go on tomorrow (UTC).',
  },
  'results-per-day': {
    message: 'These are more reads than you may still be answered today; mass downloading is prohibited.',
    remedy: tomorrow,
  },
  'agency-results-per-day': {
    message:
      'These are more reads than your agency may still be answered today; mass downloading is prohibited.',
    remedy: tomorrow,
  },
};

const walkWords: Readonly<Record<Walk, string>> = {
  'plates-per-hour': 'So many different plates in one hour are a walk through the data.',
  'similar-plates': 'So many plates that differ in two characters alone are a walk through the data.',
  'broad-patterns': 'So many patterns of three characters are a walk through the data.',
  cameras: 'So many different cameras on one day are a walk through the data.',
  windows: 'So many windows of one plate or camera, side by side, are a walk through the data.',
};

/** A cap is reached (Storage-A). */
export function capDenial(cap: Cap) {
  return { clause: 'Storage-A', ...capWords[cap], rules: [cap] };
}

/** The user's day shows a walk through the data; it stays stopped until the day (UTC) ends (Storage-A). */
export function walkDenial(walk: Walk) {
  return {
    clause: 'Storage-A',
    message: `${walkWords[walk]} Your searches are stopped for today (UTC), and a finding is raised.`,
    remedy: 'Tell the ALPR administrator what you are looking for; a colleague can search meanwhile.',
    rules: [`enumeration-${walk}`],
  };
}

export const patternDenial = {
  clause: 'Storage-A',
  message: 'The plate cannot be searched for: it would list traffic.',
  remedy: 'Name more of the plate.',
  rules: ['plate-pattern'],
};

export const patternFields: readonly FieldFault[] = [
  {
    field: 'plate',
    message: 'needs at least three known characters beside ? and *, and fits a plate of 10',
    clause: 'Storage-A',
  },
];

export const placeDenial = {
  clause: 'Storage-A',
  message: 'The place or the time is larger than one search may look at.',
  remedy: 'Name fewer cameras, a smaller area or a shorter time.',
  rules: ['place-size'],
};

export const searchNotFound = {
  clause: 'Access-C',
  message: 'There is no such search of yours.',
  remedy: 'Make the search yourself, with your own reason.',
  rules: ['search-owner'],
};

export const pageGone = {
  clause: 'Storage-A',
  message: 'The page of a search can be asked for for 15 minutes.',
  remedy: 'Search again.',
  rules: ['page-token'],
};
