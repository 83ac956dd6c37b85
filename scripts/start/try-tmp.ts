import { loadConfiguration } from '../../lib/config';
import { startSystem } from '../../local/system';
import { parseStartArguments } from './arguments';
import { clientsFor } from './clients';
import { liveOneDay } from './day';
import { createProgress } from './progress';
import { summary } from './summary';

(async () => {
  const progress = createProgress(process.stdout, () => performance.now());
  const system = await startSystem({ assembly: '/tmp/real', log: (l) => progress.stage(l) });
  system.sinks.logs.onLine((l: unknown) => {
    const t = JSON.stringify(l);
    if (/ERROR|WARN|rror/.test(t)) console.log(t.slice(0, 1200));
  });
  try {
    const day = await liveOneDay({
      system,
      operator: clientsFor(system, system.operator),
      configuration: loadConfiguration('config/bloomington.json'),
      progress,
      args: parseStartArguments(process.argv.slice(2)),
    });
    console.log(summary(day));
  } finally {
    console.log('lost', system.sinks.logs.lost);
    await system.stop();
  }
})().catch((e) => {
  console.error(e);
  process.exit(1);
});
