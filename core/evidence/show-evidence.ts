import type { DecideAccess, Denial } from '../access/decision';
import { type AuditDeps, auditedUse, type Caller } from '../audit/audited-use';
import type { CustodyEntry } from './custody';
import type { EvidenceRecord } from './evidence';
import type { PackageFile } from './package/package-file';
import { sha256 } from './package/package-file';
import { unpackTar } from './package/tar';
import type { EvidenceArchive, EvidenceRecords } from './ports';
import { ForeignPackage } from './take-evidence';

export interface ShowEvidenceDeps extends AuditDeps {
  readonly records: Pick<EvidenceRecords, 'find' | 'append' | 'custody'>;
  readonly archive: Pick<EvidenceArchive, 'get'>;
  readonly decide: DecideAccess;
}

export type ShowEvidenceOutcome =
  | {
      readonly kind: 'shown';
      readonly record: EvidenceRecord;
      readonly files: readonly PackageFile[];
      readonly custody: readonly CustodyEntry[];
    }
  | { readonly kind: 'refused'; readonly denial: Denial }
  | { readonly kind: 'not-found' };

/** The taker of nothing, so that a missing one is decided on like somebody else's. */
const nobody = ' nobody';

/**
 * Opens one piece of evidence. The opening stands on the chain of custody before its files leave (Storage-B), and is
 * part of the chain that is answered.
 */
export function showEvidence(deps: ShowEvidenceDeps) {
  return async (evidenceId: string, caller: Caller): Promise<ShowEvidenceOutcome> => {
    const nowMs = deps.events.now();
    const operation = 'show-evidence';
    const { person, requestId } = caller;
    const record = await deps.records.find(evidenceId);
    const permit = deps.decide({ person, operation, author: record?.takenBy ?? nobody, nowMs });
    if (permit.kind === 'deny') return { kind: 'refused', denial: permit };
    if (record === undefined) return { kind: 'not-found' };
    const use = { operation, permit, queried: { evidenceId }, networksInScope: [] } as const;
    return auditedUse<ShowEvidenceOutcome>(deps, caller, use, async () => {
      const files = await filesOf(deps, record);
      await deps.records.append(evidenceId, { atMs: nowMs, by: person.username, act: 'opened', requestId });
      const custody = await deps.records.custody(evidenceId);
      return {
        value: { kind: 'shown', record, files, custody },
        counts: { evidence: 1 },
        resultIds: [evidenceId],
      };
    });
  };
}

/** What lies in the archive must be what was recorded when it was taken. */
async function filesOf(deps: ShowEvidenceDeps, record: EvidenceRecord): Promise<readonly PackageFile[]> {
  const packed = await deps.archive.get(record.evidenceId);
  const files = packed && unpackTar(packed);
  if (packed === undefined || files === undefined || sha256(packed) !== record.packageSha256)
    throw new ForeignPackage('the archive does not hold what was recorded');
  return files;
}
