import { z } from 'zod';
import { type AuditedUserAnswer, auditedUser } from '../../core/contract/month-audits';
import { StoreError } from '../stores/store-error';

const stored = auditedUser
  .omit({ training: true })
  .extend({ access: z.object({ training: z.record(z.string(), z.string()) }).optional() });
const audit = z.object({ users: z.array(stored) });

/** The users of a stored user audit. Throws `StoreError` `malformed`. */
export function usersOfAudit(text: string): readonly AuditedUserAnswer[] {
  try {
    return audit.parse(JSON.parse(text)).users.map(({ access, ...user }) => ({
      ...user,
      ...(access === undefined ? {} : { training: access.training }),
    }));
  } catch (cause) {
    throw new StoreError('malformed', 'audits', { cause });
  }
}
