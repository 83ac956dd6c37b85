/** The `$context` variables of one request, by their path after `$context.`. */
export type ContextVariables = Readonly<Record<string, string | number | undefined>>;

const variable = /\$context\.(authorizer\.claims\.[\w:-]+|[\w.]*\w)/g;

/**
 * A gateway response's template or an access log's format with its `$context` variables put in; one that has no
 * value becomes `absent`. Both know no other variables and no directives.
 */
export function substitute(template: string, context: ContextVariables, absent: string): string {
  return template.replace(variable, (_whole, name: string) => {
    const value = context[name];
    return value === undefined ? absent : String(value);
  });
}

/** An access log line. In a format that is JSON, values cannot break out of their string. */
export function accessLogLine(format: string, context: ContextVariables): string {
  if (!format.trimStart().startsWith('{')) return substitute(format, context, '-');
  const escaped = Object.fromEntries(
    Object.entries(context).map(([name, value]) => [
      name,
      typeof value === 'string' && !name.endsWith('String') ? JSON.stringify(value).slice(1, -1) : value,
    ]),
  );
  return substitute(format, escaped, '-');
}
