/** The variables of every function behind the gateway: the stores of the facts that each call is decided on. */
export const apiEnv = {
  peopleTable: 'PEOPLE_TABLE',
  dutyTable: 'DUTY_TABLE',
  sharingTable: 'SHARING_TABLE',
  auditEventsTable: 'AUDIT_EVENTS_TABLE',
  sessionsTable: 'SESSIONS_TABLE',
  devicesTable: 'DEVICES_TABLE',
  proofsTable: 'PROOFS_TABLE',
  findingsTable: 'FINDINGS_TABLE',
  /** Ids of the console's clients of the user pool, separated by commas: tokens of others open no console (Access-G). */
  consoleClients: 'CONSOLE_CLIENTS',
} as const;
