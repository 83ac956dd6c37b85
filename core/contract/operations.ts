import type { z } from 'zod';
import { alertsQuery, alertsResponse } from './alerts';
import { entryPath, hotListEntries, hotListEntry, hotListEntryRequest } from './hot-list';
import { quarantineQuery, quarantineResponse } from './quarantine';
import { imagePath, searchRequest, searchResponse } from './search';

export interface Operation {
  readonly id: string;
  readonly method: 'GET' | 'POST' | 'DELETE';
  readonly path: string;
  readonly summary: string;
  readonly request: {
    readonly path?: z.ZodObject;
    readonly query?: z.ZodObject;
    readonly body?: z.ZodType;
  };
  readonly response: {
    readonly status: 200 | 201 | 204;
    /** Absent: no content. `image/jpeg`: bytes. */
    readonly body?: z.ZodType | 'image/jpeg';
  };
  /** SOP clauses that bear on it; the first is named when nothing else refuses. */
  readonly clauses: readonly [string, ...string[]];
  /** The clause that demands a field: naming it is what a caller who left it out is told. */
  readonly fieldClauses?: Readonly<Record<string, string>>;
}

const useClauses = { purpose: 'Policy-B', reason: 'Access-E' } as const;

/** The API, whole. Everything else about it is made from this. */
export const operations = {
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
  'request-hot-list-entry': {
    id: 'request-hot-list-entry',
    method: 'POST',
    path: '/v1/hot-list/entries',
    summary: 'Ask for a custom hot-list entry; it matches nothing until a lieutenant approves it.',
    request: { body: hotListEntryRequest },
    response: { status: 201, body: hotListEntry },
    clauses: ['Policy-H.b', 'Policy-H.c', 'Policy-H.e', 'Policy-H.f', 'Policy-H.h', 'Access-D.3'],
    fieldClauses: {
      ...useClauses,
      plate: 'Policy-H.e',
      suspicion: 'Policy-H.c',
      expiresAt: 'Policy-H.f',
      jurisdiction: 'Policy-H.h',
    },
  },
  'approve-hot-list-entry': {
    id: 'approve-hot-list-entry',
    method: 'POST',
    path: '/v1/hot-list/entries/{entryId}/approval',
    summary: 'Approve a requested entry, as a Criminal Investigations or Street Crimes lieutenant.',
    request: { path: entryPath },
    response: { status: 200, body: hotListEntry },
    clauses: ['Policy-H.d'],
  },
  'remove-hot-list-entry': {
    id: 'remove-hot-list-entry',
    method: 'DELETE',
    path: '/v1/hot-list/entries/{entryId}',
    summary: 'Remove an entry; the next read on, it matches nothing.',
    request: { path: entryPath },
    response: { status: 200, body: hotListEntry },
    clauses: ['Policy-H.g'],
  },
  'list-hot-list-entries': {
    id: 'list-hot-list-entries',
    method: 'GET',
    path: '/v1/hot-list/entries',
    summary: 'List the custom hot list.',
    request: {},
    response: { status: 200, body: hotListEntries },
    clauses: ['Policy-H.a', 'Policy-H.b'],
  },
  'list-alerts': {
    id: 'list-alerts',
    method: 'GET',
    path: '/v1/alerts',
    summary: 'List the alerts of the networks in scope, for users on duty.',
    request: { query: alertsQuery },
    response: { status: 200, body: alertsResponse },
    clauses: ['Access-C', 'Access-G', 'Policy-F', 'Policy-G'],
  },
  'list-quarantine': {
    id: 'list-quarantine',
    method: 'GET',
    path: '/v1/quarantine',
    summary: 'List what was refused at the door and why.',
    request: { query: quarantineQuery },
    response: { status: 200, body: quarantineResponse },
    clauses: ['Policy-D', 'Policy-E'],
  },
} as const satisfies Readonly<Record<string, Operation>>;

export type OperationId = keyof typeof operations;

/** All operations as plain values, for code that goes through them. */
export const operationList: readonly (Operation & { readonly id: OperationId })[] = Object.values(operations);
