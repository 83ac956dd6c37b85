import { TemplateError } from './template-error';

/** What intrinsic functions look up. Every method throws for what it does not know. */
export interface Scope {
  readonly region: string;
  /** `noValue` for `AWS::NoValue`. */
  ref(name: string): unknown;
  attribute(logicalId: string, name: string): string;
  condition(name: string): boolean;
  mapping(map: string, first: string, second: string): unknown;
  imported(exportName: string): string;
}

/** `AWS::NoValue`: the property or list item that holds it is left out. */
export const noValue = Symbol('AWS::NoValue');

/** Resolves every CloudFormation intrinsic function in a value. Throws `TemplateError` for one it does not know. */
export function resolve(value: unknown, scope: Scope): unknown {
  if (Array.isArray(value))
    return value.map((item) => resolve(item, scope)).filter((item) => item !== noValue);
  if (!isRecord(value)) return value;
  const [key, ...others] = Object.keys(value);
  if (key !== undefined && others.length === 0 && isIntrinsic(key)) return call(key, value[key], scope);
  const entries = Object.entries(value).map(([name, inner]) => [name, resolve(inner, scope)] as const);
  return Object.fromEntries(entries.filter(([, inner]) => inner !== noValue));
}

const isIntrinsic = (key: string) => key === 'Ref' || key.startsWith('Fn::');

function call(name: string, argument: unknown, scope: Scope): unknown {
  const args = () => list(resolve(argument, scope), name);
  switch (name) {
    case 'Ref':
      return scope.ref(text(argument, name));
    case 'Fn::GetAtt': {
      const [id, attribute] = attributeName(argument, scope);
      return scope.attribute(id, attribute);
    }
    case 'Fn::Join': {
      const [separator, parts] = args();
      return list(parts, name)
        .map((part) => text(part, name))
        .join(text(separator, name));
    }
    case 'Fn::Sub':
      return substitute(argument, scope);
    case 'Fn::Select': {
      const [index, items] = args();
      const selected = list(items, name)[Number(index)];
      if (selected === undefined) throw broken(name, `there is no item ${String(index)}`);
      return selected;
    }
    case 'Fn::Split': {
      const [separator, whole] = args();
      return text(whole, name).split(text(separator, name));
    }
    case 'Fn::If': {
      const [condition, then, otherwise] = list(argument, name);
      return resolve(scope.condition(text(condition, name)) ? then : otherwise, scope);
    }
    case 'Fn::FindInMap': {
      const [map, first, second] = args();
      return resolve(scope.mapping(text(map, name), text(first, name), text(second, name)), scope);
    }
    case 'Fn::Base64':
      return Buffer.from(text(resolve(argument, scope), name)).toString('base64');
    case 'Fn::GetAZs':
      return ['a', 'b', 'c'].map((zone) => `${scope.region}${zone}`);
    case 'Fn::ImportValue':
      return scope.imported(text(resolve(argument, scope), name));
    default:
      throw new TemplateError('unknown-intrinsic', `${name} is not known to the local system`);
  }
}

/** Evaluates a condition of the `Conditions` section. */
export function evaluateCondition(value: unknown, scope: Scope): boolean {
  const [name, argument] = isRecord(value) ? (Object.entries(value)[0] ?? []) : [];
  switch (name) {
    case 'Fn::Equals': {
      const [left, right] = list(resolve(argument, scope), name);
      return left === right;
    }
    case 'Fn::And':
      return list(argument, name).every((item) => evaluateCondition(item, scope));
    case 'Fn::Or':
      return list(argument, name).some((item) => evaluateCondition(item, scope));
    case 'Fn::Not':
      return !evaluateCondition(list(argument, name)[0], scope);
    case 'Condition':
      return scope.condition(text(argument, name));
    default:
      throw new TemplateError(
        'unknown-intrinsic',
        `a condition with ${String(name)} is not known to the local system`,
      );
  }
}

/** Logical ids (and parameter names) that a value refers to, whichever branch of a condition is taken. */
export function references(value: unknown): Set<string> {
  const found = new Set<string>();
  const visit = (node: unknown): void => {
    if (Array.isArray(node)) {
      for (const item of node) visit(item);
      return;
    }
    if (!isRecord(node)) return;
    for (const [key, inner] of Object.entries(node)) {
      if (key === 'Ref' && typeof inner === 'string') found.add(inner);
      if (key === 'Fn::GetAtt')
        found.add(String(typeof inner === 'string' ? inner.split('.')[0] : list(inner, key)[0]));
      if (key === 'Fn::Sub') {
        const template = typeof inner === 'string' ? inner : text(list(inner, key)[0], key);
        for (const [, name] of template.matchAll(/\$\{([^!][^}]*)\}/g))
          found.add((name ?? '').split('.')[0] ?? '');
      }
      visit(inner);
    }
  };
  visit(value);
  return found;
}

function substitute(argument: unknown, scope: Scope): string {
  const [template, variables] = typeof argument === 'string' ? [argument, {}] : list(argument, 'Fn::Sub');
  const given = isRecord(variables) ? variables : {};
  return text(template, 'Fn::Sub').replace(/\$\{(!?)([^}]+)\}/g, (_all, literal: string, name: string) => {
    if (literal !== '') return `\${${name}}`;
    if (Object.hasOwn(given, name)) return text(resolve(given[name], scope), 'Fn::Sub');
    if (name.startsWith('AWS::') || !name.includes('.')) return text(scope.ref(name), 'Fn::Sub');
    const [id, attribute] = attributeName(name, scope);
    return scope.attribute(id, attribute);
  });
}

function attributeName(argument: unknown, scope: Scope): [string, string] {
  if (typeof argument === 'string') {
    const dot = argument.indexOf('.');
    return [argument.slice(0, dot), argument.slice(dot + 1)];
  }
  const [id, attribute] = list(argument, 'Fn::GetAtt');
  return [text(id, 'Fn::GetAtt'), text(resolve(attribute, scope), 'Fn::GetAtt')];
}

function list(value: unknown, name: string): unknown[] {
  if (!Array.isArray(value)) throw broken(name, 'it wants a list');
  return value;
}

function text(value: unknown, name: string): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw broken(name, 'it wants a text');
}

const broken = (name: string, what: string) =>
  new TemplateError('unresolved-reference', `${name} cannot be resolved: ${what}`);

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
