/** What a person may be here; each is a Cognito group of the same name. */
export const roles = [
  'dispatcher',
  'officer',
  'detective',
  'analyst',
  'supervisor',
  'lieutenant',
  'commander',
  'chief',
  'chief-designee',
  'administrator',
  'auditor',
  'records-officer',
  'partner-officer',
  /** No person: the personnel system's own identity, which feeds who has left and does nothing else. */
  'personnel-feed',
] as const;

export type Role = (typeof roles)[number];

/** Narrows a text from outside, such as a token's group. */
export function isRole(text: string): text is Role {
  return roles.some((role) => role === text);
}

/**
 * How far a role's searches reach: the local networks, every network that the Department owns or that an agreement
 * opens to it, what the partner's agreement names, or nothing (Access-D).
 */
export const reaches = ['local', 'own-and-agreed', 'agreement', 'none'] as const;
export type Reach = (typeof reaches)[number];
