import type { LocalSystem } from '../../local/system';
import { output } from './clients';
import { searchBody } from './investigation';
import type { Member } from './members';
import type { Staff } from './staff';

/** Something that was asked and must be refused. */
export interface Refusal {
  readonly asked: string;
  readonly expected: string;
  /** The clause that the API named. */
  readonly clause: string;
}

/** Each asks the real API for what the policy forbids. */
export async function askWrongly(
  system: LocalSystem,
  staff: Staff,
  about: { readonly plate: string; readonly entryId: string },
): Promise<readonly Refusal[]> {
  const good = searchBody(system, about.plate);
  const { reason: _, ...withoutReason } = good;
  const post = (path: string, body: unknown) => ({ method: 'POST', path, body });
  const tries: { asked: string; expected: string; by: Member; call: Call }[] = [
    {
      asked: 'a search without a reason',
      expected: 'Access-E',
      by: staff.officer,
      call: post('/v1/searches', withoutReason),
    },
    {
      asked: 'a search about immigration status',
      expected: 'Policy-C',
      by: staff.officer,
      call: post('/v1/searches', {
        ...good,
        reason: { kind: 'phrase', phrase: 'checking the immigration status of the driver' },
      }),
    },
    {
      asked: 'a dispatcher’s search beyond the local networks',
      expected: 'Access-D.1',
      by: staff.dispatcher,
      call: post('/v1/searches', { ...good, networks: ['mclean-county'] }),
    },
    {
      asked: 'an officer’s look at the custom hot list',
      expected: 'Policy-H.a',
      by: staff.officer,
      call: { method: 'GET', path: '/v1/hot-list/entries' },
    },
    {
      asked: 'a detective’s approval of her own entry',
      expected: 'Policy-H.d',
      by: staff.detective,
      call: post(`/v1/hot-list/entries/${about.entryId}/approval`, undefined),
    },
    {
      asked: 'a search by the administrator for an investigation',
      expected: 'Access-C',
      by: staff.administrator,
      call: post('/v1/searches', good),
    },
  ];
  const refusals: Refusal[] = [];
  for (const { asked, expected, by, call } of tries)
    refusals.push({ asked, expected, clause: await clauseOf(system, by, call) });
  return refusals;
}

interface Call {
  readonly method: string;
  readonly path: string;
  readonly body?: unknown;
}

/** Past the typed client, which could not even say these. */
async function clauseOf(system: LocalSystem, by: Member, { method, path, body }: Call): Promise<string> {
  const response = await fetch(output(system, 'ApiUrl').replace(/\/$/, '') + path, {
    method,
    headers: { authorization: `Bearer ${await by.accessToken()}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  if (response.ok) return 'none, it was answered';
  const problem: unknown = await response.json();
  const clause: unknown =
    typeof problem === 'object' && problem !== null ? Reflect.get(problem, 'clause') : undefined;
  return typeof clause === 'string' ? clause : `none (${response.status})`;
}
