import { stillWaiting, withPauses } from '../../edge/pauses';

/** A source that gives an item when told to. */
function handFed<T>() {
  const given: T[] = [];
  let wake: (() => void) | undefined;
  let isOver = false;
  async function* source() {
    for (;;) {
      for (let next = given.shift(); next !== undefined; next = given.shift()) yield next;
      if (isOver) return;
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  }
  return {
    source: source(),
    give(item: T) {
      given.push(item);
      wake?.();
    },
    end() {
      isOver = true;
      wake?.();
    },
  };
}

describe('noticing that something has waited', () => {
  it('interrupts a source that pauses, and only while something waits', async () => {
    const feed = handFed<string>();
    let isWaiting = false;
    const seen: string[] = [];
    feed.give('a');
    for await (const item of withPauses(feed.source, { waitMaxMs: 10, isWaiting: () => isWaiting })) {
      seen.push(item === stillWaiting ? 'pause' : item);
      if (item === 'a') isWaiting = true;
      if (item === stillWaiting) {
        isWaiting = false;
        feed.give('b');
        feed.end();
      }
    }
    expect(seen).toEqual(['a', 'pause', 'b']);
  });

  it('interrupts a source that never pauses', async () => {
    async function* busy() {
      for (let at = 0; ; at++) {
        await new Promise((resolve) => setImmediate(resolve));
        yield at;
      }
    }
    for await (const item of withPauses(busy(), { waitMaxMs: 10, isWaiting: () => true })) {
      if (item === stillWaiting) return;
    }
    throw new Error('the source has no end');
  });

  it('passes on the failure of the source', async () => {
    async function* failing(): AsyncGenerator<string> {
      yield 'a';
      throw new Error('the camera is gone');
    }
    const items = withPauses(failing(), { waitMaxMs: 10, isWaiting: () => true });
    await items.next();
    await expect(items.next()).rejects.toThrow('the camera is gone');
  });

  it('lets the agent end although the source hangs', async () => {
    const feed = handFed<string>();
    feed.give('a');
    const items = withPauses(feed.source, { waitMaxMs: 5, isWaiting: () => true });
    await items.next();
    expect((await items.next()).value).toBe(stillWaiting);
    await items.return(undefined);
  });
});
