/** One thing that a bench measures: `turn` does the whole of its work once and says how many pieces that was. */
export interface Contender {
  readonly name: string;
  readonly turn: () => number | Promise<number>;
}

export interface Figure {
  readonly name: string;
  /** Median over the rounds, pieces a second of processor time. */
  readonly perSecond: number;
  readonly slowest: number;
  readonly fastest: number;
}

/**
 * Takes turns between the contenders, so that a noisy minute of the machine meets all of them, after one round to warm
 * up. Counted is the processor time of this process, all its threads: what one core does in a second, whoever else
 * uses the machine.
 */
export async function measure(contenders: readonly Contender[], rounds: number): Promise<readonly Figure[]> {
  const speeds = contenders.map((): number[] => []);
  for (let round = 0; round <= rounds; round++)
    for (const [at, { turn }] of contenders.entries()) {
      const begun = process.cpuUsage();
      const pieces = await turn();
      const { user, system } = process.cpuUsage(begun);
      if (round > 0) speeds[at]?.push((pieces / (user + system)) * 1e6);
    }
  return contenders.map(({ name }, at) => {
    const sorted = (speeds[at] ?? []).sort((a, b) => a - b);
    return {
      name,
      perSecond: sorted[sorted.length >> 1] ?? 0,
      slowest: sorted[0] ?? 0,
      fastest: sorted.at(-1) ?? 0,
    };
  });
}

/** The figure of that name; throws for what was not measured. */
export function speedOf(figures: readonly Figure[], name: string): number {
  const figure = figures.find((each) => each.name === name);
  if (figure === undefined) throw new Error(`${name} was not measured`);
  return figure.perSecond;
}

/** What a bench promises, and whether this run kept it. */
export interface Bar {
  readonly name: string;
  readonly value: number;
  readonly bar: number;
  readonly isAtLeast: boolean;
}

/** Prints the bars, then the figures, then all of it as one line of JSON. The exit code is 1 when a bar was missed. */
export function report(bars: readonly Bar[], figures: readonly Figure[]): void {
  reportBars(bars);
  console.log('');
  console.table(
    figures.map(({ name, perSecond, slowest, fastest }) => ({
      name,
      'median /s': short(perSecond),
      slowest: short(slowest),
      fastest: short(fastest),
    })),
  );
  console.log(JSON.stringify({ bars, figures }));
}

/** Prints the bars. The exit code is 1 when one was missed. */
export function reportBars(bars: readonly Bar[]): void {
  for (const { name, value, bar, isAtLeast } of bars) {
    const isKept = isAtLeast ? value >= bar : value <= bar;
    if (!isKept) process.exitCode = 1;
    console.log(
      `${isKept ? 'kept  ' : 'MISSED'}  ${name}: ${short(value)} (${isAtLeast ? '≥' : '≤'} ${short(bar)})`,
    );
  }
}

/** Ends the process with what a benchmark came to; one that failed says why, in a line. */
export function endWith(code: Promise<number>): void {
  code.then(
    (each) => {
      process.exitCode = each;
    },
    (error: unknown) => {
      console.error(error instanceof Error ? error.message : 'the benchmark failed');
      process.exitCode = 1;
    },
  );
}

function short(value: number): string {
  if (value >= 1e6) return `${(value / 1e6).toFixed(2)} M`;
  return value >= 1e4 ? `${(value / 1e3).toFixed(1)} k` : String(Number(value.toPrecision(3)));
}
