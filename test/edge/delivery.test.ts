import { createDelivery } from '../../edge/delivery';
import type { SendRecords } from '../../edge/kinesis-sender';
import type { Spool } from '../../edge/spool';

function device() {
  const state = { nowMs: 0, isUp: true, calls: 0, sent: [] as string[], spooled: [] as string[] };
  const send: SendRecords = async (records) => {
    state.calls++;
    if (!state.isUp) return records;
    state.sent.push(...records.map((record) => Buffer.from(record).toString()));
    return [];
  };
  const spool: Spool = {
    purge: async () => 0,
    put: async (envelope) => void state.spooled.push(Buffer.from(envelope).toString()),
    async drain(sendAll) {
      const unsent = await sendAll(state.spooled.map((text) => Buffer.from(text)));
      state.spooled = unsent.map((record) => Buffer.from(record).toString());
      return unsent.length;
    },
  };
  const deliver = createDelivery({ send, spool, clock: () => state.nowMs, pauseMs: 1000 });
  return { state, deliver: (text: string) => deliver(Buffer.from(text)) };
}

describe('delivering envelopes', () => {
  it('spools what the stream does not take and sends it when the stream is back, after the new one', async () => {
    const { state, deliver } = device();
    state.isUp = false;
    expect(await deliver('a')).toBe('spooled');
    state.isUp = true;
    state.nowMs = 1000;
    expect(await deliver('b')).toBe('sent');
    expect(state).toMatchObject({ sent: ['b', 'a'], spooled: [] });
  });

  it('leaves a stream that is out of reach alone for a while, so that the camera goes on reading', async () => {
    const { state, deliver } = device();
    state.isUp = false;
    await deliver('a');
    state.nowMs = 999;
    await deliver('b');
    expect(state).toMatchObject({ calls: 1, spooled: ['a', 'b'] });
    state.nowMs = 1000;
    await deliver('c');
    expect(state.calls).toBe(2);
  });

  it('sends what an earlier run left in the spool', async () => {
    const { state, deliver } = device();
    state.spooled.push('left');
    await deliver('a');
    expect(state).toMatchObject({ sent: ['a', 'left'], spooled: [] });
  });
});
