import { AwsError } from '../aws/errors';
import { attributesOf, type User } from './user';

/** `name = "value"` or `name ^= "prefix"` on a standard attribute or on username, status and enabled state. */
export function userFilter(filter: string): (user: User) => boolean {
  if (filter === '') return () => true;
  const [, name, operator, value] = /^\s*"?([\w:]+)"?\s*(\^?=)\s*"(.*)"\s*$/.exec(filter) ?? [];
  if (name === undefined || value === undefined || name.startsWith('custom:')) {
    throw new AwsError('InvalidParameterException', 'One or more requested filters are invalid.');
  }
  return (user) => {
    const actual = filterable(user)[name];
    return operator === '=' ? actual === value : (actual?.startsWith(value) ?? false);
  };
}

function filterable(user: User): Record<string, string> {
  return {
    ...attributesOf(user),
    username: user.username,
    'cognito:user_status': user.status,
    status: user.isEnabled ? 'Enabled' : 'Disabled',
  };
}

/** A page token is the number of items already given. */
export function paged<T>(all: readonly T[], limit: number, token: string | undefined) {
  const start = token === undefined ? 0 : Number(token);
  if (!Number.isInteger(start) || start < 0)
    throw new AwsError('InvalidParameterException', 'Invalid token.');
  const end = start + limit;
  return { items: all.slice(start, end), next: end < all.length ? String(end) : undefined };
}
