import type { Readable } from 'node:stream';

/** A line that never ends is cut here, as CloudWatch cuts log events. */
const lineCharsMax = 256 * 1024;

/**
 * Lines of a process's output, ended by a line feed alone: Lambda's console keeps one event's lines together by
 * carriage returns, which node:readline would split at.
 */
export function onLines(stream: Readable, listener: (line: string) => void): void {
  let rest = '';
  stream.setEncoding('utf8');
  stream.on('data', (text: string) => {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) listener(line);
    while (rest.length > lineCharsMax) {
      listener(rest.slice(0, lineCharsMax));
      rest = rest.slice(lineCharsMax);
    }
  });
  stream.on('end', () => {
    if (rest !== '') listener(rest);
  });
}
