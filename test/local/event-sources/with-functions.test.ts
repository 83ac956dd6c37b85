import { testRuntime } from '../lambda/support';
import { functionArn, testSources } from './support';

const code = `
  let served = 0;
  exports.handler = async ({ Records }) => {
    served += 1;
    const texts = Records.map(({ kinesis }) => Buffer.from(kinesis.data, 'base64').toString());
    if (texts.includes('slow') && process.env.SLOW) await new Promise((r) => setTimeout(r, 1500));
    console.log(texts.join());
  };`;

let lambda: ReturnType<typeof testRuntime>;
beforeEach(() => {
  lambda = testRuntime();
});
afterEach(() => lambda.runtime.stop());

const served = () => lambda.logs.lines('/aws/lambda/consumer').map(({ line }) => line.split('\t').at(-1));

it('records of a stream reach a real function in order, and a killed process loses none', async () => {
  lambda.define('consumer', code, { Timeout: 10, Environment: { Variables: { SLOW: 'yes' } } });
  const { sources, mapStream, put } = testSources(() => undefined, {
    overrides: { functions: lambda.runtime },
  });
  mapStream({ FunctionName: functionArn, BatchSize: 1 });
  let kills = 0;
  lambda.runtime.onInvoke(({ phase }) => {
    if (phase === 'start' && kills++ === 1) setTimeout(() => lambda.runtime.kill('consumer'), 300);
  });
  put('first', 'slow', 'last');
  sources.start();
  await sources.idle();
  await sources.stop();
  expect(served()).toEqual(['first', 'slow', 'last']);
  expect(sources.counters('Mapping')).toMatchObject({ records: 3, invocations: 4, retries: 1, discarded: 0 });
});

it('a thousand records a second go through one shard and one process', async () => {
  lambda.define('consumer', code);
  const { sources, mapStream, put } = testSources(() => undefined, {
    overrides: { functions: lambda.runtime },
  });
  mapStream({ FunctionName: functionArn, BatchSize: 100 });
  put(...Array.from({ length: 5_000 }, (_, n) => `r${n}`));
  const at = performance.now();
  sources.start();
  await sources.idle();
  await sources.stop();
  expect(performance.now() - at).toBeLessThan(5_000);
  expect(served().join().split(',')).toEqual(Array.from({ length: 5_000 }, (_, n) => `r${n}`));
});
