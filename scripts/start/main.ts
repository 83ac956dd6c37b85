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

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error instanceof Error ? (error.stack ?? error.message) : String(error));
    process.exit(1);
  },
);
