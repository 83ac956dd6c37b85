/** Where progress is told: a terminal gets a bar that moves, anything else gets plain lines. */
export interface Progress {
  /** One line per stage, with the seconds since the start. */
  stage(text: string): void;
  /** Work with a known number of steps. */
  bar(text: string, total: number): { step(): void; done(): void };
}

const barWidth = 30;

export function createProgress(output: NodeJS.WriteStream, nowMs: () => number): Progress {
  const startedMs = nowMs();
  const line = (text: string) => {
    const seconds = ((nowMs() - startedMs) / 1000).toFixed(1).padStart(5);
    output.write(`[${seconds} s] ${text}\n`);
  };
  return {
    stage: line,
    bar: (text, total) => {
      let done = 0;
      let printedTenths = 0;
      return {
        step: () => {
          done += 1;
          if (output.isTTY) output.write(`\r          ${text} ${drawn(done, total)}`);
          else if (Math.floor((done * 5) / total) > printedTenths) {
            printedTenths = Math.floor((done * 5) / total);
            line(`${text} ${done}/${total}`);
          }
        },
        done: () => {
          if (output.isTTY) output.write('\r\x1b[2K');
        },
      };
    },
  };
}

function drawn(done: number, total: number): string {
  const filled = total === 0 ? barWidth : Math.round((done / total) * barWidth);
  return `[${'█'.repeat(filled)}${' '.repeat(barWidth - filled)}] ${done}/${total}`;
}
