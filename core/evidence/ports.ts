import type { CustodyEntry } from './custody';
import type { EvidenceRecord } from './evidence';
import type { PackageFile } from './package/package-file';

/** Whether somebody was shown a read, by a search of their own or an alert they were sent (Access-E). */
export interface ShownReads {
  wasShown(who: {
    readonly username: string;
    readonly readId: string;
    readonly nowMs: number;
  }): Promise<boolean>;
}

/** The packages, each one object under lock: it stands whole or not at all, and the first one stands. */
export interface EvidenceArchive {
  get(evidenceId: string): Promise<Uint8Array | undefined>;
  /** Puts where nothing stands; what stands afterwards is the answer. */
  putFirst(evidenceId: string, packed: Uint8Array): Promise<Uint8Array>;
}

/** Where the Department's evidence system fetches. Handing over twice is handing over once. */
export interface EvidenceSystem {
  handOver(evidenceId: string, files: readonly PackageFile[]): Promise<void>;
}

/** Signs the manifest of a package; the key is of evidence alone. */
export interface PackageSigner {
  /** SHA-256 of the public key (SPKI, DER), hex: says which key it was when keys have changed. */
  keyHash(): Promise<string>;
  /** ECDSA P-256 over SHA-256 of the bytes, DER. */
  sign(bytes: Uint8Array): Promise<Uint8Array>;
}

/** A page of what is listed, newest first; `next` names the page after. */
export interface Page<Item> {
  readonly items: readonly Item[];
  readonly next?: string;
}

/** The Department records and their chains of custody. */
export interface EvidenceRecords {
  find(evidenceId: string): Promise<EvidenceRecord | undefined>;
  /** Stores the record and its first entry in one step, where neither stands. */
  putNew(record: EvidenceRecord, taken: CustodyEntry): Promise<void>;
  list(after: string | undefined): Promise<Page<EvidenceRecord>>;
  /** The whole chain, oldest first. */
  custody(evidenceId: string): Promise<readonly CustodyEntry[]>;
  /** Appends to the chain. Rejects when others kept coming between; then nothing was added. */
  append(evidenceId: string, fact: Pick<CustodyEntry, 'atMs' | 'by' | 'act' | 'requestId'>): Promise<void>;
}

/** One read at a time, and not many a day: evidence is no way to download the store (Storage-A). */
export interface TakingAllowance {
  /** Counts one taking; `false` when the user's of that UTC day are used up. */
  take(use: { readonly username: string; readonly nowMs: number; readonly perDay: number }): Promise<boolean>;
}
