import fc from 'fast-check';
import { AwsError } from '../../../local/aws/errors';
import { decodeIterator, encodeIterator } from '../../../local/kinesis/iterator';
import { Stream } from '../../../local/kinesis/stream';

const stream = (shardCount: number) =>
  new Stream(
    'arn:aws:kinesis:us-east-2:000000000000:stream/reads',
    { name: 'reads', mode: 'PROVISIONED', shardCount, retentionHours: 24 },
    0,
  );

const hashKey = fc.bigInt({ min: 0n, max: (1n << 128n) - 1n });

describe('a stream', () => {
  it('has exactly one shard for every hash key, whatever its number of shards', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40 }), hashKey, (shardCount, key) => {
        const owners = stream(shardCount).shards.filter(
          ({ hashKeys }) => key >= hashKeys.first && key <= hashKeys.last,
        );
        expect(owners).toHaveLength(1);
      }),
    );
  });

  it('keeps exactly the records of its retention period, in order, under the index they always had', () => {
    const gapsMs = fc.array(fc.integer({ min: 0, max: 20_000_000 }), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(gapsMs, (gaps) => {
        const reads = stream(1);
        const [shard] = reads.shards;
        if (shard === undefined) throw new Error('a stream has a shard');
        let nowMs = 0;
        const arrivals = gaps.map((gap) => {
          nowMs += gap;
          reads.append(shard, { data: '', partitionKey: 'a' }, nowMs);
          reads.expire(nowMs);
          return nowMs;
        });
        const kept = arrivals.flatMap((at, index) => (at >= nowMs - 86_400_000 ? [{ at, index }] : []));
        expect(shard.slice(0, 100).map(({ arrivedAtMs, index }) => ({ at: arrivedAtMs, index }))).toEqual(
          kept,
        );
        expect(shard.nextIndex).toBe(gaps.length);
      }),
    );
  });
});

describe('a shard iterator', () => {
  it('says where its reader stands', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.nat(), fc.nat(), (streamName, shardId, index, issuedAtMs) => {
        const position = { streamName, shardId, index, issuedAtMs };
        expect(decodeIterator(encodeIterator(position), issuedAtMs)).toEqual(position);
      }),
    );
  });

  it('of any other text is refused as a client fault', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.base64String(), fc.json()), (text) => {
        expect(() => decodeIterator(text, 0)).toThrow(AwsError);
      }),
    );
  });
});
