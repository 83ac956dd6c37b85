import { help, parseStartArguments } from './arguments';
import { start } from './start';

// The SDK's notice about Node versions of next year is for us (docs/adr/0003-dependencies.md), not for this output.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';

async function main(): Promise<number> {
  let args: ReturnType<typeof parseStartArguments>;
  try {
    args = parseStartArguments(process.argv.slice(2));
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : String(error)}\n\n${help}`);
    return 2;
  }
  if (args.isHelp) {
    console.log(help);
    return 0;
  }
  return start(args);
}

// An interrupted run takes its files away, too.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(130));

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    const isAsked = process.env.PLATEKEEPER_DEBUG !== undefined;
    console.error(
      error instanceof Error ? ((isAsked ? error.stack : undefined) ?? error.message) : String(error),
    );
    process.exit(1);
  },
);
