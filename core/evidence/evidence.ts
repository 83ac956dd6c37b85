import type { EvidenceSummary } from '../contract/evidence';
import { hashedUuid } from '../hashed-uuid';

/** What is known of a piece of evidence beside its package: nothing that a camera saw. */
export interface EvidenceRecord {
  readonly evidenceId: string;
  readonly readId: string;
  readonly caseNumber: string;
  readonly network: string;
  readonly takenBy: string;
  readonly takenAtMs: number;
  /** Of the archived package, hex. */
  readonly packageSha256: string;
}

/** The same read for the same case is the same evidence, whoever asks and however often. */
export function evidenceIdOf(readId: string, caseNumber: string): string {
  return hashedUuid(`evidence|${readId}|${caseNumber}`);
}

export function summaryOf(record: EvidenceRecord): EvidenceSummary {
  const { evidenceId, caseNumber, network, takenBy, takenAtMs, packageSha256 } = record;
  return {
    evidenceId,
    caseNumber,
    network,
    takenBy,
    takenAt: new Date(takenAtMs).toISOString(),
    packageSha256,
  };
}
