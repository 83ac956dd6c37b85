import type { Caller, UseResult } from '../audit/audited-use';
import type { Configuration } from '../contract/configuration';
import type { FoundRead, SearchResponse } from '../contract/search';
import { parsePattern } from '../plate/pattern';
import type { RandomBytes } from '../retention/day-key';
import { findAtPlace, type PlaceStores } from './find-at-place';
import { type Findings, findReads, type ReadStores } from './find-reads';
import type { Found } from './open-rows';
import { firstToken, nextToken, type PageToken, pageIdOf } from './page-token';
import type { Cap, ImageLinks, PageStart, SearchRecord, SearchRecords, StoredPage } from './ports';

export interface AnswerPageDeps extends ReadStores, PlaceStores {
  readonly imageLinks: ImageLinks;
  readonly records: SearchRecords;
  readonly configuration: Configuration;
  readonly randomBytes: RandomBytes;
}

export interface PageAsked {
  readonly record: SearchRecord;
  readonly caller: Caller;
  readonly nowMs: number;
  /** Of the search's networks, those in scope at this moment. */
  readonly networks: readonly string[];
  /** Absent: the first page. */
  readonly continued?: { readonly token: PageToken; readonly start: PageStart };
}

export type PageAnswer = SearchResponse | { readonly kind: 'used-up'; readonly cap: Cap };

/**
 * One page: found, counted and stored in one step, and only then given its image links. A page that was answered before
 * is answered again from the reads that it answered then, of networks still in scope, and costs nothing. Whoever dies
 * after the step has been counted for a page that may be asked for again with the same token.
 */
export async function answerPage(deps: AnswerPageDeps, asked: PageAsked): Promise<UseResult<PageAnswer>> {
  const { record, continued } = asked;
  const page = continued?.start.page ?? 1;
  const before = continued && (await deps.records.page(record.searchId, page));
  return before ? answerAgain(deps, asked, before) : answerFirst(deps, asked);
}

async function answerFirst(deps: AnswerPageDeps, asked: PageAsked): Promise<UseResult<PageAnswer>> {
  const { record, caller, nowMs, continued } = asked;
  const { caps } = deps.configuration;
  const answeredBefore = continued?.start.answeredBefore ?? 0;
  const { found, more, truncated, unreadable } = await find(deps, asked, pageLimit(deps, asked));
  const last = found.at(-1);
  const answered = answeredBefore + found.length;
  const token = continued ? nextToken(continued.token) : firstToken(deps.randomBytes);
  const page = continued?.start.page ?? 1;
  const hasNext = more && last !== undefined && answered < caps.resultsPerSearch;
  const isCut = truncated && !(more && hasNext);
  const next = hasNext
    ? {
        pageId: pageIdOf(token),
        start: {
          page: page + 1,
          answeredBefore: answered,
          after: { capturedAtMs: last.read.capturedAtMs, placeTime: last.row.placeTime },
        },
      }
    : undefined;
  const stored = await deps.records.storePage({
    searchId: record.searchId,
    page,
    reads: found.map(({ read, day, row }) => ({ readId: read.readId, network: read.network, day, ...row })),
    truncated: isCut,
    next,
    caps,
    account: { username: record.username, agency: record.agency, nowMs },
    ...(continued ? {} : { record }),
  });
  if (stored === 'stored-before') return answerAgain(deps, asked, await storedPage(deps, record, page));
  if (stored !== 'stored')
    return {
      value: { kind: 'used-up', cap: stored },
      counts: { reads: 0, withheld: found.length },
      resultIds: [],
    };
  const results = await withLinks(deps.imageLinks, found, record.searchId, caller);
  return {
    value: {
      searchId: record.searchId,
      page,
      networks: [...asked.networks],
      results,
      truncated: isCut,
      ...(hasNext ? { nextPage: token } : {}),
    },
    counts: { reads: results.length, truncated: Number(isCut), unreadable },
    resultIds: results.map((each) => each.readId),
  };
}

async function answerAgain(
  deps: AnswerPageDeps,
  asked: PageAsked,
  { readIds, truncated, hasNext }: StoredPage,
): Promise<UseResult<PageAnswer>> {
  const { record, caller, continued } = asked;
  const { found, unreadable } = await find(deps, asked, readIds.length, new Set(readIds));
  const results = await withLinks(deps.imageLinks, found, record.searchId, caller);
  return {
    value: {
      searchId: record.searchId,
      page: continued?.start.page ?? 1,
      networks: [...asked.networks],
      results,
      truncated,
      ...(hasNext && continued ? { nextPage: nextToken(continued.token) } : {}),
    },
    counts: { reads: 0, again: results.length, unreadable },
    resultIds: results.map((each) => each.readId),
  };
}

async function storedPage(
  { records }: AnswerPageDeps,
  record: SearchRecord,
  page: number,
): Promise<StoredPage> {
  const stored = await records.page(record.searchId, page);
  if (stored === undefined) throw new Error('a page that was stored before is not there');
  return stored;
}

function pageLimit({ configuration }: AnswerPageDeps, { record, continued }: PageAsked): number {
  const { resultsPerPage, resultsPerSearch } = configuration.caps;
  const left = resultsPerSearch - (continued?.start.answeredBefore ?? 0);
  return Math.min(record.request.limit ?? resultsPerPage, resultsPerPage, left);
}

function find(
  deps: AnswerPageDeps,
  { record, nowMs, networks, continued }: PageAsked,
  limit: number,
  only?: ReadonlySet<string>,
): Promise<Findings> {
  const { request, places } = record;
  const { retentionDays, siteRadiusM } = deps.configuration;
  const range = {
    fromMs: Date.parse(request.from),
    toMs: Date.parse(request.to),
    networks,
    limit,
    nowMs,
    retentionDays,
    state: request.state,
    after: continued?.start.after,
    only,
  };
  if (places !== undefined) return findAtPlace(deps, { ...range, places, siteRadiusM });
  const pattern = parsePattern(request.plate ?? '');
  if (pattern === undefined) throw new Error('a stored search has a usable plate or a place');
  return findReads(deps, { ...range, pattern, lookAlikes: request.lookAlikes ?? false });
}

async function withLinks(
  links: ImageLinks,
  found: readonly Found[],
  searchId: string,
  caller: Caller,
): Promise<FoundRead[]> {
  const owner = { username: caller.person.username, searchId };
  const tokens = await links.issue(
    found.flatMap(({ read, day }) => {
      const target = { ...owner, readId: read.readId, day, network: read.network };
      return [
        { ...target, image: 'plate' as const },
        { ...target, image: 'vehicle' as const },
      ];
    }),
  );
  return found.map((each, at) => describe(each, imagePath(tokens[2 * at]), imagePath(tokens[2 * at + 1])));
}

function describe({ read, match }: Found, plate: string, vehicle: string): FoundRead {
  return {
    readId: read.readId,
    plate: read.plate,
    match,
    candidates: read.candidates.map((each) => ({ plate: each.plate, probability: each.probability })),
    confidence: read.confidence,
    ...(read.state === undefined ? {} : { state: read.state }),
    capturedAt: new Date(read.capturedAtMs).toISOString(),
    cameraId: read.cameraId,
    network: read.network,
    position: { latitude: read.position.latitude, longitude: read.position.longitude },
    images: { plate, vehicle },
  };
}

function imagePath(token: string | undefined): string {
  if (token === undefined) throw new Error('an image link is missing');
  return `/v1/images/${token}`;
}
