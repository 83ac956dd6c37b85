import type { Hit } from '../hot-list/hit';
import type { DeviceFact } from '../people/person';
import type { Read } from '../reads/read';
import type { CaptureDay } from '../retention/day';
import type { Alert, Sighting } from './alert';
import type {
  Acknowledgement,
  AlertRecord,
  Disposition,
  RecordedNotification,
  Verification,
} from './alert-record';
import type { Suppression } from './suppression';

export interface AlertQuery {
  readonly sinceMs: number;
  readonly networks: readonly string[];
  readonly limit: number;
}

export interface AlertPage {
  readonly alerts: readonly AlertRecord[];
  /** Rows in scope that do not open or are no alert: altered, moved or damaged. For the audit log. */
  readonly unreadable: number;
}

export interface Alerts {
  /** Alerts of one capture day, raised since a moment, newest first; those seen in other networks alone stay sealed. */
  since(day: CaptureDay, query: AlertQuery): Promise<AlertPage>;
}

/** Single alerts, as they stand at this moment. */
export interface AlertRecords {
  /** `undefined`: never raised, or forgotten with its day. */
  find(alertId: string): Promise<AlertRecord | undefined>;
}

/** What users do with alerts. Each step is stored once: the first one stands. */
export interface AlertSteps {
  storeAcknowledgement(record: AlertRecord, acknowledgement: Acknowledgement): Promise<Stored>;
  /** Acknowledges an open alert in the same step. What a rejection suppresses is stored with it or not at all. */
  storeVerification(
    record: AlertRecord,
    verification: Verification,
    suppression: Suppression | undefined,
  ): Promise<Stored>;
  storeDisposition(record: AlertRecord, disposition: Disposition): Promise<Stored>;
  /** One of each neighbour. */
  storeNotification(record: AlertRecord, notification: RecordedNotification): Promise<Stored>;
}

export type Stored = 'stored' | 'too-late' | 'forgotten';

/** The alerts that hits are recorded in. */
export interface HitRecords extends AlertRecords {
  /** `known`: an alert of this id stands; nothing is changed. */
  raise(alert: Alert): Promise<'raised' | 'known' | 'forgotten'>;
  /** `known`: this read is in the trail. `full`: the trail holds as many as it may. */
  sight(alert: Alert, sighting: Sighting): Promise<'stored' | 'known' | 'full' | 'forgotten'>;
}

/** Readings that were rejected, as long as the day of each is remembered. */
export interface Suppressions {
  /** What users said of one entry's alerts. Strongly consistent. */
  of(entryId: string): Promise<readonly Suppression[]>;
}

/** `raised`: it is new. `changed`: it was seen at another camera, or somebody took it a step further. */
export type AnnouncedBecause = 'raised' | 'changed';

/** Hands alerts to the function that delivers them, by id alone. Resolves when that is certain to happen. */
export interface Announcements {
  announce(alertId: string, because: AnnouncedBecause): Promise<void>;
}

/** Open alerts that wait for somebody. */
export interface WaitingAlerts {
  /** Ids of a capture day's alerts that nobody took on and nobody was told of, raised before a moment; oldest first. */
  waiting(day: CaptureDay, raisedBeforeMs: number, limit: number): Promise<readonly string[]>;
  /** When it was marked first; `undefined`: it is not open any more, or everybody was told. */
  markEscalated(alertId: string, nowMs: number): Promise<number | undefined>;
  /** Supervisors were told: it waits no longer. */
  closeEscalation(alertId: string, nowMs: number): Promise<void>;
}

/** Tells whoever subscribed that an alert waits; by e-mail, text message or push. Nothing of vehicle or place. */
export interface Notices {
  publish(notice: {
    readonly kind: 'alert-raised' | 'alert-escalated';
    readonly alertId: string;
    readonly priority: Priority;
    readonly network: string;
    /** Usernames that the notice is addressed to besides; a subscription can pick out its own. */
    readonly told: readonly string[];
  }): Promise<void>;
}

export type Priority = 'caution' | 'ordinary';

/** Which images of a read somebody was shown since a moment. */
export interface ImagesShown {
  shown(who: {
    readonly username: string;
    readonly readId: string;
    readonly sinceMs: number;
    readonly nowMs: number;
  }): Promise<{ readonly plate: boolean; readonly vehicle: boolean }>;
}

/** Who may open a live connection, and what the call that asked for it was made with. */
export type LiveCaller = Pick<LiveConnection, 'username' | 'device' | 'deviceId' | 'sessionId'>;

/** Tickets that open one live connection each. A token is known to its holder alone. */
export interface Tickets {
  /** Resolves when the ticket is durable. */
  issue(holder: LiveCaller): Promise<{ readonly ticket: string; readonly expiresAtMs: number }>;
  /** Uses the ticket up: of two takers one has it. `undefined`: used, run out, or never issued. */
  take(ticket: string): Promise<LiveCaller | undefined>;
}

/** A user's open socket. */
export interface LiveConnection {
  readonly connectionId: string;
  readonly username: string;
  readonly connectedAtMs: number;
  readonly address: string;
  /** What it was opened with, proven then; whether that still holds is asked at each use (Access-G). */
  readonly device: DeviceFact;
  /** Thumbprint of the registered device, where one was proven. */
  readonly deviceId?: string;
  /** The sign-in behind it, where it has one. */
  readonly sessionId?: string;
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

/**
 * What becomes of a confirmed hit: an alert is raised, or the one of this entry and window has one sighting more.
 * Recorded, audited and announced when it resolves; recording the same read and entry again changes nothing. Rejects
 * when anything was not stored, and then the read comes again.
 */
export interface HitSink {
  record(read: Read, hit: Hit): Promise<'raised' | 'sighted' | 'known' | 'suppressed' | 'forgotten'>;
}
