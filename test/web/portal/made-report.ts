import type { PublicReport } from '../../../core/contract/report';

/** A made-up report with something under every head. */
export function madeReport(changes: Partial<PublicReport> = {}): PublicReport {
  return {
    format: 4,
    month: '2026-11',
    version: 1,
    department: 'Bloomington Police Department',
    state: 'IL',
    timeZone: 'America/Chicago',
    madeAt: '2026-12-01T12:00:03.000Z',
    retention: {
      days: 30,
      daysForgotten: 29,
      keptSince: '2026-11-01',
      proofs: { count: 60, withFaults: 0, oldestReadHours: 718 },
    },
    daysCounted: { counted: 30, ofMonth: 30 },
    figures: {
      cameras: { total: 3, tables: { kind: { fixed: 2, mobile: 1, partner: 0 } } },
      reads: { total: 12_345, tables: { network: { 'Bloomington PD cameras': 12_345 } } },
      alerts: {
        total: 42,
        tables: {
          outcome: { unverified: 6, confirmed: 30, misread: 6, 'wrong-state': 0, 'stale-entry': 0 },
          disposition: { 'none-recorded': 12, stopped: 25, 'no-action': 5 },
          list: { 'State stolen vehicles and plates': 37, custom: 5 },
        },
        crossed: [
          {
            groups: ['State stolen vehicles and plates', 'custom'],
            counts: { unverified: 6, confirmed: 30, misread: 6, 'wrong-state': 0, 'stale-entry': 0 },
          },
        ],
      },
      searches: { total: 20, tables: { purpose: { felony: null, exigent: null, 'missing-person': 10 } } },
      refusedSearches: { total: 0, tables: { clause: {} } },
      refusals: { total: 0, tables: { clause: {} } },
      outsideRequests: {
        total: 0,
        tables: { outcome: { open: 0, declined: 0 }, agency: { municipal: 0, county: 0 } },
      },
      settingsChanges: { total: 1, tables: { part: { caps: 1 } } },
      activeUsers: { total: 31, tables: {} },
      surprises: { total: 6, tables: {} },
    },
    uptime: [
      { kind: 'fixed', cameraDays: 60, silentDays: 3, share: 0.95 },
      { kind: 'partner', cameraDays: 0, silentDays: 0, share: null },
    ],
    hotLists: [
      {
        id: 'state-stolen',
        name: 'State stolen vehicles and plates',
        refreshHours: 24,
        entries: 50_210,
        deliveredAt: '2026-11-30T05:00:00.000Z',
        deliveries: { switched: 29, held: 1, refused: 0 },
      },
    ],
    exigent: { searches: null, entries: 0, grants: 0 },
    training: { topics: ['This policy'], validMonths: 12, activeUsers: 31, refusedForTraining: 0 },
    effectiveness: { readsPerAlert: 294, confirmedShare: 0.833, searchesWithResult: null, actedOn: 25 },
    faults: {
      daysUncounted: 0,
      readsRefused: 4,
      proofsWithFaults: 0,
      eventsUnreadable: 0,
      deliveriesUnusable: 0,
    },
    policyVersions: 1,
    audits: [
      { month: '2026-09', auditedOn: '2026-10-01', dueOn: '2026-10-15', daysLate: 46 },
      {
        month: '2026-10',
        auditedOn: '2026-11-01',
        dueOn: '2026-11-15',
        attestedOn: '2026-11-17',
        daysLate: 2,
      },
    ],
    draws: [
      { day: '2026-11-20', size: 9_812, seed: 'made-up-seed'.repeat(5), opened: 32, redacted: 0, failed: 0 },
    ],
    uncounted: [],
    neverSold: 'ALPR data is never sold, monetised or used commercially (Storage-G).',
    agencies: [
      {
        name: 'Normal Police Department',
        kind: 'municipal',
        state: 'IL',
        hasAgreement: true,
        agreedUntil: '2028-06-30',
        searchesOurs: ['Bloomington PD cameras'],
        opensToUs: ['Normal PD cameras'],
      },
      {
        name: 'Peoria Police Department',
        kind: 'municipal',
        state: 'IL',
        hasAgreement: false,
        searchesOurs: [],
        opensToUs: [],
      },
    ],
    checkpoint:
      'made-up.example/log\n7\n<b>\n\n— made-up.example/log AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n',
    ...changes,
  };
}
