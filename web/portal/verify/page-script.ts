/// <reference lib="dom" />
import type { Statement } from '../../../core/audit/log/verifier/check-files';
import { check } from './check';
import { type VerifyWord, verifyWords } from './words';

const words = document.documentElement.lang === 'es' ? verifyWords.es : verifyWords.en;
const form = document.querySelector<HTMLFormElement>('#check');
const list = document.querySelector<HTMLUListElement>('#statements');

form?.addEventListener('submit', (event) => {
  event.preventDefault();
  answer().catch(() => show([words.unable]));
});

async function answer(): Promise<void> {
  const dropped = document.querySelector<HTMLInputElement>('#files')?.files ?? [];
  const files = await Promise.all(
    Array.from(dropped, async (file) => ({
      name: file.name,
      bytes: new Uint8Array(await file.arrayBuffer()),
    })),
  );
  if (files.length === 0) return show([words.noFiles]);
  const checked = await check(files, {
    log: document.querySelector<HTMLInputElement>('#key')?.value ?? '',
    witnesses: document.querySelector<HTMLTextAreaElement>('#witnesses')?.value ?? '',
  });
  switch (checked.kind) {
    case 'checked':
      return show(checked.statements.map(sentence));
    case 'no-key':
      return show([words.noKey]);
    case 'unable':
      return show([words.unable]);
    default:
      return checked satisfies never;
  }
}

function show(sentences: readonly string[]): void {
  list?.replaceChildren(
    ...sentences.map((text) => {
      const item = document.createElement('li');
      item.textContent = text;
      return item;
    }),
  );
}

function sentence(statement: Statement): string {
  switch (statement.kind) {
    case 'false':
      return `${words.wrong}: ${statement.name}: ${statement.finding.message} (${statement.finding.code})`;
    case 'signed': {
      const { name, size, cosigned } = statement;
      const by = cosigned
        .map(({ witness, atS }) => `${witness} (${new Date(atS * 1000).toISOString()})`)
        .join(', ');
      return `${words.proven}: ${filled('signed', { name, a: size, b: by || words.nobody })}`;
    }
    case 'continues':
      return `${words.proven}: ${filled('continues', { a: statement.older, b: statement.newer })}`;
    case 'included': {
      const { name, index, size } = statement;
      return `${words.proven}: ${filled('included', { name, a: index, b: size })}`;
    }
    case 'unlinked':
      return `${words.unproven}: ${filled('unlinked', { a: statement.older, b: statement.newer })}`;
    default:
      return statement satisfies never;
  }
}

function filled(word: VerifyWord, values: Readonly<Record<string, string | number>>): string {
  return words[word].replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ''));
}
