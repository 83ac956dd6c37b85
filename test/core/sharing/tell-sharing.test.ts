import type { SharingNotice } from '../../../core/sharing/agreement';
import { tellSharing, type WaitingNotice } from '../../../core/sharing/tell-sharing';

const noticeOf = (noticeId: string): SharingNotice => ({
  noticeId,
  change: 'revoke-sharing',
  agencyId: 'made-up-county',
  atMs: 1000,
});
const waitingOf = (id: string, sinceMs: number, notice?: SharingNotice): WaitingNotice => ({
  id,
  sinceMs,
  notice,
});

/** Notices in a store and a topic, of which each step can fail. */
function made(fails: { readonly publish?: string; readonly remove?: string } = {}) {
  const stored = [waitingOf('a', 1000, noticeOf('a')), waitingOf('b', 2000, noticeOf('b'))];
  const sent: string[] = [];
  const failing = { ...fails };
  const deps = {
    waiting: {
      oldest: async (limit: number) => stored.slice(0, limit),
      remove: async (id: string) => {
        if (failing.remove === id) throw new Error('made-up fault');
        stored.splice(
          stored.findIndex((each) => each.id === id),
          1,
        );
      },
    },
    notices: {
      publish: async ({ noticeId }: SharingNotice) => {
        if (failing.publish === noticeId) throw new Error('made-up fault');
        sent.push(noticeId);
      },
    },
    onFailure: () => undefined,
  };
  return { stored, sent, failing, deps };
}

it('sends each notice and takes it away', async () => {
  const { deps, sent, stored } = made();
  expect(await tellSharing(deps)).toEqual({ told: 2 });
  expect(sent).toEqual(['a', 'b']);
  expect(stored).toEqual([]);
});

it('keeps a notice that could not be sent, says since when it waits, and sends the others', async () => {
  const { deps, sent, stored, failing } = made({ publish: 'a' });
  expect(await tellSharing(deps)).toEqual({ told: 1, oldestWaitingSinceMs: 1000 });
  expect(stored.map(({ id }) => id)).toEqual(['a']);
  failing.publish = '';
  expect(await tellSharing(deps)).toEqual({ told: 1 });
  expect(sent).toEqual(['b', 'a']);
});

it('sends a notice again, under the same id, when it is not known to have been taken away', async () => {
  const { deps, sent, failing } = made({ remove: 'a' });
  expect(await tellSharing(deps)).toEqual({ told: 1, oldestWaitingSinceMs: 1000 });
  failing.remove = '';
  await tellSharing(deps);
  expect(sent).toEqual(['a', 'b', 'a']);
});

it('leaves a notice that cannot be understood for somebody to look, and sends the others', async () => {
  const { deps, sent, stored } = made();
  stored.unshift(waitingOf('broken', 500));
  expect(await tellSharing(deps)).toEqual({ told: 2, oldestWaitingSinceMs: 500 });
  expect(sent).toEqual(['a', 'b']);
  expect(stored.map(({ id }) => id)).toEqual(['broken']);
});
