import type { Acknowledgement } from '../../../edge/video/acknowledgement';
import { AcknowledgementReader } from '../../../edge/video/acknowledgement';
import type { VideoFragment } from '../../../edge/video/fragments';
import { produceVideo } from '../../../edge/video/producer';
import type { MediaSession, OpenSession } from '../../../edge/video/put-media';

const fragment = (timecodeMs: number, bytes = 10): VideoFragment => ({
  timecodeMs,
  lengthMs: 900,
  frames: 10,
  isSampled: true,
  bytes: Buffer.alloc(bytes, timecodeMs),
});
async function* source(...fragments: readonly VideoFragment[]) {
  yield* fragments;
}
const persisted = (timecodeMs: number): Acknowledgement => ({
  kind: 'persisted',
  timecodeMs,
  errorId: undefined,
});
const error = (errorId: number, timecodeMs?: number): Acknowledgement => ({
  kind: 'error',
  timecodeMs,
  errorId,
});

/** A service that answers each fragment as `answer` says; `cut` ends the session. */
function service(answer: (timecodeMs: number, session: number) => readonly Acknowledgement[] | 'cut') {
  const sent: number[][] = [];
  const open: OpenSession = async (onAcknowledgement) => {
    let close: () => void = () => undefined;
    const closed = new Promise<undefined>((resolve) => {
      close = () => resolve(undefined);
    });
    const mine: number[] = [];
    sent.push(mine);
    let isHeader = true;
    const session: MediaSession = {
      closed,
      end: close,
      abort: close,
      write: async (bytes) => {
        if (isHeader) {
          isHeader = false;
          return;
        }
        const timecodeMs = bytes[0] ?? 0;
        mine.push(timecodeMs);
        const answers = answer(timecodeMs, sent.length);
        if (answers === 'cut') {
          close();
          throw new Error('the connection was cut');
        }
        for (const each of answers) onAcknowledgement(each);
        if (answers.some(({ kind }) => kind === 'error')) close();
      },
    };
    return session;
  };
  return { sent, open };
}

const quick = { header: Buffer.from('header'), intervalMs: 0, backoffMs: 1 };

describe('the producer', () => {
  it('goes on with what was not acknowledged after a cut, in order', async () => {
    const { sent, open } = service((timecodeMs, session) =>
      session === 1
        ? timecodeMs === 3
          ? 'cut'
          : timecodeMs === 1
            ? [persisted(1)]
            : []
        : [persisted(timecodeMs)],
    );
    const counts = await produceVideo({
      ...quick,
      openSession: open,
      fragments: source(...[1, 2, 3, 4].map((ms) => fragment(ms))),
    });
    expect(sent).toEqual([
      [1, 2, 3],
      [2, 3, 4],
    ]);
    expect(counts).toEqual({ fragments: 4, frames: 40, rejected: 0, sessions: 2 });
  });

  it('sends again what was received and not persisted', async () => {
    const received: Acknowledgement = { kind: 'received', timecodeMs: 1, errorId: undefined };
    const { sent, open } = service((timecodeMs, session) =>
      session === 1 ? [received] : [persisted(timecodeMs)],
    );
    await produceVideo({ ...quick, openSession: open, fragments: source(fragment(1)) });
    expect(sent).toEqual([[1], [1]]);
  });

  it('passes over a fragment that the service will never take', async () => {
    const { sent, open } = service((timecodeMs) => [
      timecodeMs === 2 ? error(4002, 2) : persisted(timecodeMs),
    ]);
    const fragments = source(fragment(1), fragment(2), fragment(3));
    expect(await produceVideo({ ...quick, openSession: open, fragments })).toMatchObject({
      fragments: 2,
      rejected: 1,
    });
    expect(sent).toEqual([[1, 2], [3]]);
  });

  it('tries again after an error of the service', async () => {
    const { sent, open } = service((timecodeMs, session) => [
      session === 1 ? error(5000, timecodeMs) : persisted(timecodeMs),
    ]);
    await produceVideo({ ...quick, openSession: open, fragments: source(fragment(1)) });
    expect(sent).toEqual([[1], [1]]);
  });

  it('stops at once when the stream is deleted or its key is closed', async () => {
    for (const errorId of [4008, 4500]) {
      const { sent, open } = service(() => [error(errorId, 1)]);
      const sending = produceVideo({
        ...quick,
        openSession: open,
        fragments: source(fragment(1), fragment(2)),
      });
      await expect(sending).rejects.toMatchObject({ code: 'refused' });
      expect(sent).toEqual([[1]]);
    }
  });

  it('gives up after so many sessions without success, and counts anew after each success', async () => {
    let session = 0;
    const openSession: OpenSession = async () => {
      session++;
      throw new Error('no route');
    };
    const never = produceVideo({ ...quick, openSession, fragments: source(fragment(1)), failuresMax: 4 });
    await expect(never).rejects.toMatchObject({ code: 'out-of-reach' });
    expect(session).toBe(4);

    const halting = service((timecodeMs, number) => (number % 2 === 0 ? [persisted(timecodeMs)] : 'cut'));
    const oneEach: OpenSession = async (hear) => {
      const opened = await halting.open(hear);
      return opened;
    };
    const fragments = source(...[1, 2, 3].map((ms) => fragment(ms)));
    expect(await produceVideo({ ...quick, openSession: oneEach, fragments, failuresMax: 2 })).toMatchObject({
      fragments: 3,
    });
  });

  it('takes no further fragment of its source while more than its buffer waits for the service', async () => {
    let taken = 0;
    async function* counted() {
      for (const ms of [1, 2, 3, 4]) {
        taken++;
        yield fragment(ms, 100);
      }
    }
    const pending: (() => void)[] = [];
    const { open } = service(() => []);
    const openSession: OpenSession = async (hear) => {
      const session = await open(hear);
      let isHeader = true;
      return {
        ...session,
        write: async (bytes) => {
          if (!isHeader) pending.push(() => hear(persisted(bytes[0] ?? 0)));
          isHeader = false;
        },
      };
    };
    const sending = produceVideo({ ...quick, openSession, fragments: counted(), bufferBytesMax: 150 });
    await settled();
    expect(taken).toBe(2);
    pending.shift()?.();
    await settled();
    expect(taken).toBe(3);
    while (pending.length > 0) {
      pending.shift()?.();
      await settled();
    }
    expect(await sending).toMatchObject({ fragments: 4 });
  });
});

/** Resolves when what can go on without us has gone on. */
const settled = () => new Promise<void>((resolve) => setImmediate(() => setImmediate(resolve)));

it('reads acknowledgements however the answer is cut into pieces, and passes over what is none', () => {
  const text = [
    '{"EventType":"BUFFERING","FragmentTimecode":12}',
    'not json',
    '{"EventType":"ERROR","FragmentTimecode":"12","ErrorId":"4006","ErrorCode":"INVALID_MKV_DATA"}',
    '{"EventType":"IDLE"}',
    '',
  ].join('\r\n');
  for (const size of [1, 7, 1000]) {
    const lines = new AcknowledgementReader();
    const heard = [];
    for (let at = 0; at < text.length; at += size) heard.push(...lines.push(text.slice(at, at + size)));
    expect(heard).toEqual([
      { kind: 'buffering', timecodeMs: 12, errorId: undefined },
      { kind: 'error', timecodeMs: 12, errorId: 4006 },
      { kind: 'idle', timecodeMs: undefined, errorId: undefined },
    ]);
  }
});
