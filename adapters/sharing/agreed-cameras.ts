import type { Configuration } from '../../core/contract/configuration';
import type { CameraRecord } from '../../core/reads/camera';
import { departmentNetworks } from '../../core/sharing/scope';
import { asInTheFile, networkTerms, type SharingNow } from '../../core/sharing/sharing-now';
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
 * in at all, and whether they are compared with the hot lists (Storage-E). A feed of a partner never speaks for a network
 * of the Department, nor a camera of the Department for another's (Storage-C). Rejects when either cannot be read, so that no
 * read is taken in on a guess.
 */
export class AgreedCameras implements Pick<Cameras, 'find'> {
  constructor(readonly options: AgreedCamerasOptions) {}

  async find(cameraIds: Iterable<string>): Promise<ReadonlyMap<string, CameraRecord>> {
    const { cameras, sharing, configuration, now } = this.options;
    const found = await cameras.find(cameraIds);
    const own = departmentNetworks(configuration);
    const isPartners = [...found.values()].some(({ kind }) => kind === 'partner');
    const decided = isPartners ? await sharing() : asInTheFile;
    return new Map(
      [...found].map(([cameraId, camera]) => {
        const closed: CameraRecord = { ...camera, isNetworkClosed: true };
        if (camera.kind !== 'partner') return [cameraId, own.includes(camera.network) ? camera : closed];
        const terms = networkTerms({ configuration, sharing: decided }, camera.network, now());
        if (terms === undefined) return [cameraId, closed];
        return [cameraId, terms.matchesHotLists ? camera : { ...camera, isUnmatched: true }];
      }),
    );
  }
}
