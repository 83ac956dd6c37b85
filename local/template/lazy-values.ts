import { TemplateError } from './template-error';

/** Values computed once, when first asked for; a value that needs itself is refused, as CloudFormation does. */
export class LazyValues<T> {
  readonly #owner: string;
  readonly #known = new Map<string, { readonly value: T }>();
  readonly #open = new Set<string>();

  constructor(owner: string) {
    this.#owner = owner;
  }

  get(key: string, compute: () => T): T {
    const known = this.#known.get(key);
    if (known !== undefined) return known.value;
    if (this.#open.has(key)) {
      throw new TemplateError('circular-reference', `${this.#owner}: ${key} refers to itself`);
    }
    this.#open.add(key);
    try {
      const value = compute();
      this.#known.set(key, { value });
      return value;
    } finally {
      this.#open.delete(key);
    }
  }
}
