import { parseArgs } from 'node:util';
import { z } from 'zod';

export const usage = `Checks a copy of a sealed audit log. Needs no network and no account; trusts nothing but the key.

  npm run verify:log -- log         --folder DIR --key KEY [--versions FILE]
      The whole log: every checkpoint is signed and stands for exactly these events, every file is
      what the events give, nothing is missing and nothing else lies there. With FILE, what "aws s3api
      list-object-versions" prints of the bucket: nothing was written over and nothing deleted.
  npm run verify:log -- consistency --folder DIR --key KEY --old CHECKPOINT [--new CHECKPOINT]
      Nothing that the older checkpoint covers was changed, removed or moved. Keep the checkpoint of
      your last audit and hand it in as --old: that is what the owner of the log cannot get around.
  npm run verify:log -- event       --folder DIR --key KEY --event FILE [--new CHECKPOINT]
      This event is in the log, at this place, word for word. FILE is what
      "aws dynamodb get-item" prints of the event, or {"event", "commitmentKey", "logIndex"}.
  npm run verify:log -- openings    --folder DIR --key KEY --rows FILE [--new CHECKPOINT]
      No event is gone: each place of the log is opened by a row, or was lawfully redacted, which an
      event of the log itself says. FILE is what "aws dynamodb scan" prints of the table.
  npm run verify:log -- draw        --folder DIR --key KEY --record FILE
      The draw was honest: its places follow from the checkpoint, and what was opened is in the log.
  npm run verify:log -- files       --key KEY [--witness KEY]... FILE...
      What these files prove together, without a copy of the log: checkpoints, days from the portal
      (log/days/...), proofs of events (.tlog-proof) with their events. Says which witnesses cosigned.

  --folder DIR   a copy of the log: aws s3 sync s3://BUCKET DIR
  --key KEY      the log's key, NAME+ID+KEY, from whoever you trust to know it
  CHECKPOINT     a file, or a size that stands in checkpoints/; the newest unless given

Exit codes: 0 proven, 1 not proven, 2 wrong use, 3 a file could not be read.`;

const text = z.string().min(1);
const copy = { folder: text, key: text };

const commands = z.discriminatedUnion('command', [
  z.strictObject({ command: z.literal('log'), ...copy, versions: text.optional() }),
  z.strictObject({ command: z.literal('openings'), ...copy, rows: text, new: text.optional() }),
  z.strictObject({ command: z.literal('draw'), ...copy, record: text }),
  z.strictObject({
    command: z.literal('files'),
    key: text,
    witness: z.array(text).default([]),
    files: z.array(text).min(1, 'name the files'),
  }),
  z.strictObject({ command: z.literal('consistency'), ...copy, old: text, new: text.optional() }),
  z.strictObject({ command: z.literal('event'), ...copy, event: text, new: text.optional() }),
]);

export type Command = z.output<typeof commands>;

export type Arguments =
  | { readonly kind: 'run'; readonly command: Command }
  | { readonly kind: 'help' }
  | { readonly kind: 'mistake'; readonly problems: readonly string[] };

const option = { type: 'string' } as const;
const options = {
  help: { type: 'boolean', short: 'h' },
  folder: option,
  key: option,
  old: option,
  new: option,
  event: option,
  versions: option,
  rows: option,
  record: option,
  witness: { type: 'string', multiple: true },
} as const;

/** What the command line asks for. A mistake names each option that is wrong or missing. */
export function parseArguments(argv: readonly string[]): Arguments {
  const given = split(argv);
  if (given === undefined) return { kind: 'mistake', problems: ['an option is unknown or has no value'] };
  const { help, ...rest } = given.values;
  if (help === true) return { kind: 'help' };
  const [command, ...others] = given.positionals;
  if (command === undefined || (others.length > 0 && command !== 'files'))
    return {
      kind: 'mistake',
      problems: ['name one command: log, consistency, event, openings, draw or files'],
    };
  const parsed = commands.safeParse({ command, ...rest, ...(command === 'files' ? { files: others } : {}) });
  if (parsed.success) return { kind: 'run', command: parsed.data };
  return {
    kind: 'mistake',
    problems: parsed.error.issues.map(({ path, message }) => `${path.join('.') || 'options'}: ${message}`),
  };
}

function split(argv: readonly string[]) {
  try {
    return parseArgs({ args: [...argv], options, allowPositionals: true, strict: true });
  } catch {
    return undefined;
  }
}
