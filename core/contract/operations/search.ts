import type { Operation } from '../operation';
import { imagePath, pageRequest, searchPath, searchRecord, searchRequest, searchResponse } from '../search';
import { useClauses } from './use-clauses';

/** Searching reads and looking at their images. */
export const searchOperations = {
  'search-reads': {
    id: 'search-reads',
    method: 'POST',
    path: '/v1/searches',
    summary:
      'Search reads of a plate, in full or in part, or of a place and time, with a purpose and a reason.',
    request: { body: searchRequest },
    response: { status: 200, body: searchResponse },
    clauses: ['Access-C', 'Access-D', 'Access-E', 'Policy-B', 'Policy-C', 'Access-A', 'Storage-A'],
    fieldClauses: useClauses,
  },
  'continue-search': {
    id: 'continue-search',
    method: 'POST',
    path: '/v1/searches/{searchId}/pages',
    summary: 'Go on with a search of one’s own: the page that a token names, in the scope of this moment.',
    request: { path: searchPath, body: pageRequest },
    response: { status: 200, body: searchResponse },
    clauses: ['Access-C', 'Access-D', 'Access-E', 'Storage-A'],
  },
  'show-search': {
    id: 'show-search',
    method: 'GET',
    path: '/v1/searches/{searchId}',
    summary: 'What a search asked, by whom, when, why, and how much it was answered.',
    request: { path: searchPath },
    response: { status: 200, body: searchRecord },
    clauses: ['Access-C', 'Acct-A'],
  },
  'fetch-image': {
    id: 'fetch-image',
    method: 'GET',
    path: '/v1/images/{token}',
    summary: 'Fetch one image of a found read, once.',
    request: { path: imagePath },
    response: { status: 200, body: 'image/jpeg' },
    clauses: ['Access-C', 'Policy-G', 'Storage-A'],
  },
} as const satisfies Readonly<Record<string, Operation>>;
