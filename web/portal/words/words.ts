/** What readers are told of one figure. */
export interface FigureWords {
  readonly title: string;
  /** How it divides, by the name of the table. */
  readonly by: Readonly<Record<string, string>>;
  readonly note?: string;
  /** Of two of the tables crossed. */
  readonly crossed?: string;
}

/** Languages that every public page comes in; the first is the one without a name of its own in the address. */
export const languages = ['en', 'es'] as const;
export type Language = (typeof languages)[number];

/** Address of a page in a language, beside its other languages. */
export const pageNames: Readonly<Record<Language, string>> = { en: 'index.html', es: 'es.html' };

/** Everything that the report's pages say in one language. Values in braces are filled in. */
export interface Words {
  readonly language: Language;
  /** For numbers and dates. */
  readonly locale: string;
  readonly ownName: string;
  readonly skip: string;
  readonly languages: string;
  readonly title: string;
  readonly briefing: string;
  readonly all: string;
  readonly policy: string;
  readonly data: string;
  readonly schema: string;
  readonly intro: string;
  readonly made: string;
  readonly clock: string;
  readonly withheld: string;
  readonly none: string;
  /** Groups that are counted together. */
  readonly together: string;
  readonly unknown: string;
  readonly group: string;
  readonly count: string;
  readonly versions: {
    readonly is: string;
    readonly corrected: string;
    readonly replaced: string;
    readonly earlier: string;
    readonly newest: string;
  };
  readonly kept: {
    readonly title: string;
    readonly limit: string;
    readonly destroyed: string;
    readonly since: string;
    readonly proven: string;
    readonly clean: string;
    readonly faulty: string;
    readonly unproven: string;
    readonly counted: string;
  };
  readonly uptime: {
    readonly title: string;
    readonly note: string;
    readonly kind: string;
    readonly days: string;
    readonly silent: string;
    readonly share: string;
  };
  readonly lists: {
    readonly title: string;
    readonly caption: string;
    readonly name: string;
    readonly refresh: string;
    readonly hours: string;
    readonly entries: string;
    readonly last: string;
    readonly deliveries: string;
    readonly deliveriesOf: string;
    readonly custom: string;
    readonly none: string;
  };
  readonly exigent: {
    readonly title: string;
    readonly note: string;
    readonly searches: string;
    readonly entries: string;
    readonly grants: string;
  };
  readonly audits: {
    readonly title: string;
    readonly note: string;
    readonly month: string;
    readonly audited: string;
    readonly due: string;
    readonly attested: string;
    readonly late: string;
    readonly no: string;
  };
  readonly policyVersions: string;
  readonly training: {
    readonly title: string;
    readonly note: string;
    readonly active: string;
    readonly refused: string;
  };
  readonly effect: {
    readonly title: string;
    readonly note: string;
    readonly readsPerAlert: string;
    readonly confirmed: string;
    readonly found: string;
    readonly acted: string;
  };
  readonly faults: {
    readonly title: string;
    readonly days: string;
    readonly reads: string;
    readonly proofs: string;
    readonly events: string;
    readonly deliveries: string;
    readonly uncounted: string;
  };
  readonly agencies: {
    readonly title: string;
    readonly caption: string;
    readonly agency: string;
    readonly kind: string;
    readonly agreement: string;
    readonly ours: string;
    readonly theirs: string;
    readonly until: string;
    readonly none: string;
    readonly exigent: string;
    readonly no: string;
    readonly empty: string;
    /** Of the page of the list by itself. */
    readonly page: string;
    readonly published: string;
    readonly data: string;
  };
  readonly log: {
    readonly title: string;
    readonly none: string;
    readonly checkpoint: string;
    readonly verify: string;
    readonly page: string;
  };
  readonly draws: {
    readonly title: string;
    readonly note: string;
    readonly none: string;
    readonly day: string;
    readonly size: string;
    readonly seed: string;
    readonly opened: string;
    readonly redacted: string;
    readonly failed: string;
  };
  readonly sale: { readonly title: string; readonly text: string };
  readonly trend: {
    readonly title: string;
    readonly note: string;
    readonly month: string;
    readonly chart: string;
  };
  readonly figures: Readonly<Record<string, FigureWords>>;
  readonly groups: Readonly<Record<string, string>>;
}

/** Fills `{name}` in; every name of the text has to be given. */
export function fill(text: string, values: Readonly<Record<string, string | number>>): string {
  return text.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = values[name];
    if (value === undefined) throw new RangeError(`no value for ${name}`);
    return String(value);
  });
}

/** A group as readers see it: its words, or its id with spaces and a capital. Clauses and names stay as they are. */
export function groupWords({ groups }: Pick<Words, 'groups'>, id: string): string {
  if (Object.hasOwn(groups, id)) return groups[id] ?? id;
  return /^[a-z-]+$/.test(id) ? `${id.charAt(0).toUpperCase()}${id.slice(1).replaceAll('-', ' ')}` : id;
}
