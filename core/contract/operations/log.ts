import {
  draw,
  drawRequest,
  redaction,
  redactionDecision,
  redactionOrder,
  redactionPath,
  redactions,
} from '../log';
import type { Operation } from '../operation';

/** What is done to the audit log itself (Acct-A): lawful redaction, and the auditor's draws. */
export const logOperations = {
  'order-redaction': {
    id: 'order-redaction',
    method: 'POST',
    path: '/v1/log/redactions',
    summary: 'Order that the content of an event be destroyed; the auditor confirms or declines.',
    request: { body: redactionOrder },
    response: { status: 201, body: redaction },
    clauses: ['Acct-A', 'Policy-D'],
    fieldClauses: { because: 'Acct-A', authority: 'Acct-A' },
  },
  'decide-redaction': {
    id: 'decide-redaction',
    method: 'POST',
    path: '/v1/log/redactions/{logIndex}/decision',
    summary: 'Confirm or decline a redaction; a confirmed one destroys the content for good, the log stands.',
    request: { path: redactionPath, body: redactionDecision },
    response: { status: 200, body: redaction },
    clauses: ['Acct-A'],
    fieldClauses: { words: 'Acct-A' },
  },
  'list-redactions': {
    id: 'list-redactions',
    method: 'GET',
    path: '/v1/log/redactions',
    summary: 'List the redactions that were ordered, and what came of them.',
    request: {},
    response: { status: 200, body: redactions },
    clauses: ['Acct-A', 'Policy-D'],
  },
  'draw-leaves': {
    id: 'draw-leaves',
    method: 'POST',
    path: '/v1/log/draws',
    summary: 'Open events of the log that chance picked: the places follow from a published checkpoint.',
    request: { body: drawRequest },
    response: { status: 201, body: draw },
    clauses: ['Acct-A'],
  },
} as const satisfies Readonly<Record<string, Operation>>;
