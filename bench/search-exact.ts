import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { KMSClient } from '@aws-sdk/client-kms';
import { createDecideAccess } from '../adapters/cedar/decide-access';
import { StoredDayKeys } from '../adapters/day-keys/day-keys';
import { StoredImageLinks } from '../adapters/image-links/image-links';
import { ReadsStore } from '../adapters/reads/reads-store';
import { dayMs } from '../core/retention/day';
import { makeHandler } from '../lambdas/search-reads/handler';
import {
  madeApi,
  madeApiConfiguration,
  madeCall,
  madeContext,
  nowMs,
} from '../test/adapters/gateway/made-call';
import { madePerson } from '../test/core/people/made-person';
import { madePlate } from '../test/core/plate/made-plate';
import { madeRead } from '../test/core/reads/made-read';
import { madeSearch, request } from '../test/core/search/made-search';

const retentionDays = 30;
const searches = 300;
const readsPerDay = 2;

export interface ExactFigures {
  readonly reads: number;
  readonly processorMs: number;
  /** Rounds of calls that had to wait for one another, to find the rows: with the day keys confirmed, and without. */
  readonly rounds: number;
  readonly roundsFirst: number;
  readonly units: number;
  readonly unitsOfRows: number;
  /** Once a minute and environment: whether each day still has its key. */
  readonly unitsOfKeys: number;
}

/**
 * Whole-plate searches of thirty days through the handler, with the tables and KMS in memory: they answer in rounds, so
 * that what waited for what can be counted. `networks`: in how many networks the plate was seen.
 */
export async function measureExact(networks: readonly string[]): Promise<ExactFigures> {
  const store = new MemoryStore();
  const dynamo = store as unknown as DynamoDBClient;
  const openDayKeys = () =>
    new StoredDayKeys({
      dynamo,
      kms: store as unknown as KMSClient,
      table: 'DayKeys',
      wrappingKeyId: 'made-up',
      retentionDays,
      now: () => nowMs,
      randomBytes,
    });
  const dayKeys = openDayKeys();
  const reads = new ReadsStore({ dynamo, table: 'Reads', dayKeys, retentionDays });
  const made = Array.from({ length: (retentionDays - 1) * readsPerDay }, (_, at) =>
    madeRead({
      plate: madePlate('TEST123'),
      network: networks[at % networks.length] ?? '',
      readId: `00000000-0000-4000-8000-${String(at).padStart(12, '0')}`,
      capturedAtMs: nowMs - 3_600_000 - Math.floor(at / readsPerDay) * dayMs - (at % readsPerDay) * 60_000,
    }),
  );
  await new ReadsStore({ dynamo, table: 'Reads', dayKeys: openDayKeys(), retentionDays }).put(made);

  const configuration = madeApiConfiguration();
  const api = madeApi([madePerson()], { configuration });
  const handler = makeHandler({
    ...madeSearch([]).deps,
    ...api.deps,
    records: madeSearch([]).deps.records,
    configuration,
    decide: createDecideAccess({ policyFolder: join(process.cwd(), 'policy'), configuration }),
    dayKeys,
    reads,
    imageLinks: new StoredImageLinks({ dynamo, table: 'ImageLinks', now: () => nowMs, randomBytes }),
  });
  const body = {
    ...request,
    from: new Date(nowMs - 29.4 * dayMs).toISOString(),
    to: new Date(nowMs).toISOString(),
  };
  const search = async () => {
    store.reset();
    const reply = await handler(madeCall({ body }), madeContext());
    const answer: unknown = JSON.parse(reply.body);
    if (reply.statusCode !== 200) throw new Error(`answered ${reply.statusCode}: ${reply.body}`);
    return answer;
  };
  await search();
  const roundsFirst = store.roundsOf(['DayKeys', 'KMS', 'Reads']);
  const unitsOfKeys = store.unitsOf('DayKeys');
  await search();
  const figures = {
    reads: made.length,
    rounds: store.roundsOf(['DayKeys', 'KMS', 'Reads']),
    roundsFirst,
    units: store.unitsOf('Reads'),
    unitsOfRows: store.unitsOfRows,
    unitsOfKeys,
  };
  const timesMs: number[] = [];
  for (let at = 0; at < searches; at++) {
    const begun = process.cpuUsage();
    await search();
    const { user, system } = process.cpuUsage(begun);
    timesMs.push((user + system) / 1000);
  }
  const half = timesMs.slice(searches / 3).sort((a, b) => a - b);
  return { ...figures, processorMs: half[half.length >> 1] ?? 0 };
}

interface Item {
  readonly day?: { readonly S: string };
  readonly plateKey?: { readonly B: Uint8Array };
  readonly placeTime?: { readonly S: string };
  readonly sealed?: { readonly B: Uint8Array };
  readonly wrappedKey?: { readonly B: Uint8Array };
}

/** The tables and KMS, as far as a search asks them. Answers what is under way together, one round after the other. */
class MemoryStore {
  readonly #rows = new Map<string, Item[]>();
  readonly #keys = new Map<string, Item>();
  #waiting: (() => void)[] = [];
  #round = 0;
  #rounds = new Map<string, Set<number>>();
  #units = new Map<string, number>();
  unitsOfRows = 0;

  reset(): void {
    this.#rounds = new Map();
    this.#units = new Map();
    this.unitsOfRows = 0;
  }

  roundsOf(stores: readonly string[]): number {
    return new Set(stores.flatMap((store) => [...(this.#rounds.get(store) ?? [])])).size;
  }

  unitsOf(store: string): number {
    return this.#units.get(store) ?? 0;
  }

  async send(command: { readonly input: Readonly<Record<string, unknown>> }): Promise<unknown> {
    const name = command.constructor.name;
    const input = command.input as {
      TableName?: string;
      Item?: Item;
      Key?: { day?: { S: string } };
      ConsistentRead?: boolean;
      EncryptionContext?: { day?: string };
      ExpressionAttributeValues?: { ':key'?: { B: Uint8Array } };
    };
    const store = input.TableName ?? 'KMS';
    await this.#inRound(store);
    const Plaintext = Buffer.alloc(32, input.EncryptionContext?.day ?? '');
    if (name === 'GenerateDataKeyCommand') return { Plaintext, CiphertextBlob: new Uint8Array(150) };
    if (name === 'DecryptCommand') return { Plaintext };
    if (name === 'GetItemCommand') {
      this.#count(store, input.ConsistentRead ? 1 : 0.5);
      return { Item: this.#keys.get(input.Key?.day?.S ?? '') };
    }
    if (name === 'QueryCommand') {
      const Items = this.#rows.get(hex(input.ExpressionAttributeValues?.[':key']?.B)) ?? [];
      const blocks = Math.max(1, Math.ceil(Items.reduce((sum, item) => sum + sizeOf(item), 0) / 4096));
      const price = input.ConsistentRead ? 1 : 0.5;
      this.#count(store, blocks * price);
      this.unitsOfRows += (blocks - 1) * price;
      return { Items };
    }
    if (name === 'PutItemCommand' && store === 'DayKeys')
      this.#keys.set(input.Item?.day?.S ?? '', input.Item ?? {});
    else if (name === 'PutItemCommand' && store === 'Reads') {
      const key = hex(input.Item?.plateKey?.B);
      this.#rows.set(key, [...(this.#rows.get(key) ?? []), input.Item ?? {}]);
    }
    return {};
  }

  #count(store: string, units: number): void {
    this.#units.set(store, this.unitsOf(store) + units);
  }

  /** What is asked before the next turn of the event loop is one round. */
  async #inRound(store: string): Promise<void> {
    if (this.#waiting.length === 0) {
      this.#round++;
      setImmediate(() => {
        const waiting = this.#waiting;
        this.#waiting = [];
        for (const go of waiting) go();
      });
    }
    this.#rounds.set(store, (this.#rounds.get(store) ?? new Set()).add(this.#round));
    await new Promise<void>((go) => this.#waiting.push(go));
  }
}

/** As DynamoDB counts: names and values; the other attributes of a row are at most 120 bytes. */
function sizeOf({ placeTime, sealed }: Item): number {
  return (placeTime?.S.length ?? 0) + (sealed?.B.length ?? 0) + 120;
}

function hex(bytes: Uint8Array | undefined): string {
  return Buffer.from(bytes ?? []).toString('hex');
}
