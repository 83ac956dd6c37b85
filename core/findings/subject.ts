import type { Role } from '../access/roles';
import { designatedRoles } from '../contract/people';
import type { Finding } from './finding';

/**
 * Whom a finding is about, for the policy: by the role when it was raised or the role now, whichever is an office of
 * the Chief's giving, so that neither promotion nor demotion hands it to colleagues of that office.
 */
export function subjectRole(finding: Finding, roleNow: Role | undefined): Role {
  return isDesignated(finding.role) ? finding.role : (roleNow ?? finding.role);
}

export function isDesignated(role: Role): boolean {
  return designatedRoles.some((each) => each === role);
}
