import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';
import { z } from 'zod';

const unpacked = z.object({ path: z.string(), args: z.array(z.string()) });

/** Of the package's flags for Lambda: those that a page's own security or its look would notice. */
const unwanted = /^--(disable-web-security|allow-running-insecure-content|single-process|no-zygote|headless)/;

/**
 * A real Chromium from the package alone: its own libraries and fonts, so that a machine needs neither, and pages look
 * the same everywhere. `close` also removes what was unpacked (about 200 MB).
 */
export async function startBrowser(): Promise<{ readonly browser: Browser; close(): Promise<void> }> {
  const folder = mkdtempSync(join(tmpdir(), 'platekeeper-browser-'));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  try {
    const output = execFileSync(process.execPath, [join(__dirname, 'browser-binary.cjs')], {
      encoding: 'utf8',
      // With this the package unpacks the libraries, too.
      env: { ...process.env, TMPDIR: folder, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs20.x' },
    });
    const { path, args } = unpacked.parse(JSON.parse(output));
    const browser = await chromium.launch({
      executablePath: path,
      args: args.filter((each) => !unwanted.test(each)),
      env: {
        PATH: process.env.PATH ?? '',
        HOME: folder,
        TMPDIR: folder,
        FONTCONFIG_FILE: fontsOf(folder),
        LD_LIBRARY_PATH: join(folder, 'al2023', 'lib'),
      },
    });
    return {
      browser,
      close: async () => {
        await browser.close();
        remove();
      },
    };
  } catch (error) {
    remove();
    throw error;
  }
}

/** The package's own configuration names another folder. */
function fontsOf(folder: string): string {
  const file = join(folder, 'fonts.conf');
  const [fonts, cache] = [join(folder, 'fonts'), join(folder, 'fonts-cache')];
  writeFileSync(
    file,
    `<?xml version="1.0"?>
<fontconfig><dir>${fonts}</dir><cachedir>${cache}</cachedir></fontconfig>
`,
  );
  return file;
}
