import {
  acknowledgedAlert,
  acknowledgement,
  alertsQuery,
  alertsResponse,
  neighbourNotification,
  recordedNotification,
} from '../alerts';
import type { Operation } from '../operation';
import { ticketResponse } from '../tickets';
import {
  alertPath,
  dispositionRequest,
  dispositionResponse,
  verificationRequest,
  verificationResponse,
} from '../verification';

/** From an alert to what came of it (Policy-F, Policy-G, Policy-I). */
export const alertOperations = {
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
    fieldClauses: {
      checklist: 'Policy-G',
      outcome: 'Policy-G',
      vehicle: 'Policy-G',
      rejection: 'Policy-G',
      registrationQuery: 'Policy-G',
    },
  },
  'record-disposition': {
    id: 'record-disposition',
    method: 'POST',
    path: '/v1/alerts/{alertId}/disposition',
    summary: 'Record what came of an alert; enforcement only where it was verified before.',
    request: { path: alertPath, body: dispositionRequest },
    response: { status: 201, body: dispositionResponse },
    clauses: ['Policy-F', 'Policy-G', 'Policy-I', 'Access-C', 'Access-G'],
    fieldClauses: { suspicion: 'Policy-F', place: 'Policy-I' },
  },
  'acknowledge-alert': {
    id: 'acknowledge-alert',
    method: 'POST',
    path: '/v1/alerts/{alertId}/acknowledgement',
    summary: 'Take an open alert on; nobody acknowledging it in time tells a supervisor.',
    request: { path: alertPath, body: acknowledgement },
    response: { status: 200, body: acknowledgedAlert },
    clauses: ['Access-C', 'Access-G', 'Policy-G'],
  },
  'notify-neighbour': {
    id: 'notify-neighbour',
    method: 'POST',
    path: '/v1/alerts/{alertId}/neighbour-notifications',
    summary: 'Record that a neighbouring agency was told of a stolen vehicle inside its border.',
    request: { path: alertPath, body: neighbourNotification },
    response: { status: 201, body: recordedNotification },
    clauses: ['Policy-I', 'Access-C', 'Access-G'],
    fieldClauses: { neighbour: 'Policy-I', told: 'Policy-I', at: 'Policy-I' },
  },
} as const satisfies Readonly<Record<string, Operation>>;
