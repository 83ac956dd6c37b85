import { problemSchema } from '../../core/contract/problem';
import { publicKeyOf } from '../../core/devices/make-proof';
import type { LocalSystem } from '../../local/system';
import { watchAlerts } from '../live-alerts/watch';
import { type Clients, output } from './clients';
import { newPhoneKey, type Phone, phoneOf } from './members';
import type { Refusal } from './refusals';
import { answered, type Staff } from './staff';

export interface Discipline {
  /** From the suspension to the end of the suspended user's live connection, milliseconds of real time. */
  readonly closedAfterMs: number;
  readonly refusals: readonly Refusal[];
  readonly faults: readonly string[];
}

const closesWithinMs = 5000;

/**
 * What a token alone never proves: the administrator registers the officer's phone, whose token is of no use without
 * the phone [Access-G]; then somebody is suspended in the middle of a session, and only the Chief ends that [Acct-C].
 */
export async function showDiscipline(
  system: LocalSystem,
  operator: Clients,
  staff: Staff,
): Promise<Discipline> {
  const phone = await registeredPhone(system, operator, staff);
  const standing = answered('show-own-standing', await phone.api('show-own-standing', {}));
  const copied = await askedWithoutPhone(system, phone);

  const { dispatcher, administrator, chief } = staff;
  const path = { username: dispatcher.username };
  const live = await watchAlerts({ api: dispatcher.api, url: output(system, 'LiveUrl') });
  const begunMs = performance.now();
  const because = 'Shared a password with a colleague, by his own account.';
  answered('suspend-person', await administrator.api('suspend-person', { path, body: { because } }));
  const suspended = await dispatcher.api('show-own-standing', {});
  const code = await Promise.race([live.ended, after(closesWithinMs)]);
  const closedAfterMs = performance.now() - begunMs;
  const tooSoon = await administrator.api('reinstate-person', { path, body: { because } });
  answered('reinstate-person', await chief.api('reinstate-person', { path, body: { because } }));
  answered('set-duty', await dispatcher.api('set-duty', { body: { onDuty: true } }));

  const refusals: Refusal[] = [
    { asked: 'a call with a phone’s token from another device', expected: 'Access-G', clause: copied },
    { asked: 'the next call of somebody suspended', expected: 'Acct-C', clause: clauseOf(suspended) },
    { asked: 'a reinstatement by the administrator', expected: 'Acct-C', clause: clauseOf(tooSoon) },
  ];
  return {
    closedAfterMs,
    refusals,
    faults: [
      ...(standing.device === 'department-phone' ? [] : ['the registered phone was not known']),
      ...(code === undefined ? ['the connection of a suspended user stayed open for five seconds'] : []),
      ...refusals
        .filter(({ expected, clause }) => expected !== clause)
        .map(({ asked, expected, clause }) => `${asked}: refused with ${clause}, not ${expected}`),
    ],
  };
}

async function registeredPhone(system: LocalSystem, operator: Clients, staff: Staff): Promise<Phone> {
  const privateKey = newPhoneKey();
  const body = {
    kind: 'phone' as const,
    publicKey: publicKeyOf(privateKey),
    assignedTo: staff.officer.username,
    label: 'Phone 0001',
  };
  answered('register-device', await staff.administrator.api('register-device', { body }));
  return phoneOf({ system, operator }, staff.officer, privateKey);
}

async function askedWithoutPhone(system: LocalSystem, phone: Phone): Promise<string> {
  const response = await fetch(`${output(system, 'ApiUrl').replace(/\/$/, '')}/v1/me`, {
    headers: { authorization: `Bearer ${await phone.accessToken()}` },
  });
  if (response.ok) return 'none, it was answered';
  return problemSchema.parse(await response.json()).clause ?? 'none';
}

function clauseOf(
  outcome: { kind: 'answered' } | { kind: 'refused'; problem: { clause?: string | undefined } },
) {
  return outcome.kind === 'refused' ? (outcome.problem.clause ?? 'none') : 'none, it was answered';
}

function after(ms: number): Promise<undefined> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms, undefined).unref();
  });
}
