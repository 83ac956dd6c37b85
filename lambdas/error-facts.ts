/**
 * What a log may say of an error: names and codes down its causes, no messages, because a service's message may quote
 * what was sent to it. Of AWS that is the error's name and, where a grant is missing, the action that was refused.
 */
export function errorFacts(error: unknown): Readonly<Record<string, string>> {
  const facts: Record<string, string> = {};
  let at = error;
  for (let depth = 0; depth < 4 && at instanceof Error; depth++) {
    const prefix = depth === 0 ? '' : `cause${depth}.`;
    facts[`${prefix}name`] = at.name;
    if ('code' in at && typeof at.code === 'string') facts[`${prefix}code`] = at.code;
    if ('store' in at && typeof at.store === 'string') facts[`${prefix}store`] = at.store;
    const action = refusedAction(at);
    if (action !== undefined) facts[`${prefix}action`] = action;
    at = at.cause;
  }
  return facts;
}

/** The action alone, taken from AWS's own wording; neither the resource nor the caller, which follow and precede it. */
function refusedAction({ name, message }: Error): string | undefined {
  if (!name.includes('AccessDenied')) return undefined;
  return /is not authorized to perform: ([a-z0-9-]{2,40}:[A-Za-z]{2,60})(?![\w:])/.exec(message)?.[1];
}
