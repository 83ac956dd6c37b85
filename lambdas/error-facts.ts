/**
 * What a log may say of an error: names and codes down its causes, no messages, because a service's message may quote
 * what was sent to it.
 */
export function errorFacts(error: unknown): Readonly<Record<string, string>> {
  const facts: Record<string, string> = {};
  let at = error;
  for (let depth = 0; depth < 4 && at instanceof Error; depth++) {
    const prefix = depth === 0 ? '' : `cause${depth}.`;
    facts[`${prefix}name`] = at.name;
    if ('code' in at && typeof at.code === 'string') facts[`${prefix}code`] = at.code;
    if ('store' in at && typeof at.store === 'string') facts[`${prefix}store`] = at.store;
    at = at.cause;
  }
  return facts;
}
