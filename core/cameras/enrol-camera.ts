import type { DecideAccess, Denial } from '../access/decision';
import { type AuditDeps, auditedUse, type Caller, type PermittedUse } from '../audit/audited-use';
import type { EnrolledCamera, EnrolmentRequest } from '../contract/cameras';
import type { Configuration } from '../contract/configuration';
import type { CameraRecord } from '../reads/camera';
import { ownNetworks } from './change-sites';
import type { CameraRegistry, DeviceIdentities, Enrolment, Enrolments, Sites, VideoIntake } from './ports';
import { parseSigningRequest } from './signing-request';
import { approvedSite, type Site } from './site';
import { recordInstallation } from './site-life-cycle';

export interface EnrolCameraDeps extends AuditDeps {
  readonly cameras: CameraRegistry;
  readonly enrolments: Pick<Enrolments, 'find' | 'enrol'>;
  readonly sites: Pick<Sites, 'find'>;
  readonly identities: DeviceIdentities;
  readonly video: VideoIntake;
  readonly decide: DecideAccess;
  readonly configuration: Configuration;
}

export interface EnrolmentFault {
  readonly kind: 'fault';
  /** `conflict`: the registry or the site is not in a state that allows it. */
  readonly because: 'policy' | 'conflict' | 'request';
  readonly clause: string;
  readonly message: string;
  readonly remedy: string;
}

export type EnrolOutcome =
  | { readonly kind: 'enrolled'; readonly camera: EnrolledCamera }
  | { readonly kind: 'refused'; readonly denial: Denial }
  | EnrolmentFault;

/**
 * Takes a camera in while the system runs (Policy-D). The order survives a crash after each step: the certificate is
 * made good for nothing, the registry row is written, a fixed camera's video stream is made, and only then is the
 * certificate activated. A request repeated with the same key finishes what was begun, as it does after a stream that was
 * not made in time; with another key it is a conflict, so that no device takes another's place.
 */
export function enrolNewCamera(deps: EnrolCameraDeps) {
  return async (request: EnrolmentRequest, caller: Caller): Promise<EnrolOutcome> => {
    const operation = 'enrol-camera';
    const nowMs = deps.events.now();
    const { network } = request;
    const permit = deps.decide({ person: caller.person, operation, networks: [network], nowMs });
    if (permit.kind === 'deny') return { kind: 'refused', denial: permit };
    const fault = networkFault(request, deps.configuration);
    if (fault !== undefined) return fault;
    const key = parseSigningRequest(request.signingRequest);
    if (key === undefined)
      return faultOf('request', 'The signing request cannot be used.', {
        remedy: 'Send PKCS #10 in PEM, of a P-256 key, signed by that key with SHA-256.',
      });
    const use: PermittedUse = { operation, permit, queried: { networks: [network] }, networksInScope: [] };
    return auditedUse<EnrolOutcome>(deps, caller, use, async () => {
      const by = { username: caller.person.username, nowMs };
      const value = await enrol(deps, { request, publicKeyPem: key.publicKeyPem, by });
      const isEnrolled = value.kind === 'enrolled';
      return {
        value,
        counts: { enrolled: Number(isEnrolled) },
        resultIds: isEnrolled ? [request.cameraId, value.camera.certificateId] : [],
      };
    });
  };
}

interface Enrolling {
  readonly request: EnrolmentRequest;
  readonly publicKeyPem: string;
  readonly by: { readonly username: string; readonly nowMs: number };
}

async function enrol(deps: EnrolCameraDeps, enrolling: Enrolling): Promise<EnrolOutcome> {
  const { cameraId, signingRequest, siteId } = enrolling.request;
  const begun = (await deps.cameras.find([cameraId])).get(cameraId);
  if (begun !== undefined) return finish(deps, begun, enrolling);

  const camera = cameraOf(enrolling);
  const installed = siteId === undefined ? undefined : await siteFor(deps, camera, enrolling);
  if (installed?.kind === 'fault') return installed;
  const certificate = await deps.identities.issue({ cameraId, kind: camera.kind, signingRequest });
  const { certificateId } = certificate;
  const stored = await deps.enrolments.enrol({
    camera: installed === undefined ? camera : { ...camera, site: installed.approved },
    enrolment: enrolmentOf(camera, certificateId, enrolling.by),
    ...(installed === undefined ? {} : { site: installed.site }),
  });
  if (stored === 'conflict') {
    await deps.identities.revoke(certificateId);
    return faultOf('conflict', 'The camera or its site was changed by others; nothing was done.', {
      remedy: 'Look at the registry and try again.',
    });
  }
  return activate(deps, camera, certificate);
}

/** The registry knows the camera: with the same key this is the same request once more. */
async function finish(
  deps: EnrolCameraDeps,
  begun: CameraRecord,
  { request, publicKeyPem }: Enrolling,
): Promise<EnrolOutcome> {
  const enrolment = await deps.enrolments.find(begun.cameraId);
  const isSame =
    enrolment !== undefined &&
    begun.status === 'active' &&
    begun.publicKeyPem === publicKeyPem &&
    begun.kind === request.kind &&
    begun.network === request.network &&
    begun.site?.siteId === request.siteId;
  if (!isSame)
    return faultOf('conflict', 'A camera of this id is enrolled.', {
      remedy: 'Choose another id; a camera that was retired stays so.',
    });
  return activate(deps, begun, await deps.identities.find(enrolment.certificateId));
}

async function activate(
  { identities, video }: EnrolCameraDeps,
  { cameraId, kind }: Pick<CameraRecord, 'cameraId' | 'kind'>,
  certificate: { readonly certificateId: string; readonly certificatePem: string },
): Promise<EnrolOutcome> {
  const { certificateId, certificatePem } = certificate;
  if (kind === 'fixed' && (await video.prepare(cameraId)) === 'busy')
    return faultOf(
      'conflict',
      'The camera’s video stream is still being made; it gets no credentials before that.',
      { remedy: 'Send the same request again in a minute: it finishes this enrolment.' },
    );
  await identities.activate(certificateId);
  const credentials = await identities.credentials(kind);
  return { kind: 'enrolled', camera: { cameraId, certificateId, certificate: certificatePem, credentials } };
}

/** The site that a camera is installed at as it is enrolled: approved, and for this camera (Policy-E). */
async function siteFor({ sites }: EnrolCameraDeps, camera: CameraRecord, { request, by }: Enrolling) {
  const site: Site | undefined = await sites.find(request.siteId ?? '');
  if (site === undefined)
    return faultOf('conflict', 'There is no such site.', { remedy: 'List the sites for their ids.' });
  const outcome = recordInstallation(site, camera, by);
  if (outcome.kind === 'refused') {
    const because = outcome.because === 'state' ? 'conflict' : 'policy';
    return { ...outcome, kind: 'fault', because } satisfies EnrolmentFault;
  }
  const [installed] = outcome.sites;
  const approved = approvedSite(installed);
  if (approved === undefined) throw new Error('an installed site was approved');
  return { kind: 'site', site: installed, approved } as const;
}

function cameraOf({ request, publicKeyPem }: Enrolling): CameraRecord {
  const { cameraId, network, kind } = request;
  return { cameraId, network, kind, publicKeyPem, status: 'active' };
}

function enrolmentOf(
  { cameraId, network, kind }: CameraRecord,
  certificateId: string,
  by: Enrolling['by'],
): Enrolment {
  return { cameraId, network, kind, certificateId, enrolledBy: by.username, enrolledAtMs: by.nowMs };
}

/** The Department's own cameras belong to its networks, partners' cameras to the others; only fixed ones have sites. */
function networkFault(
  { kind, network, siteId }: EnrolmentRequest,
  configuration: Configuration,
): EnrolmentFault | undefined {
  if (siteId !== undefined && kind !== 'fixed')
    return faultOf('policy', 'Only fixed cameras stand at sites.', {
      clause: 'Policy-E',
      remedy: 'Leave the site out.',
    });
  const isOwn = ownNetworks(configuration).includes(network);
  const isKnown = configuration.networks.some(({ id }) => id === network);
  if (isKnown && isOwn === (kind !== 'partner')) return undefined;
  return faultOf('policy', 'This network has no cameras of this kind.', {
    remedy: 'Fixed and mobile cameras belong to the Department’s networks, partner cameras to the others.',
  });
}

function faultOf(
  because: EnrolmentFault['because'],
  message: string,
  { remedy, clause = 'Policy-D' }: { remedy: string; clause?: string },
): EnrolmentFault {
  return { kind: 'fault', because, clause, message, remedy };
}
