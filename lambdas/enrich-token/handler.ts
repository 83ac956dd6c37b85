import { z } from 'zod';
import { isRole } from '../../core/access/roles';
import { apiScope } from '../../core/contract/openapi';

const tokenEvent = z.looseObject({
  request: z.looseObject({
    groupConfiguration: z.looseObject({ groupsToOverride: z.array(z.string()).nullish() }).nullish(),
  }),
  response: z.looseObject({}).nullish(),
});

/**
 * Cognito's pre-token trigger (V2): gives access tokens of users in a role's group the scope that the API asks for, and
 * changes nothing else. The scope opens the door only; what may be done is decided on each call by live facts. The
 * sign-in scope stays, because users set up their second factor with it. Throws, and so gives no token, for another
 * version's event.
 */
export function makeHandler() {
  return async (event: unknown): Promise<unknown> => {
    const parsed = tokenEvent.parse(event);
    const groups = parsed.request.groupConfiguration?.groupsToOverride ?? [];
    if (!groups.some(isRole)) return event;
    return {
      ...parsed,
      response: {
        ...parsed.response,
        claimsAndScopeOverrideDetails: { accessTokenGeneration: { scopesToAdd: [apiScope] } },
      },
    };
  };
}
