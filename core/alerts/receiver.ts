import type { DecideAccess, Permit } from '../access/decision';
import type { Configuration } from '../contract/configuration';
import { type Person, standing } from '../people/person';
import type { People } from '../people/ports';
import { networksInScope } from '../sharing/scope';

export interface ReceiverDeps {
  readonly people: People;
  readonly decide: DecideAccess;
  readonly configuration: Configuration;
}

/** Whether somebody may have live alerts at this moment, and of which networks. */
export type Receiver =
  | {
      readonly kind: 'receives';
      readonly person: Person;
      readonly networks: readonly string[];
      readonly permit: Permit;
    }
  | {
      readonly kind: 'refused';
      readonly person: Person | undefined;
      readonly denial: {
        readonly clause: string;
        readonly message: string;
        readonly rules: readonly string[];
        readonly policyVersion?: string;
      };
    };

/** By the facts as they are now, never by what was true when the connection was opened (Access-G, Acct-C). */
export async function receiverOf(deps: ReceiverDeps, username: string, nowMs: number): Promise<Receiver> {
  const found = await deps.people.find(username);
  const stand = standing(found, nowMs);
  if (stand.kind === 'refused')
    return { kind: 'refused', person: found, denial: { ...stand, rules: ['standing'] } };
  const { person } = stand;
  const networks = networksInScope(deps.configuration, person, nowMs);
  const decision = deps.decide({ person, operation: 'list-alerts', networks, nowMs });
  return decision.kind === 'permit'
    ? { kind: 'receives', person, networks, permit: decision }
    : { kind: 'refused', person, denial: decision };
}
