import type { Configuration } from '../../core/contract/configuration';
import type { CameraRecord } from '../../core/reads/camera';
import { departmentNetworks } from '../../core/sharing/scope';
import { networkTerms, type SharingNow } from '../../core/sharing/sharing-now';
import type { Cameras } from '../cameras/cameras';

export interface AgreedCamerasOptions {
  readonly cameras: Pick<Cameras, 'find'>;
  /** What was decided on sharing, read now. */
  readonly sharing: () => Promise<SharingNow>;
  readonly configuration: Configuration;
  readonly now: () => number;
}

/**
 * The camera registry with what the agreements of this moment say of each camera's network: whether its reads are taken
 * in at all, and whether they are compared with the hot lists (Storage-E). Rejects when either cannot be read, so that no
 * read is taken in on a guess.
 */
export class AgreedCameras implements Pick<Cameras, 'find'> {
  constructor(readonly options: AgreedCamerasOptions) {}

  async find(cameraIds: Iterable<string>): Promise<ReadonlyMap<string, CameraRecord>> {
    const { cameras, sharing, configuration, now } = this.options;
    const found = await cameras.find(cameraIds);
    const own = departmentNetworks(configuration);
    if ([...found.values()].every(({ network }) => own.includes(network))) return found;
    const decided = await sharing();
    return new Map(
      [...found].map(([cameraId, camera]) => {
        if (own.includes(camera.network)) return [cameraId, camera];
        const terms = networkTerms({ configuration, sharing: decided }, camera.network, now());
        if (terms === undefined) return [cameraId, { ...camera, isNetworkClosed: true }];
        return [cameraId, terms.matchesHotLists ? camera : { ...camera, isUnmatched: true }];
      }),
    );
  }
}
