import type { Operation } from '../operation';
import { imagePath, searchRequest, searchResponse } from '../search';
import { useClauses } from './use-clauses';

/** Searching reads and looking at their images. */
export const searchOperations = {
  'search-reads': {
    id: 'search-reads',
    method: 'POST',
    path: '/v1/searches',
    summary: 'Search reads of a plate, in full or in part, with a purpose and a reason.',
    request: { body: searchRequest },
    response: { status: 200, body: searchResponse },
    clauses: ['Access-C', 'Access-D', 'Access-E', 'Policy-B', 'Policy-C', 'Access-A', 'Storage-A'],
    fieldClauses: useClauses,
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
