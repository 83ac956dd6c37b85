import { type ApiDeps, type ApiHandler, apiHandler } from '../../adapters/gateway/api-handler';
import { routeOperations } from '../../adapters/gateway/route';
import type { Configuration } from '../../core/contract/configuration';
import { packageAnswer } from '../../core/incidents/package-answer';
import {
  type IncidentDeps,
  listPackages,
  requestPackage,
  showPackage,
} from '../../core/incidents/request-package';
import { type AttestMonthDeps, attestMonth } from '../../core/month-audit/attest-month';
import { monthAuditAnswer } from '../../core/month-audit/audit-answer';
import {
  type ListMonthAuditsDeps,
  listMonthAudits,
  showMonthAudit,
} from '../../core/month-audit/list-month-audits';
import { parseReportMonth } from '../../core/reports/month';

export type ManageAuditsDeps = ApiDeps &
  AttestMonthDeps &
  ListMonthAuditsDeps &
  IncidentDeps & { readonly configuration: Pick<Configuration, 'monthAudit'> };

/** The audits of months, their attestation, and what is put together of a finding for a referral. */
export function makeHandler(deps: ManageAuditsDeps): ApiHandler {
  return routeOperations({ ...auditOperations(deps), ...incidentOperations(deps) });
}

function auditOperations(deps: ManageAuditsDeps) {
  const list = listMonthAudits(deps);
  const show = showMonthAudit(deps);
  const attest = attestMonth(deps);
  const { attestWithinDays } = deps.configuration.monthAudit;
  const answer = (record: Parameters<typeof monthAuditAnswer>[0]) =>
    monthAuditAnswer(record, { attestWithinDays, nowMs: deps.events.now() });
  return {
    'list-month-audits': apiHandler({
      operation: 'list-month-audits',
      deps,
      handle: async (_, caller) => {
        const outcome = await list(caller);
        if (outcome.kind === 'refused') return outcome;
        return { kind: 'answer', body: { audits: outcome.audits.map(answer) } };
      },
    }),
    'show-month-audit': apiHandler({
      operation: 'show-month-audit',
      deps,
      handle: async ({ path }, caller) => {
        const month = parseReportMonth(path.month);
        const outcome = month === undefined ? ({ kind: 'not-found' } as const) : await show(month, caller);
        if (outcome.kind === 'refused') return outcome;
        if (outcome.kind === 'not-found') return noAudit;
        const { record, users } = outcome;
        return { kind: 'answer', body: { audit: answer(record), users: [...users] } };
      },
    }),
    'attest-month-audit': apiHandler({
      operation: 'attest-month-audit',
      deps,
      handle: async ({ path, body }, caller) => {
        const month = parseReportMonth(path.month);
        if (month === undefined) return noAudit;
        const outcome = await attest({ month, words: body.words }, caller);
        if (outcome.kind === 'refused') return outcome;
        if (outcome.kind === 'not-found') return noAudit;
        if (outcome.kind === 'attested') return { kind: 'answer', body: answer(outcome.record) };
        const { clause, message, remedy } = outcome;
        return { kind: 'problem', problem: 'conflict', facts: { detail: message, clause, remedy } };
      },
    }),
  };
}

function incidentOperations(deps: ManageAuditsDeps) {
  const request = requestPackage(deps);
  const list = listPackages(deps);
  const show = showPackage(deps);
  return {
    'request-incident-package': apiHandler({
      operation: 'request-incident-package',
      deps,
      handle: async ({ path: { findingId } }, caller) => {
        const outcome = await request(findingId, caller);
        if (outcome.kind === 'refused') return { ...outcome, use: { queried: { findingId } } };
        if (outcome.kind === 'not-found') return noPackage;
        return { kind: 'answer', body: packageAnswer(outcome.incident) };
      },
    }),
    'list-incident-packages': apiHandler({
      operation: 'list-incident-packages',
      deps,
      handle: async (_, caller) => {
        const outcome = await list(caller);
        if (outcome.kind === 'refused') return outcome;
        return { kind: 'answer', body: { packages: outcome.packages.map(packageAnswer) } };
      },
    }),
    'show-incident-package': apiHandler({
      operation: 'show-incident-package',
      deps,
      handle: async ({ path: { findingId } }, caller) => {
        const outcome = await show(findingId, caller);
        if (outcome.kind === 'refused') return { ...outcome, use: { queried: { findingId } } };
        if (outcome.kind === 'not-found') return noPackage;
        return { kind: 'answer', body: { package: packageAnswer(outcome.incident), file: outcome.file } };
      },
    }),
  };
}

const noAudit = {
  kind: 'problem',
  problem: 'not-found',
  facts: { detail: 'There is no audit of such a month.', remedy: 'List the month audits.' },
} as const;

const noPackage = {
  kind: 'problem',
  problem: 'not-found',
  facts: {
    detail: 'There is no such finding, or its package is not ready.',
    remedy: 'List the incident packages; one is ready some minutes after it was asked for.',
  },
} as const;
