import { cameraPath, enrolledCamera, enrolment, retiredCamera, silentCamerasAnswer } from '../cameras';
import type { Operation } from '../operation';
import { quarantineQuery, quarantineResponse } from '../quarantine';
import { installation, site, siteDecision, sitePath, siteProposal, sites } from '../sites';

/** Camera sites, the cameras, and what of theirs was refused (Policy-D, Policy-E). */
export const cameraOperations = {
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
