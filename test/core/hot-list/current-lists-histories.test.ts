import fc from 'fast-check';
import { CurrentLists } from '../../../core/hot-list/current-lists';
import type { EntryChange } from '../../../core/hot-list/entry-change';
import {
  approveEntry,
  extendEntry,
  removeEntry,
  requestEntry,
  takeOverEntry,
} from '../../../core/hot-list/life-cycle';
import { madePlate } from '../plate/made-plate';
import { capturedAtMs, madeRead } from '../reads/made-read';
import { MadeHotLists } from './made-hot-lists';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const shiftMs = 8 * hourMs;
const handoverMinutes = 60;
/** Two look alike, two do not. */
const plates = ['TEST123', 'TEST1Z3', 'TEST777', 'TEST700'];

/** What each entry is by the words of the policy, kept beside the product's own records. */
interface Modelled {
  readonly key: string;
  state: 'requested' | 'active' | 'removed';
  endsAtMs: number;
  readonly isShiftBound: boolean;
  responsible: string;
}

const which = fc.nat(5);
const plate = fc.constantFrom(...plates);
const change = fc.oneof(
  fc.record({ kind: fc.constant('request' as const), plate, days: fc.integer({ min: 1, max: 30 }) }),
  fc.record({ kind: fc.constant('request-for-shift' as const), plate }),
  fc.record({ kind: fc.constant('approve' as const), which }),
  fc.record({ kind: fc.constant('extend' as const), which, days: fc.integer({ min: 1, max: 30 }) }),
  fc.record({ kind: fc.constant('take-over' as const), which, by: fc.constantFrom('one', 'two') }),
  fc.record({ kind: fc.constant('remove' as const), which }),
  fc.record({ kind: fc.constant('deliver' as const), plates: fc.subarray(plates) }),
  fc.record({
    kind: fc.constant('wait' as const),
    ms: fc.oneof(
      fc.nat(30 * 60_000),
      fc.integer({ min: hourMs, max: 9 * hourMs }),
      fc.integer({ min: dayMs, max: 20 * dayMs }),
    ),
  }),
  // To the very moment at which some entry ends, one before and one after it.
  fc.record({
    kind: fc.constant('wait-for-end' as const),
    which,
    by: fc.constantFrom(-1, 0, 1, -50 * 60_000),
  }),
);
type Change = typeof change extends fc.Arbitrary<infer T> ? T : never;
const step = fc.oneof(
  { weight: 3, arbitrary: change.map((each) => ({ kind: 'change' as const, change: each })) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('read' as const),
      plate,
      meanwhile: fc.option(change, { nil: undefined }),
    }),
  },
);

class History {
  readonly lists = new MadeHotLists();
  readonly model = new Map<string, Modelled>();
  readonly matcher: CurrentLists;
  delivered: readonly string[] = [];
  nowMs = capturedAtMs;

  constructor() {
    this.matcher = new CurrentLists({
      lists: this.lists,
      now: () => this.nowMs,
      nearCustomEntries: false,
      onUnusable: (error) => {
        throw error;
      },
    });
  }

  /** Entries that are active now and that a read of the plate may be of. */
  expected(read: string): Set<string> {
    const ids = [...this.model]
      .filter(
        ([, { key, state, endsAtMs }]) => key === keyOf(read) && state === 'active' && this.nowMs < endsAtMs,
      )
      .map(([id]) => id);
    const outside = this.delivered
      .filter((each) => keyOf(each) === keyOf(read))
      .map((each) => `state/${each}`);
    return new Set([...ids, ...outside]);
  }

  apply(each: Change): void {
    switch (each.kind) {
      case 'request':
        this.request(each.plate, this.nowMs + each.days * dayMs);
        return;
      case 'request-for-shift':
        this.request(each.plate, this.nowMs + shiftMs, this.nowMs + shiftMs);
        return;
      case 'approve':
        this.change(each.which, (entry, modelled) => {
          if (modelled.state === 'requested' && this.nowMs < modelled.endsAtMs) modelled.state = 'active';
          return approveEntry(entry, { username: 'made-up.lieutenant', nowMs: this.nowMs });
        });
        return;
      case 'extend':
        this.change(each.which, (entry, modelled) => {
          const untilMs = modelled.endsAtMs + each.days * dayMs;
          const by = { username: 'made-up.lieutenant', nowMs: this.nowMs };
          const isOpen = modelled.state === 'active' && this.nowMs < modelled.endsAtMs;
          if (isOpen && !modelled.isShiftBound && modelled.endsAtMs <= this.nowMs + 30 * dayMs)
            modelled.endsAtMs = untilMs;
          return extendEntry(entry, { untilMs, suspicion: 'Seen again near the same made-up place.' }, by);
        });
        return;
      case 'take-over':
        this.change(each.which, (entry, modelled) => {
          const shiftEndsAtMs = modelled.endsAtMs + shiftMs;
          const isOpen =
            modelled.state === 'active' && this.nowMs < modelled.endsAtMs && modelled.isShiftBound;
          const isTime = this.nowMs >= modelled.endsAtMs - handoverMinutes * 60_000;
          if (isOpen && isTime && modelled.responsible !== each.by) {
            modelled.endsAtMs = shiftEndsAtMs;
            modelled.responsible = each.by;
          }
          return takeOverEntry(entry, {
            username: each.by,
            nowMs: this.nowMs,
            shiftEndsAtMs,
            handoverMinutes,
          });
        });
        return;
      case 'remove':
        this.change(each.which, (entry, modelled) => {
          modelled.state = 'removed';
          return removeEntry(entry, { username: 'made-up.detective', nowMs: this.nowMs });
        });
        return;
      case 'deliver':
        this.lists.deliver('state', ...each.plates);
        this.delivered = each.plates;
        return;
      case 'wait':
        this.nowMs += each.ms;
        return;
      case 'wait-for-end': {
        const end = [...this.model.values()][each.which]?.endsAtMs ?? 0;
        this.nowMs = Math.max(this.nowMs, end + each.by);
        return;
      }
    }
  }

  private request(text: string, expiresAtMs: number, shiftEndsAtMs?: number): void {
    const entryId = `entry-${this.model.size}`;
    const by = { username: 'made-up.detective', department: 'bloomington-pd', entryId, nowMs: this.nowMs };
    const made = requestEntry(
      {
        plate: text,
        purpose: { kind: 'felony' },
        reason: { kind: 'case-number', caseNumber: '2026-0012345' },
        suspicion: 'Seen leaving two armed robberies on Main Street, by two witnesses.',
        concern: 'felony-vehicle',
        jurisdiction: 'bloomington-pd',
        expiresAtMs,
      },
      shiftEndsAtMs === undefined ? by : { ...by, shiftEndsAtMs },
    );
    const isShiftBound = shiftEndsAtMs !== undefined;
    this.store(made);
    this.model.set(entryId, {
      key: keyOf(text),
      state: isShiftBound ? 'active' : 'requested',
      endsAtMs: expiresAtMs,
      isShiftBound,
      responsible: by.username,
    });
  }

  private change(
    at: number,
    apply: (entry: Parameters<typeof approveEntry>[0], modelled: Modelled) => EntryChange,
  ): void {
    const [id, modelled] = [...this.model][at] ?? [];
    const entry = this.lists.entries.get(id ?? '');
    if (entry !== undefined && modelled !== undefined) this.store(apply(entry, modelled));
  }

  private store(made: EntryChange): void {
    if (made.kind === 'changed') this.lists.store(made.entry);
  }
}

it('over any history of changes, clock and reads misses no alert, and raises none on an entry that is not active [Policy-H.d] [Policy-H.f] [Policy-H.g]', async () => {
  let matched = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 40 }), async (steps) => {
      const history = new History();
      for (const each of steps) {
        if (each.kind === 'change') {
          history.apply(each.change);
          continue;
        }
        await history.matcher.refresh();
        const before = history.expected(each.plate);
        if (each.meanwhile !== undefined) history.apply(each.meanwhile);
        const hits = await history.matcher.confirmedHits(
          madeRead({ plate: madePlate(each.plate), candidates: [] }),
        );
        const found = hits.map(({ vehicle }) => vehicle.entryId);
        const after = history.expected(each.plate);
        // What began while the batch was under way may count already; what ended may not.
        expect(found.filter((id) => !after.has(id))).toEqual([]);
        expect([...before].filter((id) => after.has(id) && !found.includes(id))).toEqual([]);
        expect(new Set(found).size).toBe(found.length);
        matched += found.length;
      }
    }),
    { numRuns: process.env.DEEP === undefined ? 400 : 10_000 },
  );
  // The histories meet the list often enough to say something.
  expect(matched).toBeGreaterThan(100);
});

function keyOf(text: string): string {
  return text.replaceAll('Z', '2');
}
