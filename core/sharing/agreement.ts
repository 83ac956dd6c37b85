import type { Declaration } from '../contract/sharing';
import type { AgreementKind, SharedAgency, SharingNow } from './sharing-now';

export const sharingStepKinds = ['proposed', 'confirmed', 'approved', 'ended'] as const;

export interface SharingStep {
  readonly kind: (typeof sharingStepKinds)[number];
  readonly by: string;
  readonly atMs: number;
  readonly words?: string;
}

/** An agency on the register, from its proposal on. It never leaves it. */
export interface AgencyRecord extends SharedAgency {
  readonly stage: 'proposed' | 'confirmed';
  readonly steps: readonly SharingStep[];
  /** From 1; a change is stored only on the revision that it was decided on. */
  readonly revision: number;
}

/** A sharing agreement or an exigent grant, from its proposal on, kept with what was on file when it was decided. */
export interface AgreementRecord {
  readonly agreementId: string;
  readonly agencyId: string;
  readonly kind: AgreementKind;
  readonly opensToUs: readonly string[];
  readonly searchesOurs: readonly string[];
  readonly matchesHotLists: boolean;
  readonly stage: 'proposed' | 'in-force' | 'ended';
  /** Of an agreement. */
  readonly until?: string;
  readonly document?: string;
  readonly declaration?: Declaration;
  /** Of an exigent grant. */
  readonly hours?: number;
  readonly justification?: string;
  readonly endsAtMs?: number;
  readonly steps: readonly SharingStep[];
  readonly revision: number;
}

/** What one decision changes; stored whole or not at all. */
export interface SharingChange {
  readonly agency?: AgencyRecord;
  readonly agreements?: readonly AgreementRecord[];
  /** What holds from then on. */
  readonly now?: SharingNow;
}

/** The register of agencies and agreements. Every read is strongly consistent. */
export interface SharingRegister {
  now(): Promise<SharingNow>;
  agency(agencyId: string): Promise<AgencyRecord | undefined>;
  agreement(agreementId: string): Promise<AgreementRecord | undefined>;
  agencies(): Promise<readonly AgencyRecord[]>;
  agreements(): Promise<readonly AgreementRecord[]>;
  /**
   * Each part is stored on the revision before it, together with the notice of it: no change is stored that the
   * administrator will not be told of. `conflict`: another change came first, and nothing was stored.
   */
  store(change: SharingChange, notice: SharingNotice): Promise<'stored' | 'conflict'>;
}

/** That something of sharing changed; names no person and no vehicle. */
export interface SharingNotice {
  /** The same each time it is sent, so that whoever gets it twice can tell. */
  readonly noticeId: string;
  readonly change: string;
  readonly agencyId: string;
  readonly agreementId?: string;
  readonly atMs: number;
}

/** Who proposed it. */
export function proposedBy({ steps }: { readonly steps: readonly SharingStep[] }): string | undefined {
  return steps.find(({ kind }) => kind === 'proposed')?.by;
}
