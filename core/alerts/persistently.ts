export interface Persistence {
  readonly pause: (ms: number) => Promise<void>;
}

/** Failures are tried again here, for whom they befell: calling the whole delivery again would tell everybody twice. */
const triesMax = 3;
const pauseMs = 200;

/** Does the work, three times at most. Rejects with the last failure. */
export async function persistently<T>({ pause }: Persistence, work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      if (attempt === triesMax) throw error;
      await pause(pauseMs * attempt);
    }
  }
}
