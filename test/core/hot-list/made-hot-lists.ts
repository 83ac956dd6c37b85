import { type Entry, isActive } from '../../../core/hot-list/entry';
import { buildSnapshot } from '../../../core/hot-list/index/build-snapshot';
import type { ListedVehicle } from '../../../core/hot-list/listed-vehicle';
import { listedVehicleOf } from '../../../core/hot-list/listed-vehicle-of';
import type { HotLists, OutsideListPointer } from '../../../core/hot-list/lists';
import { madePlate } from '../plate/made-plate';

/** Every hot list in a test's memory, as the stores keep them: each change raises the version in the same step. */
export class MadeHotLists implements HotLists {
  readonly entries = new Map<string, Entry>();
  readonly deliveries = new Map<
    string,
    { readonly pointer: OutsideListPointer; readonly vehicles: readonly ListedVehicle[] }
  >();
  /** What was asked for, in order. */
  readonly asked: string[] = [];
  /** In place of a delivery's snapshot, by version. */
  readonly snapshots = new Map<string, Uint8Array>();
  /** Called before each answer of that name. */
  before: (name: string) => void = () => undefined;
  #version = 0;

  store(entry: Entry): void {
    this.entries.set(entry.entryId, entry);
    this.#version++;
  }

  /** Puts a delivery of an outside list in force; its entry ids are `<list>/<plate>`. */
  deliver(list: string, ...plates: readonly string[]): void {
    const listVersion = `${list}-v${++this.#version}`;
    const pointer = {
      list,
      listName: `Made-up ${list}`,
      listVersion,
      deliveredAtMs: this.#version,
      entries: plates.length,
      snapshotKey: `${listVersion}/snapshot`,
      detailsKey: `${listVersion}/details`,
    };
    const vehicles = plates.map(
      (plate): ListedVehicle => ({
        list,
        listName: pointer.listName,
        listVersion,
        listedAtMs: pointer.deliveredAtMs,
        entryId: `${list}/${plate}`,
        plate: madePlate(plate),
        concern: 'stolen-vehicle',
        cautions: [],
        needsConfirmation: true,
      }),
    );
    this.deliveries.set(list, { pointer, vehicles });
  }

  async version() {
    this.#ask('version');
    return this.#version;
  }

  async customEntries() {
    this.#ask('customEntries');
    return [...this.entries.values()];
  }

  async outsideLists() {
    this.#ask('outsideLists');
    return [...this.deliveries.values()].map(({ pointer }) => pointer);
  }

  async snapshot({ list, listVersion }: OutsideListPointer) {
    this.#ask(`snapshot ${listVersion}`);
    return this.snapshots.get(listVersion) ?? buildSnapshot(this.deliveries.get(list)?.vehicles ?? []);
  }

  async confirmCustom(entryId: string, nowMs: number) {
    this.#ask('confirmCustom');
    const entry = this.entries.get(entryId);
    return entry !== undefined && isActive(entry, nowMs) ? listedVehicleOf(entry) : undefined;
  }

  async confirmOutside({ list, listVersion }: OutsideListPointer, ordinal: number) {
    this.#ask('confirmOutside');
    const inForce = this.deliveries.get(list);
    return inForce?.pointer.listVersion === listVersion ? inForce.vehicles[ordinal] : undefined;
  }

  #ask(name: string): void {
    this.before(name);
    this.asked.push(name);
  }
}
