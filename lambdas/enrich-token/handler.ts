import { z } from 'zod';
import { isRole } from '../../core/access/roles';
import { apiScope } from '../../core/contract/scopes';
import type { PeopleRecords } from '../../core/people/ports';
import { showsSecondFactor } from './second-factor';

export interface EnrichTokenDeps {
  readonly people: Pick<PeopleRecords, 'find'>;
  /** What the department's identity provider says of a sign-in with a second factor; absent without federation. */
  readonly mfaValue?: string;
}

/** Version 2 alone: its events are about people, never about machine identities. */
const tokenEvent = z.looseObject({
  version: z.literal('2'),
  userName: z.string().min(1),
  request: z.looseObject({
    userAttributes: z.record(z.string(), z.string().optional()).nullish(),
    groupConfiguration: z.looseObject({ groupsToOverride: z.array(z.string()).nullish() }).nullish(),
  }),
  response: z.looseObject({}).nullish(),
});

/**
 * Cognito's pre-token trigger (V2): gives access tokens of people with access the scope that the API asks for, and says
 * what they are. Both open the door only: what may be done is decided on each call by live facts, and nobody believes
 * the claims. Whoever has no access, was suspended or disabled, or came by the department's own identity provider
 * without a second factor, gets a token without the scope. The sign-in scope stays, for one's own password. Throws, and
 * so gives no token, for another version's event and when the record cannot be read.
 */
export function makeHandler({ people, mfaValue }: EnrichTokenDeps) {
  return async (event: unknown): Promise<unknown> => {
    const parsed = tokenEvent.parse(event);
    const { groupConfiguration, userAttributes } = parsed.request;
    if (!(groupConfiguration?.groupsToOverride ?? []).some(isRole)) return event;
    if (!showsSecondFactor(userAttributes ?? {}, mfaValue)) return event;
    const record = await people.find(parsed.userName);
    if (record === undefined || record.disabled || record.suspended) return event;
    // A machine identity has no account; one of its role would be somebody's mistake.
    if (record.role === 'personnel-feed') return event;
    const { role, division, sworn, agency } = record;
    return {
      ...parsed,
      response: {
        ...parsed.response,
        claimsAndScopeOverrideDetails: {
          accessTokenGeneration: {
            claimsToAddOrOverride: { role, division, sworn, agency },
            scopesToAdd: [apiScope],
          },
        },
      },
    };
  };
}
