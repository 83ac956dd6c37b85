import type { Role } from '../access/roles';
import { designatedRoles } from '../contract/people';
import type { Finding } from './finding';

/** No user has this name: whom a finding is about that is about nobody. */
export const nobody = ' nobody';

/**
 * Whom a finding is about, for the policy: by the role when it was raised or the role now, whichever is an office of
 * the Chief's giving, so that neither promotion nor demotion hands it to colleagues of that office.
 */
export function subjectRole(finding: Finding, roleNow: Role | undefined): Role {
  const { role = 'officer' } = finding;
  return isDesignated(role) ? role : (roleNow ?? role);
}

export function isDesignated(role: Role): boolean {
  return designatedRoles.some((each) => each === role);
}
