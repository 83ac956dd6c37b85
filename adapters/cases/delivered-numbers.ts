import { GetObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import type { CaseNumberSource, CaseNumbers, FiledNumber } from '../../core/cases/ports';
import { ifStored } from '../stores/if-stored';
import { StoreError } from '../stores/store-error';

/** Where the Department's systems put their list. */
export const caseNumbersFile = 'case-numbers/numbers.csv';

/** A decade of a large department; more is no list of ours. */
const numbersMax = 5_000_000;
const line = /^(case|cad),([^,\s][^,]{0,39})$/;

/**
 * Case and dispatch numbers as a file that the Department's systems deliver whole, each time they like: lines
 * `case,<number>` and `cad,<number>`. No file yet: not configured.
 */
export class DeliveredNumbers implements CaseNumberSource {
  constructor(readonly options: { readonly s3: S3Client; readonly bucket: string }) {}

  async read(): Promise<CaseNumbers> {
    const { s3, bucket } = this.options;
    const found = await ifStored('case numbers', async () => {
      const { Body, LastModified } = await s3.send(
        new GetObjectCommand({ Bucket: bucket, Key: caseNumbersFile }),
      );
      return { text: (await Body?.transformToString('utf8')) ?? '', at: LastModified };
    });
    if (found?.at === undefined) return { kind: 'not-configured' };
    return deliveredNumbers(found.text, found.at.getTime());
  }
}

/** Throws `StoreError` `malformed` for a line of another form: half a list would make honest numbers unknown. */
export function deliveredNumbers(text: string, deliveredAtMs: number): CaseNumbers {
  const numbers = new Set<string>();
  for (const each of text.split(/\r?\n/)) {
    if (each === '') continue;
    if (!line.test(each) || numbers.size >= numbersMax) throw new StoreError('malformed', 'case numbers');
    numbers.add(each);
  }
  const lineOf = ({ kind, text: number }: FiledNumber) =>
    `${kind === 'case-number' ? 'case' : 'cad'},${number}`;
  return {
    kind: 'delivered',
    deliveredAtMs,
    count: numbers.size,
    has: (number) => numbers.has(lineOf(number)),
  };
}
