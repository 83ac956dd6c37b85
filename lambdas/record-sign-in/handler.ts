import { z } from 'zod';
import type { AuditDeps } from '../../core/audit/audited-use';
import { newEvent, type PersonActor } from '../../core/audit/event';
import type { PeopleRecords } from '../../core/people/ports';

export interface RecordSignInDeps extends AuditDeps {
  readonly people: Pick<PeopleRecords, 'find'>;
  readonly lastUses: LastUses;
  /** Whether a lookup failed because the record stands and cannot be understood. */
  readonly isMalformed: (error: unknown) => boolean;
  /** Told of what failed and did not hold the sign-in up. */
  readonly report: (error: unknown) => void;
}

export interface LastUses {
  /** Remembers a use of an account; an earlier one told later changes nothing. */
  used(username: string, atMs: number): Promise<void>;
}

const signInEvent = z.looseObject({
  triggerSource: z.literal('PostAuthentication_Authentication'),
  userName: z.string().min(1),
  callerContext: z.looseObject({ clientId: z.string().min(1) }),
});

/**
 * Cognito's post-authentication trigger: each sign-in is in the audit log before there are tokens [Acct-D]. Rejects, and
 * so refuses the sign-in, unless the event is durable. When the account was last used may fail to be written: the
 * sign-in is in the log, and the next one writes it again. Cognito asks again when it waited too long, so one sign-in
 * can be in the log twice, and none is missing.
 */
export function makeHandler(deps: RecordSignInDeps) {
  return async (event: unknown): Promise<unknown> => {
    const { userName, callerContext } = signInEvent.parse(event);
    const nowMs = deps.events.now();
    const remembered = deps.lastUses.used(userName, nowMs).catch(deps.report);
    const actor = await actorNamed(deps, userName);
    await deps.audit.append(
      newEvent(
        { now: () => nowMs, newId: deps.events.newId },
        {
          kind: 'signed-in',
          actor,
          operation: 'sign-in',
          client: callerContext.clientId,
        },
      ),
    );
    await remembered;
    return event;
  };
}

/** A name without a readable record is nobody: the log keeps the name, and every call will be refused. */
async function actorNamed(
  { people, isMalformed, report }: RecordSignInDeps,
  username: string,
): Promise<PersonActor> {
  try {
    const record = await people.find(username);
    if (record !== undefined) {
      const { agency, role, division } = record;
      return { kind: 'person', username, agency, role, division };
    }
  } catch (error) {
    if (!isMalformed(error)) throw error;
    report(error);
  }
  return { kind: 'stranger', username };
}
