import type { Words } from './words';

/** In the order of the page. A figure that is not here is shown under its own name, so that none can be left out. */
export const englishFigures: Words['figures'] = {
  cameras: {
    title: 'Cameras in service',
    by: { kind: 'Cameras by kind', network: 'Cameras by network' },
    note: 'When this report was made.',
  },
  cameraDays: {
    title: 'Days of cameras in service',
    by: { kind: 'Camera days by kind', activity: 'Camera days by whether a read came' },
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
  alerts: {
    title: 'Alerts',
    by: {
      outcome: 'Alerts by outcome of their verification',
      disposition: 'Alerts by what came of them',
      list: 'Alerts by hot list',
    },
    crossed: 'Alerts by hot list and outcome',
    note: 'Alerts raised in this month, as they stood at its end.',
  },
  sightings: { title: 'Alerted vehicles seen again', by: { kind: 'Further sightings by what was done' } },
  hotListChanges: { title: 'Changes of the custom hot list', by: { change: 'Changes of entries' } },
  searches: {
    title: 'Searches',
    by: {
      purpose: 'Searches by purpose',
      role: 'Searches by role of the searching person',
      reason: 'Searches by kind of the stated reason',
      result: 'Searches by result',
    },
    note: 'Made in an investigation.',
  },
  administrativeSearches: {
    title: 'Administrative searches',
    by: { role: 'Administrative searches by role of the searching person' },
    note: 'For administration, testing or audit.',
  },
  imagesFetched: { title: 'Images viewed', by: { image: 'Viewed images by kind' } },
  refusedSearches: {
    title: 'Searches that were refused',
    by: { clause: 'Refused searches by the policy clause that refused them' },
  },
  refusals: {
    title: 'Other requests that were refused',
    by: { clause: 'Other refused requests by the policy clause that refused them' },
  },
  evidence: {
    title: 'Reads kept as evidence',
    by: { purpose: 'Evidence by purpose' },
    note: 'Single reads preserved for a case; they become records of the Department.',
  },
  releases: {
    title: 'Releases of evidence',
    by: { change: 'Releases by step', authority: 'Releases by kind of authority' },
  },
  outsideRequests: {
    title: 'Requests of other agencies',
    by: { outcome: 'Requests by outcome', agency: 'Requests by kind of agency' },
    crossed: 'Requests by kind of agency and outcome',
    note: 'Received or closed in this month, as they stood at its end.',
  },
  settingsChanges: {
    title: 'Changes of settings',
    by: { part: 'Changes by part of the settings' },
    note: 'Looked for once a day.',
  },
  sharingChanges: { title: 'Changes of sharing', by: { operation: 'Changes of sharing by step' } },
  findings: {
    title: 'Audit findings raised',
    by: { kind: 'Findings by kind', outcome: 'Findings by outcome' },
    note: 'Raised in this month, as they stood at its end. Those on exigent uses, prohibited attempts, sharing and uses without an answer are told by the numbers of these.',
  },
  trainings: { title: 'Trainings recorded', by: { topic: 'Trainings by topic' } },
  accessChanges: { title: 'Changes of access', by: { change: 'Changes of people’s access and devices' } },
  cameraChanges: { title: 'Changes of cameras and sites', by: { operation: 'Changes of cameras by step' } },
  signIns: { title: 'Sign-ins', by: { client: 'Sign-ins by client' } },
  otherUses: { title: 'Other uses', by: { operation: 'Other permitted uses by what was asked for' } },
  activeUsers: { title: 'Active users', by: {} },
  redactions: { title: 'Events taken out of the log by law', by: { step: 'Redactions by step' } },
  unclosed: {
    title: 'Uses without a recorded answer',
    by: { operation: 'Uses without a recorded answer, by what was asked for' },
    note: 'Each is looked into as a finding of the monthly audit.',
  },
};

/** Where the id itself, with spaces, would not do. */
export const englishGroups: Words['groups'] = {
  felony: 'Felony-level crime',
  'crime-against-person': 'Crime against a person',
  'hit-and-run': 'Hit-and-run accident',
  exigent: 'Exigent circumstances',
  'case-number': 'Case number',
  'cad-number': 'CAD run number',
  phrase: 'Descriptive phrase',
  found: 'Found a read',
  nothing: 'Found nothing',
  unanswered: 'No recorded answer',
  'answered-with-reads': 'Answered with reads',
  'answered-without-reads': 'Answered, no read found',
  'stale-entry': 'Entry out of date',
  'none-recorded': 'Nothing recorded',
  'with-reads': 'With a read',
  silent: 'Without a read',
  'requested-exigent': 'Requested in exigent circumstances',
  'alert-sighted': 'Added to the alert',
  'alert-suppressed': 'Not alerted: a known misread',
  custom: 'The Department’s own list',
};
