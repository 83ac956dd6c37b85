import { parseArgs } from 'node:util';
import { loadConfiguration } from '../../lib/config';
import { commands } from './commands';
import { outputOf, readOutputs } from './stack-outputs';

const help = `Usage: npm run operate -- COMMAND [options]

What the platform team does by hand, with its own AWS credentials.

Commands:
  enrol-person --file FILE           the first Chief, administrators and auditors (docs/formats/enrolment.md)
    --trained TOPIC=DATE             a training that was taken; repeat for each topic
    --trained-all DATE               every topic of the configuration, taken on that day
  enrol-personnel-feed               the personnel system's machine identity
  register-device --file FILE        the first console or phone (docs/formats/enrolment.md)
  link-person --user NAME --subject SUBJECT
                                     lets somebody sign in by the department's own identity provider
  replay-failed-records --object KEY puts a failed batch back on its stream

Options:
  --outputs FILE        written by: cdk deploy --all --outputs-file FILE (default outputs.json)
  --configuration FILE  the file that was deployed (default config/bloomington.json)
  --help                this text
`;

async function main(argv: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...argv],
    allowPositionals: true,
    options: {
      file: { type: 'string' },
      trained: { type: 'string', multiple: true, default: [] },
      'trained-all': { type: 'string' },
      user: { type: 'string' },
      subject: { type: 'string' },
      object: { type: 'string' },
      outputs: { type: 'string', default: 'outputs.json' },
      configuration: { type: 'string', default: 'config/bloomington.json' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  const [name] = positionals;
  if (values.help || name === undefined) {
    console.log(help);
    return values.help ? 0 : 2;
  }
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (command === undefined) {
    console.error(`There is no command ${name}.\n\n${help}`);
    return 2;
  }
  const outputs = readOutputs(values.outputs);
  const given: Readonly<Record<string, string | undefined>> = {
    file: values.file,
    user: values.user,
    subject: values.subject,
    object: values.object,
  };
  const option = (wanted: string) => {
    const value = given[wanted];
    if (value === undefined) throw new Error(`say --${wanted}`);
    return value;
  };
  const done = await command({
    option,
    file: () => option('file'),
    trained: values.trained,
    trainedAll: values['trained-all'],
    output: (wanted) => outputOf(outputs, wanted),
    configuration: () => loadConfiguration(values.configuration),
  });
  console.log(done);
  return 0;
}

main(process.argv.slice(2)).then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : String(error));
    process.exit(1);
  },
);
