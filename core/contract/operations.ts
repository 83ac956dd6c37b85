import type { z } from 'zod';
import { alertsQuery, alertsResponse } from './alerts';
import { cameraPath, enrolledCamera, enrolment, retiredCamera, silentCamerasAnswer } from './cameras';
import { entryPath, hotListEntries, hotListEntry, hotListEntryRequest } from './hot-list';
import { quarantineQuery, quarantineResponse } from './quarantine';
import { imagePath, searchRequest, searchResponse } from './search';
import { installation, site, siteDecision, sitePath, siteProposal, sites } from './sites';
import { ticketResponse } from './tickets';
import {
  alertPath,
  dispositionRequest,
  dispositionResponse,
  verificationRequest,
  verificationResponse,
} from './verification';

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
  'issue-ticket': {
    id: 'issue-ticket',
    method: 'POST',
    path: '/v1/tickets',
    summary: 'Get a ticket that opens one live connection within 30 seconds, for users on duty.',
    request: {},
    response: { status: 201, body: ticketResponse },
    clauses: ['Access-C', 'Access-G'],
  },
  'verify-alert': {
    id: 'verify-alert',
    method: 'POST',
    path: '/v1/alerts/{alertId}/verification',
    summary: 'Verify or reject an alert by the checklist, after looking at both images.',
    request: { path: alertPath, body: verificationRequest },
    response: { status: 200, body: verificationResponse },
    clauses: ['Policy-G', 'Access-C', 'Access-G'],
    fieldClauses: { checklist: 'Policy-G', outcome: 'Policy-G', vehicle: 'Policy-G' },
  },
  'record-disposition': {
    id: 'record-disposition',
    method: 'POST',
    path: '/v1/alerts/{alertId}/disposition',
    summary: 'Record what came of an alert; enforcement only where it was verified before.',
    request: { path: alertPath, body: dispositionRequest },
    response: { status: 201, body: dispositionResponse },
    clauses: ['Policy-F', 'Policy-G', 'Access-C', 'Access-G'],
    fieldClauses: { suspicion: 'Policy-F' },
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
  'propose-site': {
    id: 'propose-site',
    method: 'POST',
    path: '/v1/sites',
    summary: 'Propose a camera site, or the relocation of a camera, with its analysis, as CIAU.',
    request: { body: siteProposal },
    response: { status: 201, body: site },
    clauses: ['Policy-E'],
    fieldClauses: { analysis: 'Policy-E' },
  },
  'decide-site': {
    id: 'decide-site',
    method: 'POST',
    path: '/v1/sites/{siteId}/decision',
    summary: 'Approve a proposed site or return it with words, as the Chief or designee.',
    request: { path: sitePath, body: siteDecision },
    response: { status: 200, body: site },
    clauses: ['Policy-E'],
  },
  'record-installation': {
    id: 'record-installation',
    method: 'POST',
    path: '/v1/sites/{siteId}/installation',
    summary: 'Record which camera was installed at an approved site; its reads count from then on.',
    request: { path: sitePath, body: installation },
    response: { status: 200, body: site },
    clauses: ['Policy-D', 'Policy-E'],
  },
  'list-sites': {
    id: 'list-sites',
    method: 'GET',
    path: '/v1/sites',
    summary: 'List the camera sites with who decided what and when.',
    request: {},
    response: { status: 200, body: sites },
    clauses: ['Policy-E'],
  },
  'enrol-camera': {
    id: 'enrol-camera',
    method: 'POST',
    path: '/v1/cameras',
    summary: 'Enrol a camera by the signing request of its own key.',
    request: { body: enrolment },
    response: { status: 201, body: enrolledCamera },
    clauses: ['Policy-D', 'Policy-E'],
  },
  'retire-camera': {
    id: 'retire-camera',
    method: 'POST',
    path: '/v1/cameras/{cameraId}/retirement',
    summary: 'Retire a camera: nothing of it is admitted any more, and its certificate is revoked.',
    request: { path: cameraPath },
    response: { status: 200, body: retiredCamera },
    clauses: ['Policy-D'],
  },
  'list-silent-cameras': {
    id: 'list-silent-cameras',
    method: 'GET',
    path: '/v1/cameras/silent',
    summary: 'List the cars and cameras that were not heard of for a day.',
    request: {},
    response: { status: 200, body: silentCamerasAnswer },
    clauses: ['Policy-D', 'Policy-E'],
  },
} as const satisfies Readonly<Record<string, Operation>>;

export type OperationId = keyof typeof operations;

/** All operations as plain values, for code that goes through them. */
export const operationList: readonly (Operation & { readonly id: OperationId })[] = Object.values(operations);
