import { createReadStream, statSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { loadConfiguration } from '../../lib/config';
import { outputOf, readOutputs } from '../operate/stack-outputs';
import { createProgress } from '../start/progress';
import { checkFile, reportText } from './check-file';

const help = `Usage: npm run import-hot-list -- --list ID [options] FILE

Checks the file of an outside hot list row by row, as the import does, and uploads it. It takes effect as a whole within
a minute or two; GET /v1/hot-list/outside-lists says how the list stands.

Options:
  --list ID             which of the configuration's outsideLists it is
  --check               only check, upload nothing
  --configuration FILE  the deployment file (default config/bloomington.json)
  --outputs FILE        written by: cdk deploy --all --outputs-file FILE (default outputs.json)
  --help                this text
`;

async function main(argv: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...argv],
    allowPositionals: true,
    options: {
      list: { type: 'string' },
      check: { type: 'boolean', default: false },
      configuration: { type: 'string', default: 'config/bloomington.json' },
      outputs: { type: 'string', default: 'outputs.json' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  const [path] = positionals;
  if (values.help || path === undefined || values.list === undefined) {
    console.log(help);
    return values.help ? 0 : 2;
  }
  const { outsideLists } = loadConfiguration(values.configuration);
  const source = outsideLists.find((each) => each.id === values.list);
  if (source === undefined) {
    const known = outsideLists.map((each) => each.id).join(', ') || 'none';
    console.error(`There is no outside list ${values.list} in ${values.configuration}; there are: ${known}.`);
    return 2;
  }
  const progress = createProgress(process.stdout, () => performance.now());
  const size = statSync(path).size;
  const hundredth = Math.max(1, size / 100);
  const bar = progress.bar('Checking', 100);
  let steps = 0;
  const report = await checkFile(path, source, (bytes) => {
    for (; steps < Math.floor(bytes / hundredth); steps++) bar.step();
  });
  bar.done();
  console.log(reportText(report));
  if (report.entries === 0) return 1;
  if (values.check) return 0;
  const bucket = outputOf(readOutputs(values.outputs), 'HotListUploadsBucket');
  const name = `${new Date().toISOString().replace(/[:.]/g, '-')}`;
  await new S3Client().send(
    new PutObjectCommand({
      Bucket: bucket,
      Key: `${source.id}/${name}`,
      Body: createReadStream(path),
      ContentLength: size,
    }),
  );
  progress.stage(`Uploaded as ${source.id}/${name}`);
  return 0;
}

main(process.argv.slice(2)).then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : String(error));
    process.exit(1);
  },
);
