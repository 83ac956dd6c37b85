import { requireEnv } from '../env';

export const env = {
  peopleTable: 'PEOPLE_TABLE',
  dutyTable: 'DUTY_TABLE',
  sharingTable: 'SHARING_TABLE',
  sessionsTable: 'SESSIONS_TABLE',
  devicesTable: 'DEVICES_TABLE',
  auditEventsTable: 'AUDIT_EVENTS_TABLE',
  dayKeysTable: 'DAY_KEYS_TABLE',
  dayWrappingKey: 'DAY_WRAPPING_KEY',
  alertsTable: 'ALERTS_TABLE',
  imageLinksTable: 'IMAGE_LINKS_TABLE',
  connectionsTable: 'CONNECTIONS_TABLE',
  /** ARN of the topic to which e-mail, text messages and push are subscribed. */
  noticesTopic: 'NOTICES_TOPIC',
  /** Where the gateway's stage takes messages for its sockets; the AWS client reads this variable by itself. */
  socketsEndpoint: 'AWS_ENDPOINT_URL_APIGATEWAYMANAGEMENTAPI',
} as const;

export function readEnv(source: NodeJS.ProcessEnv) {
  return requireEnv(source, env);
}
