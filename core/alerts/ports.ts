import type { CaptureDay } from '../retention/day';
import type { Alert } from './alert';
import type { AlertRecord, Disposition, Verification } from './life-cycle';

export interface AlertQuery {
  readonly sinceMs: number;
  readonly networks: readonly string[];
  readonly limit: number;
}

export interface AlertPage {
  readonly alerts: readonly Alert[];
  /** Rows in scope that do not open or are no alert: altered, moved or damaged. For the audit log. */
  readonly unreadable: number;
}

export interface Alerts {
  /** Alerts of one capture day, raised since a moment, newest first; those of other networks stay sealed. */
  since(day: CaptureDay, query: AlertQuery): Promise<AlertPage>;
}

/** Single alerts, as they stand at this moment. Each step is stored once: the first one stands. */
export interface AlertRecords {
  /** `undefined`: never raised, or forgotten with its day. */
  find(alertId: string): Promise<AlertRecord | undefined>;
  storeVerification(record: AlertRecord, verification: Verification): Promise<Stored>;
  storeDisposition(record: AlertRecord, disposition: Disposition): Promise<Stored>;
}

export type Stored = 'stored' | 'too-late' | 'forgotten';

/** Which images of a read somebody was shown since a moment. */
export interface ImagesShown {
  shown(who: {
    readonly username: string;
    readonly readId: string;
    readonly sinceMs: number;
    readonly nowMs: number;
  }): Promise<{ readonly plate: boolean; readonly vehicle: boolean }>;
}

/** Tickets that open one live connection each. A token is known to its holder alone. */
export interface Tickets {
  /** Resolves when the ticket is durable. */
  issue(username: string): Promise<{ readonly ticket: string; readonly expiresAtMs: number }>;
  /** Uses the ticket up: of two takers one has it. `undefined`: used, run out, or never issued. */
  take(ticket: string): Promise<string | undefined>;
}

/** A user's open socket. */
export interface LiveConnection {
  readonly connectionId: string;
  readonly username: string;
  readonly connectedAtMs: number;
  readonly address: string;
}

export interface Connections {
  add(connection: LiveConnection): Promise<void>;
  remove(connectionId: string): Promise<void>;
  /** All of them, as they stand at this moment. */
  list(): Promise<readonly LiveConnection[]>;
}

/** The gateway's side of live connections. */
export interface Sockets {
  send(connectionId: string, text: string): Promise<'sent' | 'gone'>;
  /** Closing what is closed already is no fault. */
  close(connectionId: string): Promise<void>;
}
