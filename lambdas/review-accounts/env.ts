import { requireEnv } from '../env';

export const env = {
  peopleTable: 'PEOPLE_TABLE',
  dutyTable: 'DUTY_TABLE',
  sessionsTable: 'SESSIONS_TABLE',
  auditEventsTable: 'AUDIT_EVENTS_TABLE',
  userPoolId: 'USER_POOL_ID',
  deliverAlertsFunction: 'DELIVER_ALERTS_FUNCTION',
} as const;

export function readEnv(source: NodeJS.ProcessEnv) {
  return requireEnv(source, env);
}
