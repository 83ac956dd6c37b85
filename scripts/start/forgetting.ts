import { DecryptCommand } from '@aws-sdk/client-kms';
import type { LocalSystem } from '../../local/system';
import type { Accounting } from './accounting';
import { readsOnStreams } from './arrivals';
import type { Clients } from './clients';
import type { DayOptions } from './day';
import { type Evidence, openAgain } from './evidence';
import { searchBody } from './investigation';
import { textOf } from './items';
import { findReports, type Reported } from './reports';
import { physicalName } from './resources';
import type { Staff } from './staff';

/** One place where a read might still be, and how many were recovered there. */
export interface Attempt {
  readonly where: string;
  readonly recovered: number;
}

export interface Forgetting {
  readonly daysPassed: number;
  readonly attempts: readonly Attempt[];
  /** Files of the one read that was kept as evidence: all that remains of any read. */
  readonly evidenceFiles: number;
  /** Made meanwhile, by the schedule. */
  readonly reported: Reported;
  readonly faults: readonly string[];
}

const dayMs = 86_400_000;
const daysPassed = 31;

/** Lets thirty-one days pass, schedules and all, and then tries to get the reads back. */
export async function forgetEverything(
  { system, operator, progress }: DayOptions,
  staff: Staff,
  { accounting, evidence }: { readonly accounting: Accounting; readonly evidence: Evidence },
): Promise<Forgetting> {
  const stolenKeys = await wrappedKeys(system);
  const bar = progress.bar('Days pass', daysPassed);
  for (let day = 0; day < daysPassed; day++) {
    await system.advance(dayMs, { thinnedToMs: dayMs / 4 });
    bar.step();
  }
  bar.done();
  await system.idle();
  const { dynamodb, s3 } = system.services;
  const attempts: Attempt[] = [
    { where: 'a search through the API', recovered: await searchAgain(system, staff, accounting) },
    { where: 'keys of forgotten days in the key table', recovered: (await wrappedKeys(system)).length },
    {
      where: 'a copied wrapped key, unwrapped as account administrator',
      recovered: await unwrap(operator, stolenKeys),
    },
    {
      where: 'rows in the reads table',
      recovered: (await dynamodb.dump(physicalName(system, 'Reads'))).length,
    },
    {
      where: 'rows in the alerts table',
      recovered: (await dynamodb.dump(physicalName(system, 'Alerts'))).length,
    },
    { where: 'images, old versions included', recovered: s3.dump(physicalName(system, 'Images')).length },
    { where: 'plate index segments', recovered: s3.dump(physicalName(system, 'PlateIndex')).length },
    { where: 'records on the streams', recovered: readsOnStreams(system).length },
    { where: 'video on its way', recovered: videoLeft(system) },
    { where: 'raw frames', recovered: s3.dump(system.outputs.FramesBucket ?? '').length },
    { where: 'failed records', recovered: s3.dump(system.outputs.FailuresBucket ?? '').length },
  ];
  const remaining = await openAgain({ system, operator, staff }, evidence);
  const reported = findReports(system);
  const recovered = attempts.filter((each) => each.recovered > 0);
  return {
    daysPassed,
    attempts,
    evidenceFiles: remaining.files,
    reported,
    faults: [
      ...recovered.map((each) => `${each.where}: ${each.recovered} recovered after ${daysPassed} days`),
      ...remaining.faults,
      ...reported.faults,
    ],
  };
}

async function searchAgain(system: LocalSystem, staff: Staff, { arrived }: Accounting): Promise<number> {
  let recovered = 0;
  for (const plate of new Set(arrived.slice(0, 5).map((read) => read.plate))) {
    const outcome = await staff.officer.api('search-reads', {
      body: {
        ...searchBody(system, plate),
        from: new Date(system.clock.now() - 31 * dayMs).toISOString(),
      },
    });
    if (outcome.kind === 'refused')
      throw new Error(`the search afterwards was refused: ${outcome.problem.detail}`);
    recovered += outcome.body.results.length;
  }
  return recovered;
}

interface WrappedKey {
  readonly day: string;
  readonly bytes: Uint8Array;
}

async function wrappedKeys(system: LocalSystem): Promise<readonly WrappedKey[]> {
  const items = await system.services.dynamodb.dump(physicalName(system, 'DayKeys'));
  return items.flatMap((item) => {
    const day = textOf(item, 'day');
    const wrapped = textOf(item, 'wrappedKey', 'B');
    return day === undefined || wrapped === undefined ? [] : [{ day, bytes: Buffer.from(wrapped, 'base64') }];
  });
}

/** The key policy refuses everybody but the keyholder functions, an administrator too. */
async function unwrap(operator: Clients, keys: readonly WrappedKey[]): Promise<number> {
  let recovered = 0;
  for (const { day, bytes } of keys) {
    try {
      await operator.kms.send(new DecryptCommand({ CiphertextBlob: bytes, EncryptionContext: { day } }));
      recovered += 1;
    } catch (error) {
      if (!(error instanceof Error) || error.name !== 'AccessDeniedException') throw error;
    }
  }
  return recovered;
}

function videoLeft({ services }: LocalSystem): number {
  return services.kinesisVideo
    .streamNames()
    .reduce((sum, name) => sum + services.kinesisVideo.dump(name).length, 0);
}
