import { format } from 'node:util';

const levels = {
  debug: 'DEBUG',
  info: 'INFO',
  log: 'INFO',
  warn: 'WARN',
  error: 'ERROR',
  trace: 'TRACE',
} as const;

/**
 * Makes `console` write as Lambda's Node.js runtime does: tab-separated text, or a JSON object a line. A logger that
 * has its own `Console` is untouched, as it is there.
 */
export function installConsole(logFormat: 'Text' | 'JSON', requestId: () => string): void {
  for (const [method, level] of Object.entries(levels)) {
    Reflect.set(console, method, (...args: unknown[]) => {
      process.stdout.write(`${line(logFormat, level, requestId(), args)}\n`);
    });
  }
}

function line(logFormat: 'Text' | 'JSON', level: string, requestId: string, args: unknown[]): string {
  const timestamp = new Date().toISOString();
  // Lambda ends a message at a carriage return instead of a line feed, so that one call stays one log event.
  const text = () => format(...args).replaceAll('\n', '\r');
  if (logFormat === 'Text') return `${timestamp}\t${requestId}\t${level}\t${text()}`;
  const [only] = args;
  const message =
    args.length === 1 && typeof only === 'object' && only !== null ? plain(only) : format(...args);
  return JSON.stringify({ timestamp, level, requestId, message });
}

function plain(value: object): unknown {
  if (!(value instanceof Error)) return value;
  return { errorType: value.name, errorMessage: value.message, stackTrace: value.stack?.split('\n') ?? [] };
}
