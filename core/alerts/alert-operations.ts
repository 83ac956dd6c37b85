import type { z } from 'zod';
import type { Caller } from '../audit/audited-use';
import { decisionRecord } from '../audit/facts';
import type {
  Acknowledgement,
  acknowledgedAlert,
  NeighbourNotification,
  recordedNotification,
} from '../contract/alerts';
import type {
  DispositionRequest,
  DispositionResponse,
  VerificationRequest,
  VerificationResponse,
} from '../contract/verification';
import { describeTask } from './alert-answer';
import type { AlertRecord, Verification } from './alert-record';
import { actedBy, type ChangeAlertDeps, changeAlert } from './change-alert';
import { disposeAlert, isEnforcement } from './disposition';
import { acknowledgeAlert, notifyNeighbour } from './life-cycle';
import { neighbourTasks } from './neighbours';
import { suppressionOf } from './suppression';
import { verifyAlert } from './verification';

/** How long ago the images may have been shown: one verification is one sitting. */
const shownWithinMs = 3_600_000;

/** Takes an alert in the caller's networks on, as an audited use. */
export function acknowledgeAlertAs(deps: ChangeAlertDeps) {
  const operation = 'acknowledge-alert';
  return (alertId: string, request: Acknowledgement, caller: Caller) =>
    changeAlert<z.output<typeof acknowledgedAlert>>(deps, operation, { alertId, caller }, async (context) => {
      const { record, by, permit } = context;
      const outcome = acknowledgeAlert(record, request, by);
      if (outcome.kind === 'refused') return outcome;
      const { acknowledgement } = outcome;
      const isNew = record.acknowledgement === undefined;
      const tasks = neighbourTasks({ ...record, acknowledgement }, deps.configuration.neighbours);
      return {
        kind: 'step',
        ...(isNew ? { store: () => deps.steps.storeAcknowledgement(record, acknowledgement) } : {}),
        event: {
          kind: 'alert-acknowledged',
          ...actedBy(caller, operation),
          alertId,
          decision: decisionRecord(permit),
        },
        storedAtMs: acknowledgement.acknowledgedAtMs,
        isShown: true,
        response: {
          alertId,
          state: isNew ? 'acknowledged' : record.alert.state,
          acknowledgedBy: acknowledgement.acknowledgedBy,
          acknowledgedAt: iso(acknowledgement.acknowledgedAtMs),
          neighbourTasks: tasks.map(describeTask),
        },
      };
    });
}

/** Fills in the checklist of Policy-G, as an audited use. What a rejection suppresses is stored in the same step. */
export function verifyAlertAs(deps: ChangeAlertDeps) {
  const operation = 'verify-alert';
  return (alertId: string, request: VerificationRequest, caller: Caller) =>
    changeAlert<VerificationResponse>(deps, operation, { alertId, caller }, async (context) => {
      const { record, by, permit } = context;
      const { readId } = record.alert;
      const window = { sinceMs: by.nowMs - shownWithinMs, nowMs: by.nowMs };
      const imagesShown = await deps.imagesShown.shown({ username: by.username, readId, ...window });
      const outcome = verifyAlert(record, request, { ...by, imagesShown });
      if (outcome.kind === 'refused') return outcome;
      const { verification } = outcome;
      const isNew = record.verification === undefined;
      return {
        kind: 'step',
        ...(isNew ? { store: () => storeVerification(deps, record, verification) } : {}),
        event: {
          kind: 'alert-verified',
          ...actedBy(caller, operation),
          alertId,
          outcome: verification.outcome,
          ...(verification.rejection === undefined ? {} : { rejection: verification.rejection }),
          list: record.alert.vehicle.list,
          grade: record.alert.grade,
          checklist: {
            ...verification.checklist,
            ...(verification.registrationQuery
              ? { registrationQuery: verification.registrationQuery.finding }
              : {}),
          },
          decision: decisionRecord(permit),
        },
        storedAtMs: verification.verifiedAtMs,
        isShown: true,
        response: {
          alertId,
          state: verification.outcome,
          verifiedBy: verification.verifiedBy,
          verifiedAt: iso(verification.verifiedAtMs),
        },
      };
    });
}

/** The figure of a list's quality: how often its alerts hold, and why they do not. */
async function storeVerification(deps: ChangeAlertDeps, record: AlertRecord, verification: Verification) {
  const stored = await deps.steps.storeVerification(
    record,
    verification,
    suppressionOf(record, verification),
  );
  if (stored === 'stored')
    deps.counters.count('AlertsJudged', 1, {
      list: record.alert.vehicle.list,
      outcome: verification.rejection ?? verification.outcome,
    });
  return stored;
}

/** Records what came of a verified or rejected alert (Policy-F, Policy-G, Policy-I), as an audited use. */
export function recordDispositionAs(deps: ChangeAlertDeps) {
  const operation = 'record-disposition';
  return (alertId: string, request: DispositionRequest, caller: Caller) =>
    changeAlert<DispositionResponse>(deps, operation, { alertId, caller }, async (context) => {
      const { record, by, permit } = context;
      const { neighbours } = deps.configuration;
      const outcome = disposeAlert(record, request, { ...by, neighbours });
      if (outcome.kind === 'refused') return outcome;
      const { disposition, verification } = outcome;
      const isNew = record.disposition === undefined;
      return {
        kind: 'step',
        ...(isNew ? { store: () => deps.steps.storeDisposition(record, disposition) } : {}),
        event: {
          kind: 'alert-disposed',
          ...actedBy(caller, operation),
          alertId,
          disposition: disposition.kind,
          isEnforcement: isEnforcement(disposition.kind),
          decision: decisionRecord(permit),
        },
        storedAtMs: disposition.recordedAtMs,
        isShown: false,
        response: {
          alertId,
          state: verification.outcome,
          kind: disposition.kind,
          at: iso(disposition.atMs),
          recordedBy: disposition.recordedBy,
          recordedAt: iso(disposition.recordedAtMs),
        },
      };
    });
}

/** Records that a neighbouring agency was told (Policy-I), as an audited use. */
export function notifyNeighbourAs(deps: ChangeAlertDeps) {
  const operation = 'notify-neighbour';
  return (alertId: string, request: NeighbourNotification, caller: Caller) =>
    changeAlert<z.output<typeof recordedNotification>>(
      deps,
      operation,
      { alertId, caller },
      async (context) => {
        const { record, by, permit } = context;
        const { neighbours } = deps.configuration;
        const outcome = notifyNeighbour(record, request, { ...by, neighbours });
        if (outcome.kind === 'refused') return outcome;
        const { notification } = outcome;
        const { neighbour } = notification;
        const isNew = !record.notifications.some((each) => each.neighbour === neighbour);
        return {
          kind: 'step',
          ...(isNew ? { store: () => deps.steps.storeNotification(record, notification) } : {}),
          event: {
            kind: 'neighbour-notified',
            ...actedBy(caller, operation),
            alertId,
            neighbour,
            notifiedAtMs: notification.atMs,
            decision: decisionRecord(permit),
          },
          storedAtMs: notification.recordedAtMs,
          isShown: true,
          response: {
            alertId,
            neighbour,
            at: iso(notification.atMs),
            recordedBy: notification.recordedBy,
            recordedAt: iso(notification.recordedAtMs),
          },
        };
      },
    );
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}
