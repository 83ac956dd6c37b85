import type { ReportFile } from '../../../adapters/reports/report-files';
import { createTable, type TestDynamo } from '../../adapters/dynoxide';

/** The table Audits beside those about people. */
export async function createAudits({ dynamo }: TestDynamo): Promise<void> {
  await createTable(dynamo, {
    name: 'Audits',
    key: [
      ['kind', 'S'],
      ['name', 'S'],
    ],
  });
}

/** Files of a bucket, in memory. */
export function madeFiles() {
  const stored = new Map<string, string>();
  return {
    stored,
    put: async ({ name, body }: Pick<ReportFile, 'name' | 'body'>) => void stored.set(name, String(body)),
    get: async (name: string) => {
      const body = stored.get(name);
      if (body === undefined) throw new Error(`no file ${name}`);
      return body;
    },
  };
}
