const { mkdirSync, writeFileSync } = require('node:fs');
const { join, relative } = require('node:path');

/**
 * Keeps the titles of passed tests that end in clauses of the policy, `[Access-E]`. A run of everything leaves them
 * for `npm run docs`, which makes the traceability page of them.
 */
module.exports = class ProofsReporter {
  constructor({ rootDir, nonFlagArgs = [], testPathPatterns }) {
    this.rootDir = rootDir;
    this.isWhole = nonFlagArgs.length === 0 && !(testPathPatterns?.patterns?.length > 0);
  }

  onRunComplete(_contexts, { testResults }) {
    if (!this.isWhole) return;
    const proofs = testResults.flatMap((file) =>
      file.testResults
        .filter((each) => each.status === 'passed')
        .flatMap((each) => {
          const [, title, clauses] = /^([\s\S]*?)((?:\s*\[[A-Z][A-Za-z0-9., -]*\])+)$/.exec(each.title) ?? [];
          if (clauses === undefined) return [];
          const about = each.ancestorTitles.at(-1);
          return [
            {
              file: relative(this.rootDir, file.testFilePath),
              title: about === undefined ? title : `${about}: ${title}`,
              clauses: clauses.split(/[\s,[\]]+/).filter((clause) => clause !== ''),
            },
          ];
        }),
    );
    mkdirSync(join(this.rootDir, '.local'), { recursive: true });
    writeFileSync(join(this.rootDir, '.local', 'proofs.json'), JSON.stringify(proofs));
  }
};
