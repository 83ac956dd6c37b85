import type { LocalSystem } from '../../local/system';
import { searchBody } from './investigation';
import type { Member } from './members';
import { answered } from './staff';

export interface Searching {
  /** Reads of the fixed and the smart camera by place, over all pages. */
  readonly foundByPlace: number;
  readonly pages: number;
  /** Searches of a walk from plate to plate that were answered, before it was stopped. */
  readonly walkedFor: number;
  /** The clause of the refusal that stopped it. */
  readonly stoppedBy: string;
  readonly findings: number;
  readonly faults: readonly string[];
}

const pageSize = 10;
const pagesMax = 30;
const hourMs = 3_600_000;

/**
 * What a camera saw in its last hours, page by page, by an analyst; then the same analyst walks from plate to plate, is
 * stopped, and the administrator finds it among the findings [Storage-A].
 */
export async function showSearching(
  system: LocalSystem,
  people: { readonly analyst: Member; readonly administrator: Member },
  cameras: readonly { readonly network: string; readonly cameraId: string }[],
): Promise<Searching> {
  const { analyst, administrator } = people;
  const { plate: _, ...asked } = searchBody(system, '-');
  const body = {
    ...asked,
    from: new Date(Date.parse(asked.to) - 3 * hourMs).toISOString(),
    place: { kind: 'cameras' as const, cameras: [...cameras] },
    limit: pageSize,
  };
  let page = answered('search-reads', await analyst.api('search-reads', { body }));
  const readIds = page.results.map(({ readId }) => readId);
  let pages = 1;
  while (page.nextPage !== undefined && pages < pagesMax) {
    const next = { path: { searchId: page.searchId }, body: { page: page.nextPage } };
    page = answered('continue-search', await analyst.api('continue-search', next));
    readIds.push(...page.results.map(({ readId }) => readId));
    pages++;
  }
  const { walkedFor, stoppedBy } = await walk(system, analyst);
  const { findings } = answered('list-findings', await administrator.api('list-findings', { query: {} }));
  const raised = findings.filter(({ kind }) => kind === 'enumeration').length;
  const faults = [
    ...(pages > 1 ? [] : ['the search by place had one page only']),
    ...(new Set(readIds).size === readIds.length ? [] : ['a read was on two pages of a search']),
    ...(stoppedBy === 'Storage-A' ? [] : [`the walk was stopped by ${stoppedBy}`]),
    ...(raised === 1 ? [] : [`one finding of the walk was due, ${raised} came`]),
  ];
  return { foundByPlace: readIds.length, pages, walkedFor, stoppedBy, findings: raised, faults };
}

/** From plate to plate, one after the other. */
async function walk(system: LocalSystem, analyst: Member) {
  for (let at = 0; at < 20; at++) {
    const plate = `MADE1${String(at).padStart(2, '0')}`;
    const outcome = await analyst.api('search-reads', { body: searchBody(system, plate) });
    if (outcome.kind === 'refused')
      return { walkedFor: at, stoppedBy: outcome.problem.clause ?? `none (${outcome.status})` };
  }
  return { walkedFor: 20, stoppedBy: 'nothing' };
}
