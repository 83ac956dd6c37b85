import { StoreError } from '../stores/store-error';

/** Figures of the chain that alarms are made of; nothing of a person or vehicle is in them. */
export interface CallCounters {
  count(name: string, value: number): void;
}

export interface FactsDeps {
  readonly counters: CallCounters;
}

/**
 * A live fact as it stands; `undefined` where there is none, or none that can be understood: such a fact holds for
 * nobody, so the call is refused and counted, and trying again would not help. A store that cannot be asked rejects.
 */
export async function understood<Fact>(
  { counters }: FactsDeps,
  read: () => Promise<Fact | undefined>,
): Promise<Fact | undefined> {
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof StoreError && error.code === 'malformed')) throw error;
    counters.count('MalformedFacts', 1);
    return undefined;
  }
}
