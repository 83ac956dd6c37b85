import { z } from 'zod';
import type { PublicReport } from '../contract/report';
import { CellTally } from './cells';
import { type Figure, figureOf } from './suppress';

const steps = ['redaction-ordered', 'redaction-declined', 'event-redacted'];

/** The public record of a draw, as far as it is counted (docs/formats/audit-log.md). */
const drawn = z.object({
  record: z.object({
    day: z.string(),
    size: z.int().positive(),
    seed: z.string(),
    leaves: z.array(z.object({ state: z.enum(['opened', 'redacted', 'failed']) })),
  }),
});

/** What was done to the log itself: events taken out of it by law, and random draws that show that it opens. */
export class LogTally {
  readonly #redactions = new CellTally();
  readonly #draws: PublicReport['draws'][number][] = [];

  /** Whether the event is of these. */
  add(event: { readonly kind: string }, username: string | undefined): boolean {
    if (event.kind === 'checkpoint-published') return true;
    if (steps.includes(event.kind)) {
      this.#redactions.add(event.kind, username);
      return true;
    }
    if (event.kind !== 'leaves-drawn') return false;
    const parsed = drawn.safeParse(event);
    if (!parsed.success) return false;
    const { day, size, seed, leaves } = parsed.data.record;
    const count = (state: string) => leaves.filter((leaf) => leaf.state === state).length;
    this.#draws.push({
      day,
      size,
      seed,
      opened: count('opened'),
      redacted: count('redacted'),
      failed: count('failed'),
    });
    return true;
  }

  figures() {
    return { redactions: figureOf({ step: [this.#redactions, steps] }) } satisfies Readonly<
      Record<string, Figure>
    >;
  }

  draws(): PublicReport['draws'] {
    return [...this.#draws];
  }
}
