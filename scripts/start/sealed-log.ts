import { GetPublicKeyCommand } from '@aws-sdk/client-kms';
import { rawPublicKey, verifierKey } from '../../core/audit/log/note';
import { checkLog } from '../../core/audit/log/verifier/check-log';
import type { LogFiles } from '../../core/audit/log/verifier/files';
import type { Verdict } from '../../core/audit/log/verifier/finding';
import { parseLogKey } from '../../core/audit/log/verifier/open-note';
import type { LocalSystem } from '../../local/system';
import { type Clients, output } from './clients';

export interface CheckedAuditLog {
  /** Events in the log, all of them proven; 0 when it could not be proven. */
  readonly events: number;
  /** What a copy with one byte changed is found out by. */
  readonly tampering: string;
  readonly faults: readonly string[];
}

/** Checks the sealed log as an auditor does: from a copy of its files and its public key, with nothing else. */
export async function checkAuditLog(
  system: LocalSystem,
  operator: Clients,
  origin: string,
): Promise<CheckedAuditLog> {
  const files = new Map<string, Uint8Array>();
  for (const { kind, isCurrent, key, body } of system.services.s3.dump(output(system, 'AuditLogBucket')))
    if (kind === 'object' && isCurrent) files.set(key, body);
  const { PublicKey: spki } = await operator.kms.send(
    new GetPublicKeyCommand({ KeyId: output(system, 'AuditLogKeyId') }),
  );
  const verdict = check(files, verifierKey(origin, rawPublicKey(spki ?? new Uint8Array())));
  const altered = check(
    withOneByteChanged(files),
    verifierKey(origin, rawPublicKey(spki ?? new Uint8Array())),
  );
  const tampering = altered.kind === 'disproved' ? (altered.findings[0]?.code ?? 'nothing') : 'nothing';
  return {
    events: verdict.kind === 'proven' ? verdict.value.size : 0,
    tampering,
    faults: [
      ...(verdict.kind === 'disproved' ? verdict.findings.map(({ message }) => `audit log: ${message}`) : []),
      ...(tampering === 'nothing' ? ['a changed byte in the audit log went unnoticed'] : []),
    ],
  };
}

function check(files: ReadonlyMap<string, Uint8Array>, keyText: string): Verdict<{ readonly size: number }> {
  const key = parseLogKey(keyText);
  if (key === undefined) throw new Error('the public key of the audit log cannot be used');
  const log: LogFiles = { read: (path) => files.get(path), list: () => files.keys() };
  return checkLog(log, key);
}

function withOneByteChanged(files: ReadonlyMap<string, Uint8Array>): ReadonlyMap<string, Uint8Array> {
  const changed = new Map(files);
  const [path] = [...files.keys()].filter((each) => each.startsWith('tile/entries/')).sort();
  const bytes = path === undefined ? undefined : files.get(path);
  if (path === undefined || bytes === undefined) return changed;
  const copy = Buffer.from(bytes);
  copy[copy.length - 1] = (copy[copy.length - 1] ?? 0) ^ 1;
  return changed.set(path, copy);
}
