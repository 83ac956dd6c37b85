/** Asked for, and put together once everything it rests on is sealed. */
export interface IncidentPackage {
  readonly findingId: string;
  readonly requestedBy: string;
  readonly requestedAtMs: number;
  readonly made?: {
    readonly file: string;
    readonly sha256: string;
    readonly events: number;
    readonly atMs: number;
  };
}

/** The packages as they stand; every read is strongly consistent. */
export interface IncidentPackages {
  find(findingId: string): Promise<IncidentPackage | undefined>;
  list(): Promise<readonly IncidentPackage[]>;
  /** Stored where the finding has none; resolves with the one that stands. */
  request(asked: IncidentPackage): Promise<IncidentPackage>;
  finish(findingId: string, made: NonNullable<IncidentPackage['made']>): Promise<void>;
}
