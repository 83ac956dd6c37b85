import type { z } from 'zod';
import { admissionLimits } from '../reads/admission-limits';

interface Draft {
  readonly department: { readonly agencyId: string; readonly state: string };
  readonly networks: readonly { readonly id: string; readonly agency: string }[];
  readonly neighbours: readonly { readonly id: string }[];
  readonly agencies: readonly {
    readonly id: string;
    readonly kind: string;
    readonly state: string;
    readonly networks: readonly string[];
    readonly maySearch: readonly string[];
    readonly agreedUntil?: string | undefined;
  }[];
  readonly shifts: readonly { readonly id: string }[];
  readonly aiServicesOptOut: boolean;
  readonly reader: string;
  readonly retentionDays: number;
  readonly siteRadiusM: number;
  readonly transit: { readonly streamHours: number; readonly failureDays: number };
  readonly reasons: {
    readonly caseNumberPattern: string;
    readonly caseNumberExample: string;
    readonly cadNumberPattern: string;
    readonly cadNumberExample: string;
  };
  readonly stage: { readonly region: string; readonly govCloud: boolean };
}

type Report = (path: readonly (string | number)[], message: string) => void;

/** What no single field can say: that ids name something, and whom the SOP lets the Department share with. */
export function checkReferences(draft: Draft, context: z.RefinementCtx): void {
  const report: Report = (path, message) => context.addIssue({ code: 'custom', path: [...path], message });
  unique('networks', draft.networks, report);
  unique('neighbours', draft.neighbours, report);
  unique('agencies', draft.agencies, report);
  unique('shifts', draft.shifts, report);
  checkNetworks(draft, report);
  checkSharing(draft, report);
  checkTransit(draft, report);
  checkExample('caseNumber', draft.reasons.caseNumberPattern, draft.reasons.caseNumberExample, report);
  checkExample('cadNumber', draft.reasons.cadNumberPattern, draft.reasons.cadNumberExample, report);
  if (draft.reader === 'rekognition' && !draft.aiServicesOptOut)
    report(
      ['reader'],
      'rekognition may keep what it is sent (Storage-A): put the AI services opt-out policy in force, then set aiServicesOptOut',
    );
  if (draft.stage.region.includes('-gov-') !== draft.stage.govCloud)
    report(['stage', 'govCloud'], `does not fit the region ${draft.stage.region}`);
}

function unique(field: string, items: readonly { readonly id: string }[], report: Report): void {
  const seen = new Set<string>();
  items.forEach((item, index) => {
    if (seen.has(item.id)) report([field, index, 'id'], `${item.id} is there twice`);
    seen.add(item.id);
  });
}

function checkNetworks(draft: Draft, report: Report): void {
  const agencies = new Set([draft.department.agencyId, ...draft.agencies.map((each) => each.id)]);
  draft.networks.forEach((network, index) => {
    if (!agencies.has(network.agency))
      report(['networks', index, 'agency'], `${network.agency} is no agency here`);
  });
}

function checkSharing(draft: Draft, report: Report): void {
  const owner = new Map(draft.networks.map((each) => [each.id, each.agency]));
  draft.agencies.forEach((agency, index) => {
    if (agency.id === draft.department.agencyId)
      report(['agencies', index, 'id'], 'is the Department itself; list other agencies only');
    if (agency.agreedUntil !== undefined && agency.kind === 'federal')
      report(
        ['agencies', index, 'agreedUntil'],
        'a federal agency can hold no standing agreement (Storage-F)',
      );
    if (agency.agreedUntil !== undefined && agency.state !== draft.department.state)
      report(
        ['agencies', index, 'agreedUntil'],
        `only agencies inside ${draft.department.state} can hold a sharing agreement (Storage-E)`,
      );
    agency.networks.forEach((network, at) => {
      if (owner.get(network) !== agency.id)
        report(['agencies', index, 'networks', at], `${network} is no network of ${agency.id}`);
    });
    agency.maySearch.forEach((network, at) => {
      if (owner.get(network) !== draft.department.agencyId)
        report(
          ['agencies', index, 'maySearch', at],
          `${network} is not the Department's own; records of other agencies are never passed on (Storage-C)`,
        );
    });
  });
}

/** What record-reads, match-reads and index-plates would throw at their start. */
function checkTransit(draft: Draft, report: Report): void {
  try {
    admissionLimits(draft);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    report(['transit'], `${error.message} (Storage-A)`);
  }
}

function checkExample(number: string, pattern: string, example: string, report: Report): void {
  if (!new RegExp(pattern, 'u').test(example))
    report(['reasons', `${number}Example`], `does not fit ${number}Pattern`);
}
