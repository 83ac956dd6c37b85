import type { PersonChange } from './life-cycle';
import type { Accounts, LiveConnectionSweep } from './ports';
import type { PersonRecord } from './record';

export interface EndAccessDeps {
  readonly accounts: Pick<Accounts, 'setRole' | 'signOut' | 'disable'>;
  readonly liveConnections: LiveConnectionSweep;
  /** Told of each step that failed after the record was stored. */
  readonly unfinished: (failure: { readonly error: unknown; readonly username: string }) => void;
}

/**
 * What hangs on a stored change: sign-ins and open connections. None of it is what refuses the next call (the record
 * is), so a failure is told of and the change stands; repeating the call does it again. Accounts and connections are
 * seen to at the same time, so that a slow directory keeps no socket open. Resolves with how many steps failed.
 */
export async function finishChange(
  deps: EndAccessDeps,
  { username, role }: PersonRecord,
  kind: PersonChange['kind'],
): Promise<number> {
  const steps = stepsOf(deps, username, kind, () => deps.accounts.setRole(username, role));
  const outcomes = await Promise.allSettled(steps.map((step) => step()));
  const failures = outcomes.filter((each) => each.status === 'rejected');
  for (const { reason } of failures) deps.unfinished({ error: reason, username });
  return failures.length;
}

function stepsOf(
  { accounts, liveConnections }: EndAccessDeps,
  username: string,
  kind: PersonChange['kind'],
  setRole: () => Promise<void>,
): readonly (() => Promise<void>)[] {
  const sweep = () => liveConnections.sweep();
  const signOut = () => accounts.signOut(username);
  const end = () => signOut().finally(() => accounts.disable(username));
  switch (kind) {
    case 'suspended':
      return [sweep, signOut];
    case 'disabled':
      return [sweep, end];
    case 'assigned':
    case 'designated':
      return [sweep, setRole];
    case 'reinstated':
    case 'trained':
      return [];
    default:
      return kind satisfies never;
  }
}
