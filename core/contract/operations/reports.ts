import type { Operation } from '../operation';
import { correctionPath, correctionProposal, reportCorrection, reportPath } from '../reports';

/** New versions of a month's report (Acct-A): asked for by one office, agreed to by another. */
export const reportOperations = {
  'propose-report-correction': {
    id: 'propose-report-correction',
    method: 'POST',
    path: '/v1/reports/{month}/corrections',
    summary: 'Propose that a month is reported anew; the reason is published with the new version.',
    request: { path: reportPath, body: correctionProposal },
    response: { status: 201, body: reportCorrection },
    clauses: ['Acct-A', 'Policy-D'],
    fieldClauses: { reason: 'Acct-A' },
  },
  'approve-report-correction': {
    id: 'approve-report-correction',
    method: 'POST',
    path: '/v1/reports/{month}/corrections/{proposalId}/approval',
    summary: 'Approve a proposed correction; the month is reported anew within a day.',
    request: { path: correctionPath },
    response: { status: 200, body: reportCorrection },
    clauses: ['Acct-A', 'Policy-D'],
  },
} as const satisfies Readonly<Record<string, Operation>>;
