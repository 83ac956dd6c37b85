import type { DecideAccess, Denial, Permit } from '../access/decision';
import { type AuditDeps, auditedUse, type Caller } from '../audit/audited-use';
import { newEvent, type Queried } from '../audit/event';
import { actorOf, decisionRecord } from '../audit/facts';
import type { OnceAuditLog } from '../audit/ports';
import type { Configuration } from '../contract/configuration';
import type { EvidenceRequest } from '../contract/evidence';
import { hashedUuid } from '../hashed-uuid';
import type { CapturedRead } from '../reads/read';
import { type EvidenceRecord, evidenceIdOf } from './evidence';
import { type FindShownReadDeps, findShownRead } from './find-shown-read';
import { makePackage } from './package/make-package';
import { parseManifest } from './package/manifest';
import { type PackageFile, sha256 } from './package/package-file';
import { unpackTar } from './package/tar';
import type {
  EvidenceArchive,
  EvidenceRecords,
  EvidenceSystem,
  PackageSigner,
  ShownReads,
  TakingAllowance,
} from './ports';

export interface TakeEvidenceDeps extends AuditDeps, FindShownReadDeps {
  readonly onceAudit: OnceAuditLog;
  readonly shownReads: ShownReads;
  readonly archive: EvidenceArchive;
  readonly records: Pick<EvidenceRecords, 'find' | 'putNew' | 'append' | 'custody'>;
  readonly allowance: TakingAllowance;
  readonly system: EvidenceSystem;
  readonly signer: PackageSigner;
  readonly decide: DecideAccess;
  readonly configuration: Configuration;
}

export type TakeEvidenceOutcome =
  | { readonly kind: 'taken'; readonly record: EvidenceRecord }
  | { readonly kind: 'refused'; readonly denial: Denial; readonly use: UsedWords }
  /** The caller was not shown this read, so there is nothing to keep of what they learned. */
  | { readonly kind: 'not-shown'; readonly use: UsedWords }
  | { readonly kind: 'cap-reached'; readonly use: UsedWords }
  /** Forgotten by now, or no read of that camera and time. */
  | { readonly kind: 'not-found' };

type UsedWords = Pick<EvidenceRequest, 'purpose'> & {
  readonly reason: { readonly kind: 'case-number'; readonly caseNumber: string };
  readonly queried: Queried;
};

/** An archived package that this system did not make: somebody else wrote into the archive. */
export class ForeignPackage extends Error {
  override readonly name = 'ForeignPackage';
}

/**
 * Keeps one read for a case (Storage-B): an audited use that opens one read and both its pictures. The order survives
 * a crash anywhere: the package is one object, so it stands whole or not at all; the record is made of what the package
 * says, whoever made it; then it is handed over, told once, and answered. Whoever asks again finishes what was begun,
 * even after the store has forgotten the read. Rejects with what a store or the audit log rejected with.
 */
export function takeEvidence(deps: TakeEvidenceDeps) {
  return async (request: EvidenceRequest, caller: Caller): Promise<TakeEvidenceOutcome> => {
    const nowMs = deps.events.now();
    const { person } = caller;
    const { read, caseNumber, purpose } = request;
    const evidenceId = evidenceIdOf(read.readId, caseNumber);
    const networks = [read.network];
    const reason = { kind: 'case-number', caseNumber } as const;
    const queried = { networks, readId: read.readId, evidenceId };
    const use = { purpose, reason, queried };
    const operation = 'take-evidence';
    const permit = deps.decide({ person, operation, networks, purpose, reason, nowMs });
    if (permit.kind === 'deny') return { kind: 'refused', denial: permit, use };
    if (!(await deps.shownReads.wasShown({ username: person.username, readId: read.readId, nowMs })))
      return { kind: 'not-shown', use };
    return auditedUse<TakeEvidenceOutcome>(
      deps,
      caller,
      { operation, permit, queried, networksInScope: networks, purpose, reason },
      async () => {
        const value = await keep(deps, { request, caller, evidenceId, nowMs, permit, use });
        const isTaken = value.kind === 'taken';
        return { value, counts: { evidence: Number(isTaken) }, resultIds: isTaken ? [evidenceId] : [] };
      },
    );
  };
}

interface Keeping {
  readonly request: EvidenceRequest;
  readonly caller: Caller;
  readonly evidenceId: string;
  readonly nowMs: number;
  readonly permit: Permit;
  readonly use: UsedWords;
}

async function keep(deps: TakeEvidenceDeps, keeping: Keeping): Promise<TakeEvidenceOutcome> {
  const { request, evidenceId, nowMs, caller, use } = keeping;
  const { username: by } = caller.person;
  const { requestId } = caller;
  const standing = await deps.archive.get(evidenceId);
  if (standing !== undefined) {
    const isKnown = (await deps.records.find(evidenceId)) !== undefined;
    const record = await file(deps, keeping, standing);
    if (isKnown) await deps.records.append(evidenceId, { atMs: nowMs, by, act: 'asked-again', requestId });
    return { kind: 'taken', record };
  }
  const captured = await findShownRead(deps, request.read);
  if (captured === undefined) return { kind: 'not-found' };
  const { takenPerUserAndDay } = deps.configuration.evidence;
  if (!(await deps.allowance.take({ username: by, nowMs, perDay: takenPerUserAndDay })))
    return { kind: 'cap-reached', use };
  const packed = await pack(deps, keeping, captured);
  return {
    kind: 'taken',
    record: await file(deps, keeping, await deps.archive.putFirst(evidenceId, packed)),
  };
}

function pack(deps: TakeEvidenceDeps, keeping: Keeping, captured: CapturedRead): Promise<Uint8Array> {
  const { request, evidenceId, nowMs, caller } = keeping;
  return makePackage(
    {
      evidenceId,
      department: deps.configuration.department.name,
      caseNumber: request.caseNumber,
      purpose: request.purpose.kind,
      takenBy: caller.person.username,
      takenAtMs: nowMs,
      requestId: caller.requestId,
      captured,
    },
    deps.signer,
  );
}

/** Makes the record of an archived package, hands it over and tells it: each step is once, however often it is done. */
async function file(deps: TakeEvidenceDeps, keeping: Keeping, packed: Uint8Array): Promise<EvidenceRecord> {
  const { evidenceId, caller, permit, nowMs } = keeping;
  const { files, manifest } = opened(packed);
  if (manifest.evidenceId !== evidenceId) throw new ForeignPackage('the archive holds another package here');
  const { taken, caseNumber, readId, network } = manifest;
  const record = {
    evidenceId,
    readId,
    caseNumber,
    network,
    takenBy: taken.by,
    takenAtMs: taken.atMs,
    packageSha256: sha256(packed),
  };
  await deps.records.putNew(record, taken);
  if (!(await deps.records.custody(evidenceId)).some(({ act }) => act === 'handed-over')) {
    await deps.system.handOver(evidenceId, files);
    const { requestId } = caller;
    const by = caller.person.username;
    await deps.records.append(evidenceId, { atMs: nowMs, by, act: 'handed-over', requestId });
  }
  const source = { now: () => taken.atMs, newId: () => hashedUuid(`evidence-taken|${evidenceId}`) };
  await deps.onceAudit.appendOnce(
    newEvent(source, {
      kind: 'evidence-taken',
      actor: actorOf(caller.person),
      operation: 'take-evidence',
      device: caller.device,
      evidenceId,
      network,
      purpose: manifest.purpose,
      takenBy: taken.by,
      packageSha256: record.packageSha256,
      decision: decisionRecord(permit),
    }),
  );
  return record;
}

function opened(packed: Uint8Array): {
  readonly files: readonly PackageFile[];
  readonly manifest: NonNullable<ReturnType<typeof parseManifest>>;
} {
  const files = unpackTar(packed);
  const bytes = files?.find(({ name }) => name === 'manifest.json')?.bytes;
  const manifest = bytes && parseManifest(bytes);
  if (files === undefined || manifest === undefined)
    throw new ForeignPackage('the archive holds no package here');
  return { files, manifest };
}
