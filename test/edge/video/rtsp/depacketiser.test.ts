import fc from 'fast-check';
import { Depacketiser } from '../../../../edge/video/rtsp/depacketiser';
import type { RtpPacket } from '../../../../edge/video/rtsp/packets';

const sps = '67420001';
const pps = '6880';
const idr = '6588aa';
const slice = '4188bb';
/** Not the first slice of its picture. */
const restOfIdr = '6544cc';

/** One packet each: its payload in hexadecimal, its time, and where it is not the next one its sequence number. */
type Sent = readonly [payload: string, timestamp: number, sequence?: number];

function packets(sent: readonly Sent[]): RtpPacket[] {
  let next = 65_534;
  return sent.map(([payload, timestamp, sequence = next], index) => {
    next = (sequence + 1) & 0xffff;
    const isMarked = sent[index + 1]?.[1] !== timestamp;
    return { payloadType: 96, isMarked, sequence, timestamp, payload: Buffer.from(payload, 'hex') };
  });
}

function given(...sent: readonly Sent[]) {
  const depacketiser = new Depacketiser();
  const units = packets(sent).flatMap((packet) => depacketiser.push(packet));
  return [...units, ...depacketiser.end()].map(({ timestamp, units: parts, isKeyframe }) => [
    timestamp,
    parts.map((part) => part.toString('hex')).join(' '),
    isKeyframe,
  ]);
}

describe('pictures out of RTP packets', () => {
  it('are put together from single units, from units together and from parts of one', () => {
    expect(
      given(
        [`78000467420001${'0002'}6880`, 0],
        ['7c8588', 0],
        ['7c05aa', 0],
        ['7c45bb', 0],
        ['09f0', 90],
        [slice, 90],
      ),
    ).toEqual([
      [0, `${sps} ${pps} 6588aabb`, true],
      [90, slice, false],
    ]);
  });

  it('begin with the first keyframe', () => {
    expect(given([slice, 0], [slice, 1], [idr, 2], [slice, 3])).toEqual([
      [2, idr, true],
      [3, slice, false],
    ]);
  });

  it('keep all slices of a picture, and parameter sets that came with a time of their own', () => {
    expect(given([sps, 0], [pps, 0], [idr, 1], [restOfIdr, 1], [slice, 2])).toEqual([
      [1, `${sps} ${pps} ${idr} ${restOfIdr}`, true],
      [2, slice, false],
    ]);
  });

  it('that hang on a lost packet are left out until the next keyframe', () => {
    expect(given([idr, 0, 10], [slice, 1], [slice, 3, 13], [slice, 4], [idr, 5], [slice, 6])).toEqual([
      [0, idr, true],
      [1, slice, false],
      [5, idr, true],
      [6, slice, false],
    ]);
  });

  it('are left out when their beginning, middle or end was lost', () => {
    expect(given([idr, 0, 10], [restOfIdr, 1, 12], [idr, 2])).toEqual([
      [0, idr, true],
      [2, idr, true],
    ]);
    expect(given(['7c8588', 0, 10], ['7c45bb', 0, 12], [slice, 1], [idr, 2])).toEqual([[2, idr, true]]);
    expect(given(['7c8588', 0, 10], [slice, 1, 12], [idr, 2])).toEqual([[2, idr, true]]);
    expect(given([idr, 0, 10], [slice, 1], ['7c45bb', 2, 13], [slice, 3])).toEqual([
      [0, idr, true],
      [1, slice, false],
    ]);
  });

  it('count a packet that came twice once', () => {
    expect(given([idr, 0, 10], [slice, 1, 11], [slice, 1, 11], [slice, 2, 12])).toHaveLength(3);
  });

  it.each([
    ['an empty packet', ''],
    ['a unit marked as damaged', 'c188bb'],
    ['an unknown kind of packet', '7d0000'],
    ['units together that are longer than their packet', '78ffff41'],
    ['a part without beginning', '7c45bb'],
    ['a part that is too short', '7c'],
  ])('are left out from a bad packet on: %s', (_, payload) => {
    expect(given([idr, 0], [payload, 1], [slice, 2], [idr, 3])).toEqual([
      [0, idr, true],
      [3, idr, true],
    ]);
  });

  it('hold no more than 8 MiB', () => {
    const depacketiser = new Depacketiser();
    const largest = (parts: number) =>
      upTo(parts).flatMap((part) => {
        const flags = (part === 0 ? 0x80 : 0) | (part === parts - 1 ? 0x40 : 0);
        const payload = Buffer.concat([Buffer.from([0x7c, flags | 5]), Buffer.alloc(60_000, 0x88)]);
        const isMarked = part === parts - 1;
        return depacketiser.push({ payloadType: 96, isMarked, sequence: part, timestamp: parts, payload });
      });
    expect([...largest(139), ...depacketiser.end()]).toHaveLength(1);
    expect([...largest(140), ...depacketiser.end()]).toEqual([]);
  });

  it('hold no more of one that never ends, in large parts or in very many', () => {
    const held = (partBytes: number, parts: number) => {
      const depacketiser = new Depacketiser();
      const sizes = upTo(parts).map((part) => {
        const payload = Buffer.concat([Buffer.from([0x7c, part === 0 ? 0x85 : 5]), Buffer.alloc(partBytes)]);
        depacketiser.push({
          payloadType: 96,
          isMarked: false,
          sequence: part & 0xffff,
          timestamp: 0,
          payload,
        });
        return depacketiser.waitingBytes;
      });
      return Math.max(...sizes);
    };
    expect(held(60_000, 300)).toBeLessThanOrEqual(8 * 1024 * 1024);
    expect(held(1, 20_000)).toBeLessThanOrEqual(16_384);
  });

  it('are given if and only if all of them and all that they hang on came, whatever is lost', () => {
    const picture = fc.record({ isKeyframe: fc.boolean(), parts: fc.integer({ min: 1, max: 4 }) });
    const lost = fc.array(fc.nat(40), { maxLength: 4 });
    fc.assert(
      fc.property(fc.array(picture, { maxLength: 12 }), lost, (pictures, lostPackets) => {
        const sent = pictures.flatMap(({ isKeyframe, parts }, index) =>
          payloads(isKeyframe, parts).map((payload): Sent => [payload, index]),
        );
        const depacketiser = new Depacketiser();
        const arriving = packets(sent).filter((_, index) => !lostPackets.includes(index));
        const units = [...arriving.flatMap((each) => depacketiser.push(each)), ...depacketiser.end()];

        const expected: number[] = [];
        let isShown = false;
        for (const [index, { isKeyframe }] of pictures.entries()) {
          const isWhole = sent.every(([, at], place) => at !== index || !lostPackets.includes(place));
          isShown = isWhole && (isKeyframe || isShown);
          if (isShown) expected.push(index);
        }
        expect(units.map(({ timestamp }) => timestamp)).toEqual(expected);
      }),
    );
  });

  it('never throw, whatever comes', () => {
    const packet = fc.record({
      sequence: fc.integer({ min: 0, max: 12 }),
      timestamp: fc.integer({ min: 0, max: 3 }),
      isMarked: fc.boolean(),
      payload: fc.oneof(
        fc.uint8Array({ maxLength: 12 }).map((bytes) => Buffer.from(bytes)),
        fc
          .constantFrom(idr, slice, sps, restOfIdr, '7c8588', '7c0501', '7c4502', '780003658811')
          .map((hex) => Buffer.from(hex, 'hex')),
      ),
    });
    fc.assert(
      fc.property(fc.array(packet, { maxLength: 30 }), (all) => {
        const depacketiser = new Depacketiser();
        const units = all.flatMap((each) => depacketiser.push({ payloadType: 96, ...each }));
        expect(units[0]?.isKeyframe).not.toBe(false);
      }),
    );
  });
});

const upTo = (count: number) => Array.from({ length: count }, (_, index) => index);

/** A picture of one slice, whole or in parts. */
function payloads(isKeyframe: boolean, parts: number): string[] {
  const type = isKeyframe ? 5 : 1;
  if (parts === 1) return [`${isKeyframe ? '65' : '61'}8800`];
  return upTo(parts).map((part) => {
    const flags = (part === 0 ? 0x80 : 0) | (part === parts - 1 ? 0x40 : 0);
    return `7c${(flags | type).toString(16).padStart(2, '0')}88`;
  });
}
