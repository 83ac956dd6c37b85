import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeSigningRequest } from '../../core/cameras/signing-request';
import type { Position } from '../../core/reads/camera';
import { deviceCredentials } from '../../edge/credentials';
import { generateDeviceKey, loadDeviceKey } from '../../edge/device-key';
import type { LocalSystem } from '../../local/system';
import { courthouse, type DayCamera, underpass } from './cameras';
import type { Staff } from './staff';

const network = 'bloomington';

/**
 * Takes in the two cameras of the day while the system runs [Policy-E]: CIAU proposes each site with its analysis, the
 * Chief approves it, the administrator enrols the camera by the signing request of its own key, and the camera gets its
 * credentials with its certificate.
 */
export async function enrolCameras(
  system: LocalSystem,
  staff: Staff,
): Promise<{ smart: DayCamera; fixed: DayCamera }> {
  return {
    smart: await enrol(system, staff, {
      cameraId: 'smart-courthouse',
      position: courthouse,
      site: 'Courthouse',
    }),
    fixed: await enrol(system, staff, {
      cameraId: 'fixed-underpass',
      position: underpass,
      site: 'Underpass',
    }),
  };
}

/** A camera that is enrolled without an approved site: its reads are quarantined. */
export function enrolUnapproved(system: LocalSystem, staff: Staff): Promise<DayCamera> {
  return enrol(system, staff, { cameraId: 'smart-unapproved', position: courthouse });
}

/** A neighbour's feed: no site of ours, its own network. */
export function enrolPartnerFeed(system: LocalSystem, staff: Staff): Promise<DayCamera> {
  const partner = { kind: 'partner', network: 'normal' } as const;
  return enrol(system, staff, { cameraId: 'partner-normal', position: courthouse, partner });
}

async function enrol(
  system: LocalSystem,
  staff: Staff,
  camera: {
    readonly cameraId: string;
    readonly position: Position;
    readonly site?: string;
    readonly partner?: { readonly kind: 'partner'; readonly network: string };
  },
): Promise<DayCamera> {
  const { cameraId, position } = camera;
  const of = camera.partner ?? { kind: 'fixed', network };
  const siteId =
    camera.site === undefined ? undefined : await approvedSite(system, staff, camera.site, position);
  const folder = await mkdtemp(join(tmpdir(), 'platekeeper-camera-'));
  const keyFile = join(folder, 'device-key.pem');
  await generateDeviceKey(keyFile);
  const privateKey = await loadDeviceKey(keyFile);
  const enrolled = await staff.administrator.api('enrol-camera', {
    body: {
      cameraId,
      ...of,
      signingRequest: makeSigningRequest({ cameraId, privateKey }),
      ...(siteId === undefined ? {} : { siteId }),
    },
  });
  if (enrolled.kind !== 'answered')
    throw new Error(`the camera ${cameraId} was not enrolled: ${enrolled.problem.detail}`);
  const { certificate, credentials } = enrolled.body;
  return {
    edge: { cameraId, network: of.network, position },
    privateKey,
    folder,
    credentials: deviceCredentials({
      cameraId,
      certificate,
      privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
      ...credentials,
      authority: system.services.iot.serverAuthorityPem,
    }),
  };
}

async function approvedSite(
  system: LocalSystem,
  staff: Staff,
  name: string,
  { latitude, longitude }: Position,
): Promise<string> {
  const until = new Date(system.clock.now());
  const from = new Date(system.clock.now() - 365 * 86_400_000);
  const proposed = await staff.analyst.api('propose-site', {
    body: {
      name,
      network,
      latitude,
      longitude,
      analysis: {
        period: { from: from.toISOString().slice(0, 10), to: until.toISOString().slice(0, 10) },
        source: 'Records management system, made-up figures of the scripted day',
        incidents: 41,
        history: 'Two armed robberies and a shooting within three blocks in the last year.',
        violentCrimesPerSquareMile: 12.5,
        crashes: 18,
      },
    },
  });
  if (proposed.kind !== 'answered') throw new Error(`the site was not proposed: ${proposed.problem.detail}`);
  const { siteId } = proposed.body;
  const decided = await staff.chief.api('decide-site', { path: { siteId }, body: { decision: 'approve' } });
  if (decided.kind !== 'answered') throw new Error(`the site was not approved: ${decided.problem.detail}`);
  return siteId;
}
