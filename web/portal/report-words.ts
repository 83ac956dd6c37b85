/** What readers are told of one figure. */
export interface FigureWords {
  readonly title: string;
  /** How it divides, by the name of the table. */
  readonly by: Readonly<Record<string, string>>;
  readonly note?: string;
}

/** In the order of the page. A figure that is not here is shown under its own name, so that none can be left out. */
export const figureWords: Readonly<Record<string, FigureWords>> = {
  cameras: {
    title: 'Cameras in service',
    by: { kind: 'Cameras by kind', network: 'Cameras by network' },
    note: 'When this report was made.',
  },
  reads: {
    title: 'Plates read',
    by: { network: 'Reads by network' },
    note: 'Each passing plate is one read. Counted once a day had ended, by days of Universal Time; what cameras sent later is not in here.',
  },
  quarantined: {
    title: 'Reads that were refused',
    by: { reason: 'Refused reads by reason' },
    note: 'What cameras sent and the system did not accept.',
  },
  searches: {
    title: 'Searches',
    by: {
      purpose: 'Searches by purpose',
      role: 'Searches by role of the searching person',
      reason: 'Searches by kind of the stated reason',
    },
    note: 'Made in an investigation.',
  },
  administrativeSearches: {
    title: 'Administrative searches',
    by: { role: 'Administrative searches by role of the searching person' },
    note: 'For administration, testing or audit.',
  },
  refusals: {
    title: 'Requests that were refused',
    by: { clause: 'Refused requests by the policy clause that refused them' },
  },
  imagesFetched: { title: 'Images viewed', by: { image: 'Viewed images by kind' } },
  alerts: {
    title: 'Alerts',
    by: {
      outcome: 'Alerts by outcome of their verification',
      disposition: 'Alerts by what came of them',
    },
    note: 'Alerts raised in this month, as they stood at its end.',
  },
  hotListChanges: { title: 'Custom hot list', by: { change: 'Changes of entries' } },
  unclosed: {
    title: 'Uses without a recorded answer',
    by: { operation: 'Uses without a recorded answer, by what was asked for' },
    note: 'Each is looked into as a finding of the monthly audit.',
  },
};

const groups: Readonly<Record<string, string>> = {
  felony: 'Felony-level crime',
  'crime-against-person': 'Crime against a person',
  'hit-and-run': 'Hit-and-run accident',
  'active-arrest-warrant': 'Active arrest warrant',
  'missing-person': 'Missing person',
  exigent: 'Exigent circumstances',
  'case-number': 'Case number',
  'cad-number': 'CAD run number',
  phrase: 'Descriptive phrase',
  open: 'Not verified',
  'none-recorded': 'Nothing recorded',
};

/** A group as readers see it: its words, or its id with spaces and a capital. Clauses and names stay as they are. */
export function groupWords(id: string): string {
  if (Object.hasOwn(groups, id)) return groups[id] ?? id;
  return /^[a-z-]+$/.test(id) ? `${id.charAt(0).toUpperCase()}${id.slice(1).replaceAll('-', ' ')}` : id;
}
