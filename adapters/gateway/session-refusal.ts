import type { OperationId } from '../../core/contract/operations';
import type { Person } from '../../core/people/person';
import type { Sessions } from '../../core/sessions/ports';
import type { SessionUse } from '../../core/sessions/session';
import { sharedUseFinding } from '../../core/sessions/shared-use';
import type { CallRules } from './call-rules';
import { type RaiseDeps, raiseFindings } from './raise-findings';
import type { Refused } from './refusal';
import { type FactsDeps, understood } from './understood';

export interface SessionDeps extends RaiseDeps, FactsDeps {
  readonly sessions: Pick<Sessions, 'touch' | 'others'>;
  readonly rules: Pick<CallRules, 'idleMs' | 'sharedUse' | 'blocksSharedUse'>;
}

/**
 * Why the sign-in behind a call carries it no further: it was silent for too long or ended, or its account is used from
 * two places at once where that is to be blocked. This use is stored before others are looked at, so that of two at the
 * same moment one sees the other. Both sessions of a pair are refused for as long as both are used.
 */
export async function sessionRefusal(
  deps: SessionDeps,
  caller: {
    readonly person: Person;
    readonly signIn: { readonly sessionId: string; readonly atMs: number } | undefined;
    readonly use: Omit<SessionUse, 'username' | 'sessionId' | 'signedInAtMs' | 'atMs'>;
  },
  of: { readonly operation: OperationId; readonly requestId: string; readonly nowMs: number },
): Promise<Refused | undefined> {
  const { person, signIn } = caller;
  const { rules, sessions } = deps;
  if (signIn === undefined) return sessionEnded;
  const use: SessionUse = {
    ...caller.use,
    username: person.username,
    sessionId: signIn.sessionId,
    signedInAtMs: signIn.atMs,
    atMs: of.nowMs,
  };
  const touched = await understood(deps, () => sessions.touch(use, rules.idleMs));
  if (touched?.kind !== 'live') return sessionEnded;
  const others = await sessions.others(use, of.nowMs - rules.sharedUse.lookBackMs);
  const shared = rules.sharedUse.judge(use, touched.before, others);
  const findings = shared.map((each) => sharedUseFinding(person, use, each));
  if (findings.length > 0 && rules.blocksSharedUse) return { ...accountShared, findings };
  await raiseFindings(
    deps,
    of,
    findings.map((each) => ({ ...each, eventIds: [] })),
  );
  return undefined;
}

const sessionEnded: Refused = {
  denial: {
    clause: 'Access-C',
    message: 'This session has ended.',
    remedy: 'Sign in again.',
    rules: ['session'],
  },
  as: 'sign-in-needed',
};

const accountShared: Refused = {
  denial: {
    clause: 'Access-C',
    message: 'This account is used from two places at once.',
    remedy: 'Close the other session; if it is not yours, tell the ALPR administrator now.',
    rules: ['shared-account'],
  },
};
