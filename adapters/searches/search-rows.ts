import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { z } from 'zod';
import { searchRequest } from '../../core/contract/search';
import { type CaptureDay, parseCaptureDay } from '../../core/retention/day';
import { type DayKey, SealBroken } from '../../core/retention/day-key';
import type { AnsweredPage, AnsweredRead, PageStart, SearchRecord } from '../../core/search/ports';
import { StoreError } from '../stores/store-error';

type Row = Record<string, AttributeValue>;

const position = z.strictObject({ latitude: z.number(), longitude: z.number() });
const record = z.strictObject({
  searchId: z.uuid(),
  username: z.string(),
  agency: z.string(),
  askedAtMs: z.int(),
  request: searchRequest,
  networks: z.array(z.string()),
  places: z
    .array(
      z
        .strictObject({ network: z.string(), cameraId: z.string(), site: position.optional() })
        .transform(({ site, ...camera }) => (site === undefined ? camera : { ...camera, site })),
    )
    .optional(),
});
const start = z.strictObject({
  page: z.int().min(2),
  answeredBefore: z.int().min(0),
  after: z.strictObject({ capturedAtMs: z.int(), placeTime: z.string() }),
});
const answers = z.array(
  z.strictObject({ readId: z.uuid(), network: z.string(), plateKey: z.base64(), placeTime: z.string() }),
);

/** Sort keys of the table SearchAnswers. */
export const pageName = (page: number) => `page#${String(page).padStart(4, '0')}`;
export const startName = (pageId: string) => `start#${pageId}`;

export function recordItem(search: SearchRecord, expiresAtMs: number): Row {
  return {
    searchId: { S: search.searchId },
    search: { S: JSON.stringify(search) },
    expiresAt: seconds(expiresAtMs),
  };
}

/** Throws `StoreError` `malformed`, as all below. */
export function recordOf(item: Row): SearchRecord {
  return understood(() => {
    const { places, ...rest } = record.parse(JSON.parse(item.search?.S ?? ''));
    return { ...rest, ...(places === undefined ? {} : { places }) };
  });
}

/** That a page was answered, and how much; holds for all of its days. */
export function pageItem(page: AnsweredPage, expiresAtMs: number): Row {
  return {
    searchId: { S: page.searchId },
    item: { S: pageName(page.page) },
    reads: { N: String(page.reads.length) },
    truncated: { BOOL: page.truncated },
    hasNext: { BOOL: page.next !== undefined },
    expiresAt: seconds(expiresAtMs),
  };
}

export function pageOf(item: Row) {
  return understood(() => ({
    reads: z.coerce.number().int().parse(item.reads?.N),
    truncated: z.boolean().parse(item.truncated?.BOOL),
    hasNext: z.boolean().parse(item.hasNext?.BOOL),
  }));
}

/** The reads of one page and day; throws `DayKeyGone`. */
export function answersItem(
  key: DayKey,
  page: {
    readonly searchId: string;
    readonly page: number;
    readonly reads: readonly AnsweredRead[];
    readonly expiresAtMs: number;
  },
): Row {
  const name = `${pageName(page.page)}#${key.day}`;
  const content = page.reads.map(({ readId, network, plateKey, placeTime }) => ({
    readId,
    network,
    plateKey: Buffer.from(plateKey).toString('base64'),
    placeTime,
  }));
  return sealedItem(key, page.searchId, name, content, page.expiresAtMs);
}

export function answersOf(item: Row) {
  const { day, open } = sealedOf(item);
  return {
    day,
    sealed: (key: DayKey): readonly AnsweredRead[] =>
      answers
        .parse(open(key))
        .map(({ plateKey, ...read }) => ({ ...read, day, plateKey: Buffer.from(plateKey, 'base64') })),
  };
}

/** Where a page begins says when a vehicle was seen: it lies under the key of that day. Throws `DayKeyGone`. */
export function startItem(
  key: DayKey,
  next: {
    readonly searchId: string;
    readonly pageId: string;
    readonly start: PageStart;
    readonly expiresAtMs: number;
  },
): Row {
  return sealedItem(key, next.searchId, startName(next.pageId), next.start, next.expiresAtMs);
}

export function startOf(item: Row) {
  const { day, open } = sealedOf(item);
  return {
    day,
    expiresAtMs: understood(() => z.coerce.number().int().parse(item.expiresAt?.N)) * 1000,
    sealed: (key: DayKey): PageStart => start.parse(open(key)),
  };
}

function sealedItem(key: DayKey, searchId: string, name: string, content: unknown, expiresAtMs: number): Row {
  return {
    searchId: { S: searchId },
    item: { S: name },
    day: { S: key.day },
    sealed: { B: key.seal(Buffer.from(JSON.stringify(content), 'utf8'), contextOf(searchId, name)) },
    expiresAt: seconds(expiresAtMs),
  };
}

function sealedOf(item: Row): { readonly day: CaptureDay; readonly open: (key: DayKey) => unknown } {
  const day = parseCaptureDay(item.day?.S ?? '');
  const { searchId, item: name, sealed } = item;
  if (!day || !searchId?.S || !name?.S || !sealed?.B) throw new StoreError('malformed', 'searches');
  const [context, bytes] = [contextOf(searchId.S, name.S), sealed.B];
  return {
    day,
    open: (key) => {
      try {
        return JSON.parse(Buffer.from(key.open(bytes, context)).toString('utf8'));
      } catch (cause) {
        if (cause instanceof SealBroken) throw new StoreError('malformed', 'searches', { cause });
        throw cause;
      }
    },
  };
}

function contextOf(searchId: string, name: string): string {
  return `search|${searchId}|${name}`;
}

function understood<T>(parse: () => T): T {
  try {
    return parse();
  } catch (cause) {
    throw new StoreError('malformed', 'searches', { cause });
  }
}

function seconds(ms: number): AttributeValue {
  return { N: String(Math.floor(ms / 1000)) };
}
