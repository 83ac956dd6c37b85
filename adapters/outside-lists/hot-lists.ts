import type { ListedVehicle } from '../../core/hot-list/listed-vehicle';
import type { HotLists, OutsideListPointer } from '../../core/hot-list/lists';
import { decodeEntry, entryRange, entryUuid, idRange, placeRange } from '../../core/hot-list/outside/details';
import type { StoredHotList } from '../hot-list/hot-list';
import type { StoredListFiles } from './list-files';
import type { StoredListRecords } from './list-records';

/** Every hot list in force: the Department's own, and those of others. */
export class StoredHotLists implements HotLists {
  constructor(
    readonly options: {
      readonly custom: StoredHotList;
      readonly records: StoredListRecords;
      readonly files: StoredListFiles;
    },
  ) {}

  version(): Promise<number> {
    return this.options.custom.version();
  }

  customEntries() {
    return this.options.custom.customEntries();
  }

  confirmCustom(entryId: string, nowMs: number): Promise<ListedVehicle | undefined> {
    return this.options.custom.confirmCustom(entryId, nowMs);
  }

  async outsideLists(): Promise<readonly OutsideListPointer[]> {
    const records = await this.options.records.all();
    return records.flatMap(({ inForce }) => (inForce === undefined ? [] : [inForce]));
  }

  /** Nothing where the file expired: the list then counts as unusable, and the others stand. */
  async snapshot({ snapshotKey }: OutsideListPointer): Promise<Uint8Array> {
    return (await this.options.files.get(snapshotKey)) ?? new Uint8Array();
  }

  /** The delivery is asked for last: one that was replaced while its entry was read confirms nothing. */
  async confirmOutside(pointer: OutsideListPointer, ordinal: number): Promise<ListedVehicle | undefined> {
    const { list, listName, listVersion, detailsKey, deliveredAtMs } = pointer;
    const [id, place] = await Promise.all([
      this.options.files.range(detailsKey, idRange(ordinal)),
      this.options.files.range(detailsKey, placeRange(pointer.entries, ordinal)),
    ]);
    const entry = decodeEntry(await this.options.files.range(detailsKey, entryRange(place)));
    const standing = await this.options.records.find(list);
    if (standing?.inForce?.listVersion !== listVersion) return undefined;
    const { plate, state, concern, description, cautions, reference } = entry;
    return {
      list,
      listName,
      listVersion,
      listedAtMs: deliveredAtMs,
      entryId: entryUuid(Buffer.from(id).toString('hex')),
      plate,
      ...(state === undefined ? {} : { state }),
      concern,
      ...(description === undefined ? {} : { description }),
      ...(reference === undefined ? {} : { instructions: `Confirm by the source's number ${reference}.` }),
      cautions,
      needsConfirmation: true,
    };
  }
}
