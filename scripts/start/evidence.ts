import { GetPublicKeyCommand } from '@aws-sdk/client-kms';
import { fileNames, type PackageFile } from '../../core/evidence/package/package-file';
import { verifyPackage } from '../../core/evidence/package/verify-package';
import { isComplete } from '../../core/plate/plate';
import type { LocalSystem } from '../../local/system';
import { publicKeyPem } from '../verify-evidence/public-key';
import type { Accounting } from './accounting';
import { type Clients, output } from './clients';
import { searchBody } from './investigation';
import type { Refusal } from './refusals';
import { answered, type Staff } from './staff';

export interface Evidence {
  readonly evidenceId: string;
  readonly files: number;
  readonly refusals: readonly Refusal[];
  readonly faults: readonly string[];
}

interface Parties {
  readonly system: LocalSystem;
  readonly operator: Clients;
  readonly staff: Staff;
}

const purpose = { kind: 'felony' } as const;
const caseNumber = '2026-0012345';

/**
 * A detective keeps one of the reads that a search showed her [Storage-B]; its package is verified with nothing but the
 * public key; the records officer asks for its release to a court and the Chief approves [Access-F]. What is no evidence,
 * or goes to a business, is refused.
 */
export async function showEvidence(
  parties: Parties & { readonly accounting: Accounting },
): Promise<Evidence> {
  const { system, staff, accounting } = parties;
  const plate = accounting.arrived.find((read) => isComplete(read.plate))?.plate ?? '';
  const search = await staff.detective.api('search-reads', { body: searchBody(system, plate) });
  const [found] = answered('search-reads', search).results;
  if (found === undefined) throw new Error('the detective’s search found nothing to keep');
  const { readId, network, cameraId, capturedAt } = found;
  const read = { readId, network, cameraId, capturedAt };
  const body = { read, caseNumber, purpose };
  const { evidenceId } = answered('take-evidence', await staff.detective.api('take-evidence', { body }));
  const again = answered('take-evidence', await staff.detective.api('take-evidence', { body }));
  const checked = await openAndVerify(parties, evidenceId, 'detective');
  const listed = answered('list-evidence', await staff.recordsOfficer.api('list-evidence', { query: {} }));
  const refusals = [...(await askWrongly(staff, body)), ...(await releaseToCourt(staff, evidenceId))];
  return {
    evidenceId,
    files: checked.files,
    refusals,
    faults: [
      ...checked.faults,
      ...(again.evidenceId === evidenceId ? [] : ['the same read became two pieces of evidence']),
      ...(listed.evidence.length === 1 ? [] : [`${listed.evidence.length} pieces of evidence are listed`]),
      ...refusals
        .filter(({ expected, clause }) => expected !== clause)
        .map(({ asked, expected, clause }) => `${asked}: refused with ${clause}, not ${expected}`),
    ],
  };
}

/** After the store forgot: the evidence opens, and there is one package, whatever else was captured beside it. */
export async function openAgain(
  parties: Parties,
  { evidenceId }: Evidence,
): Promise<{ readonly files: number; readonly faults: readonly string[] }> {
  const { files, faults } = await openAndVerify(parties, evidenceId, 'recordsOfficer');
  const { services } = parties.system;
  const packages = services.s3.dump(output(parties.system, 'EvidenceBucket')).length;
  const waiting = services.s3.dump(output(parties.system, 'EvidenceDropBucket')).length;
  return {
    files,
    faults: [
      ...faults,
      ...(packages === 1 ? [] : [`${packages} packages lie in the evidence archive, not one`]),
      ...(waiting === 0 ? [] : [`${waiting} files still wait for the evidence system`]),
    ],
  };
}

async function openAndVerify(
  { system, operator, staff }: Parties,
  evidenceId: string,
  by: 'detective' | 'recordsOfficer',
): Promise<{ readonly files: number; readonly faults: readonly string[] }> {
  const shown = await staff[by].api('show-evidence', { path: { evidenceId } });
  const files = answered('show-evidence', shown).files.flatMap(({ name, base64 }): PackageFile[] => {
    const known = fileNames.find((each) => each === name);
    return known === undefined ? [] : [{ name: known, bytes: Buffer.from(base64, 'base64') }];
  });
  const { PublicKey } = await operator.kms.send(
    new GetPublicKeyCommand({ KeyId: output(system, 'EvidenceKeyId') }),
  );
  const pem = publicKeyPem(PublicKey ?? new Uint8Array());
  const whole = verifyPackage(files, pem).faults;
  const altered = verifyPackage(files.map(withOneByteChanged), pem).faults;
  return {
    files: files.length,
    faults: [
      ...whole.map(({ kind }) => `the evidence does not verify: ${kind}`),
      ...(files.length === fileNames.length ? [] : [`the package has ${files.length} files`]),
      ...(altered.length > 0 ? [] : ['a changed byte in the evidence went unnoticed']),
    ],
  };
}

function withOneByteChanged(file: PackageFile): PackageFile {
  if (file.name !== 'plate.jpg') return file;
  const bytes = Buffer.from(file.bytes);
  bytes[bytes.length - 1] = (bytes[bytes.length - 1] ?? 0) ^ 1;
  return { ...file, bytes };
}

type Body = {
  readonly read: { readonly readId: string; network: string; cameraId: string; capturedAt: string };
  readonly caseNumber: string;
  readonly purpose: typeof purpose;
};

async function askWrongly(staff: Staff, body: Body): Promise<Refusal[]> {
  const byAnother = await staff.analyst.api('take-evidence', { body });
  return [
    {
      asked: 'evidence of a read that nobody showed the analyst',
      expected: 'Access-E',
      clause: clauseOf(byAnother),
    },
  ];
}

async function releaseToCourt(staff: Staff, evidenceId: string): Promise<Refusal[]> {
  const authority = { kind: 'subpoena', citation: 'Subpoena 2026-CF-000123' } as const;
  const ask = (name: string, id = evidenceId) =>
    staff.recordsOfficer.api('request-release', {
      body: { evidenceId: id, recipient: { kind: 'court', name }, authority },
    });
  const toBusiness = await ask('Made-Up Insurance Company');
  const ofNothing = await ask('Made-Up County Circuit Court', '00000000-0000-4000-8000-000000000000');
  const { releaseId } = answered('request-release', await ask('Made-Up County Circuit Court'));
  const path = { releaseId };
  const body = { decision: 'approve' } as const;
  const byOfficer = await staff.recordsOfficer.api('decide-release', { path, body });
  answered('decide-release', await staff.chief.api('decide-release', { path, body }));
  return [
    { asked: 'a release to an insurance company', expected: 'Storage-D', clause: clauseOf(toBusiness) },
    { asked: 'a release of what is no evidence', expected: 'Access-F', clause: clauseOf(ofNothing) },
    {
      asked: 'the approval of a release by who asked for it',
      expected: 'Access-F',
      clause: clauseOf(byOfficer),
    },
  ];
}

function clauseOf(
  outcome: { kind: 'answered' } | { kind: 'refused'; problem: { clause?: string | undefined } },
): string {
  return outcome.kind === 'refused' ? (outcome.problem.clause ?? 'no clause') : 'not at all';
}
