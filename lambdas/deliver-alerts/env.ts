import { requireEnv } from '../env';

export const env = {
  peopleTable: 'PEOPLE_TABLE',
  auditEventsTable: 'AUDIT_EVENTS_TABLE',
  dayKeysTable: 'DAY_KEYS_TABLE',
  dayWrappingKey: 'DAY_WRAPPING_KEY',
  alertsTable: 'ALERTS_TABLE',
  imageLinksTable: 'IMAGE_LINKS_TABLE',
  connectionsTable: 'CONNECTIONS_TABLE',
  /** Where the gateway's stage takes messages for its sockets; the AWS client reads this variable by itself. */
  socketsEndpoint: 'AWS_ENDPOINT_URL_APIGATEWAYMANAGEMENTAPI',
} as const;

export function readEnv(source: NodeJS.ProcessEnv) {
  return requireEnv(source, env);
}
