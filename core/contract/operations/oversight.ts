import { device, devicePath, deviceRegistration, devices } from '../devices';
import { finding, findingDecision, findingPath, findings, findingsQuery } from '../findings';
import type { Operation } from '../operation';

/** Devices that may be used (Access-G), and what was found amiss (Acct-A, Acct-C). */
export const oversightOperations = {
  'register-device': {
    id: 'register-device',
    method: 'POST',
    path: '/v1/devices',
    summary: 'Register a department phone or console by the public half of its key.',
    request: { body: deviceRegistration },
    response: { status: 201, body: device },
    clauses: ['Access-G', 'Policy-D'],
  },
  'retire-device': {
    id: 'retire-device',
    method: 'POST',
    path: '/v1/devices/{deviceId}/retirement',
    summary: 'Retire a device: its very next request is refused.',
    request: { path: devicePath },
    response: { status: 200, body: device },
    clauses: ['Access-G', 'Policy-D'],
  },
  'list-devices': {
    id: 'list-devices',
    method: 'GET',
    path: '/v1/devices',
    summary: 'List the registered devices.',
    request: {},
    response: { status: 200, body: devices },
    clauses: ['Access-G', 'Policy-D'],
  },
  'list-findings': {
    id: 'list-findings',
    method: 'GET',
    path: '/v1/findings',
    summary: 'List what was found amiss; nobody sees or decides a finding about himself.',
    request: { query: findingsQuery },
    response: { status: 200, body: findings },
    clauses: ['Acct-A', 'Policy-D'],
  },
  'decide-finding': {
    id: 'decide-finding',
    method: 'POST',
    path: '/v1/findings/{findingId}/decision',
    summary: 'Explain, uphold or refer a finding; upholding one suspends in the same step.',
    request: { path: findingPath, body: findingDecision },
    response: { status: 200, body: finding },
    clauses: ['Acct-C', 'Acct-A', 'Acct-D'],
    fieldClauses: { words: 'Acct-A' },
  },
} as const satisfies Readonly<Record<string, Operation>>;
