import {
  evidenceAnswer,
  evidenceList,
  evidencePath,
  evidenceQuery,
  evidenceRequest,
  evidenceSummary,
} from '../evidence';
import type { Operation } from '../operation';
import { release, releaseDecision, releasePath, releaseRequest, releases, releasesQuery } from '../releases';

/** Single reads kept for a case, and who outside law enforcement was given one (Storage-B, Access-F). */
export const evidenceOperations = {
  'take-evidence': {
    id: 'take-evidence',
    method: 'POST',
    path: '/v1/evidence',
    summary: 'Keep one read that you were shown as evidence of a case; asked again, it is the same record.',
    request: { body: evidenceRequest },
    response: { status: 201, body: evidenceSummary },
    clauses: ['Storage-B', 'Access-E', 'Access-D', 'Policy-B', 'Policy-C', 'Storage-A'],
    fieldClauses: { caseNumber: 'Storage-B', purpose: 'Policy-B' },
  },
  'list-evidence': {
    id: 'list-evidence',
    method: 'GET',
    path: '/v1/evidence',
    summary: 'List the evidence taken, newest first, for the records officer.',
    request: { query: evidenceQuery },
    response: { status: 200, body: evidenceList },
    clauses: ['Storage-B'],
  },
  'show-evidence': {
    id: 'show-evidence',
    method: 'GET',
    path: '/v1/evidence/{evidenceId}',
    summary: 'Open one piece of evidence with its files; each opening goes on its chain of custody.',
    request: { path: evidencePath },
    response: { status: 200, body: evidenceAnswer },
    clauses: ['Storage-B'],
  },
  'request-release': {
    id: 'request-release',
    method: 'POST',
    path: '/v1/releases',
    summary: 'Ask for the release of one piece of evidence to a recipient whom a law names.',
    request: { body: releaseRequest },
    response: { status: 201, body: release },
    clauses: ['Access-F', 'Storage-D', 'Storage-G', 'Storage-C'],
    fieldClauses: { recipient: 'Storage-D', authority: 'Access-F', evidenceId: 'Access-F' },
  },
  'decide-release': {
    id: 'decide-release',
    method: 'POST',
    path: '/v1/releases/{releaseId}/decision',
    summary: 'Approve or decline a release that somebody else asked for.',
    request: { path: releasePath, body: releaseDecision },
    response: { status: 200, body: release },
    clauses: ['Access-F'],
  },
  'list-releases': {
    id: 'list-releases',
    method: 'GET',
    path: '/v1/releases',
    summary: 'List the releases asked for and made, newest first.',
    request: { query: releasesQuery },
    response: { status: 200, body: releases },
    clauses: ['Access-F'],
  },
} as const satisfies Readonly<Record<string, Operation>>;
