import fc from 'fast-check';
import { AcknowledgementReader } from '../../../edge/video/acknowledgement';

const read = (pieces: readonly string[]) => {
  const reader = new AcknowledgementReader();
  return pieces.flatMap((piece) => reader.push(piece));
};
const buffering = { kind: 'buffering', timecodeMs: 12, errorId: undefined };
const persisted = { kind: 'persisted', timecodeMs: 12, errorId: undefined };

describe('acknowledgements', () => {
  it('are read without anything between them', () => {
    expect(
      read([
        '{"EventType":"BUFFERING","FragmentTimecode":12}{"EventType":"PERSISTED","FragmentTimecode":12}',
      ]),
    ).toEqual([buffering, persisted]);
  });

  it('are read as soon as they are whole, without waiting for a line to end', () => {
    const reader = new AcknowledgementReader();
    expect(reader.push('{"EventType":"BUFFERING","FragmentTimecode":12')).toEqual([]);
    expect(reader.push('}')).toEqual([buffering]);
  });

  it('are read over several lines, and inside the wrapper that AWS documents', () => {
    const wrapped = JSON.stringify(
      { Acknowledgement: { EventType: 'PERSISTED', FragmentTimecode: 12, FragmentNumber: '{"7' } },
      undefined,
      2,
    );
    expect(read([wrapped, '\r\n', wrapped])).toEqual([persisted, persisted]);
  });

  it('are told from braces in text', () => {
    const text = JSON.stringify({ EventType: 'BUFFERING', FragmentTimecode: 12, ErrorCode: '}\\"}{' });
    expect(read([text, text])).toEqual([buffering, buffering]);
  });

  it('come again after an object longer than 4096 characters, which is left out', () => {
    const long = `{"EventType":"IDLE","ErrorCode":"${'x'.repeat(5000)}"}`;
    const next = '{"EventType":"BUFFERING","FragmentTimecode":12}';
    expect(read([long, '\r\n', next])).toEqual([buffering]);
  });

  it('are the same wherever the answer is cut, and nothing in it makes the reader fail', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.oneof(
            fc.constantFrom('{', '}', '"', '\\', '\r\n', '{"EventType":"IDLE"}', '{"Acknowledgement":'),
            fc.string({ maxLength: 10 }),
          ),
        ),
        fc.integer({ min: 1, max: 9 }),
        (parts, size) => {
          const text = parts.join('');
          const pieces = text.match(new RegExp(`[^]{1,${size}}`, 'g')) ?? [];
          expect(read(pieces)).toEqual(read([text]));
        },
      ),
    );
  });
});
