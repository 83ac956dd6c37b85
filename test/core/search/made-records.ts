import type { AnsweredPage, Cap, PageStart, SearchRecord, SearchRecords } from '../../../core/search/ports';

/** Search records in memory; `usedUp` may be set to a cap that is reached then. */
export function madeRecords() {
  const searches = new Map<string, SearchRecord>();
  const pages = new Map<string, AnsweredPage>();
  const starts = new Map<string, PageStart>();
  const state: { usedUp?: Cap } = {};
  const pageKey = (searchId: string, page: number) => `${searchId} ${page}`;
  const records: SearchRecords = {
    storePage: async (page) => {
      if (state.usedUp && page.reads.length > 0) return state.usedUp;
      const key = pageKey(page.searchId, page.page);
      if (pages.has(key)) return 'stored-before';
      pages.set(key, page);
      if (page.record) searches.set(page.searchId, page.record);
      if (page.next) starts.set(`${page.searchId} ${page.next.pageId}`, page.next.start);
      return 'stored';
    },
    find: async (searchId) => searches.get(searchId),
    pageStart: async (searchId, pageId) => starts.get(`${searchId} ${pageId}`),
    page: async (searchId, page) => {
      const stored = pages.get(pageKey(searchId, page));
      return (
        stored && {
          readIds: stored.reads.map(({ readId }) => readId),
          truncated: stored.truncated,
          hasNext: stored.next !== undefined,
        }
      );
    },
    answered: async (searchId) => {
      const all = [...pages.values()].filter((page) => page.searchId === searchId);
      const kept = all.flatMap(({ reads }) => reads);
      return { pages: all.length, reads: kept.length, kept };
    },
  };
  return { records, pages, state };
}
