import { createHash } from 'node:crypto';
import type { ReportFiles } from '../reports/report-files';
import { StoreError } from '../stores/store-error';

/** A stored file that is exactly what was recorded of it. Throws `StoreError` `malformed` for any other. */
export async function storedFile(
  files: Pick<ReportFiles, 'get'>,
  { file, sha256 }: { readonly file: string; readonly sha256: string },
): Promise<string> {
  const body = await files.get(file);
  const is = createHash('sha256').update(body, 'utf8').digest('hex');
  if (is !== sha256) throw new StoreError('malformed', 'audits');
  return body;
}
