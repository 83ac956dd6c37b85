import { readFileSync } from 'node:fs';
import { type PackageFault, verifyPackage } from '../../core/evidence/package/verify-package';
import { packageFiles } from './package-files';

export interface Verdict {
  readonly isProven: boolean;
  readonly lines: readonly string[];
}

/** Checks a package in a file or folder against a public key in a file. Throws for what cannot be read. */
export function verify(packagePath: string, keyPath: string): Verdict {
  const found = packageFiles(packagePath);
  if (found.kind === 'not-a-package')
    return disproved(
      found.names.length === 0
        ? ['this is no package']
        : found.names.map((name) => `${name} belongs to no package`),
    );
  const { faults, manifest, takenHash } = verifyPackage(found.files, readFileSync(keyPath, 'utf8'));
  if (faults.length > 0 || manifest === undefined) return disproved(faults.map(words));
  const { taken } = manifest;
  return {
    isProven: true,
    lines: [
      `PROVEN  ${manifest.files.length} files are as they were signed`,
      `        evidence ${manifest.evidenceId}, case ${manifest.caseNumber}, of ${manifest.department}`,
      `        taken by ${taken.by} at ${new Date(taken.atMs).toISOString()}, request ${taken.requestId}`,
      `        the second link of its chain of custody has "before" ${takenHash}`,
    ],
  };
}

function disproved(reasons: readonly string[]): Verdict {
  return { isProven: false, lines: reasons.map((reason) => `NOT PROVEN  ${reason}`) };
}

function words(fault: PackageFault): string {
  switch (fault.kind) {
    case 'no-manifest':
      return 'there is no manifest of this format';
    case 'other-key':
      return 'the manifest names another key';
    case 'signature':
      return 'the manifest is not signed by this key, or was changed';
    case 'missing':
      return `${fault.file} is missing`;
    case 'changed':
      return `${fault.file} was changed`;
    case 'not-listed':
      return `${fault.file} was added`;
    default:
      return fault satisfies never;
  }
}
