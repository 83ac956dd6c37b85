import { type Alert as AnsweredAlert, alertNotice } from '../contract/alerts';
import { captureDay } from '../retention/day';
import type { ImageLinks } from '../search/ports';
import type { Alert } from './alert';

/** For whom the image links are, and the id by which the audit log knows this answer or delivery. */
export interface AnswerOwner {
  readonly username: string;
  readonly searchId: string;
}

/**
 * Alerts as a user gets them, asked for or sent: with the notice of Policy-F, one-time links to the images by which
 * they are verified (Policy-G), and nothing of the entries behind them (Policy-H.a).
 */
export async function answerAlerts(
  links: Pick<ImageLinks, 'issue'>,
  alerts: readonly Alert[],
  owner: AnswerOwner,
): Promise<AnsweredAlert[]> {
  const tokens = await links.issue(
    alerts.flatMap(({ readId, network, capturedAtMs }) => {
      const target = { ...owner, readId, network, day: captureDay(capturedAtMs) };
      return [
        { ...target, image: 'plate' as const },
        { ...target, image: 'vehicle' as const },
      ];
    }),
  );
  return alerts.map((each, at) => describe(each, imagePath(tokens[2 * at]), imagePath(tokens[2 * at + 1])));
}

function describe(alert: Alert, plate: string, vehicle: string): AnsweredAlert {
  return {
    alertId: alert.alertId,
    raisedAt: iso(alert.raisedAtMs),
    state: alert.state,
    plate: alert.plate,
    ...(alert.issuingState === undefined ? {} : { issuingState: alert.issuingState }),
    readId: alert.readId,
    capturedAt: iso(alert.capturedAtMs),
    cameraId: alert.cameraId,
    network: alert.network,
    position: { latitude: alert.position.latitude, longitude: alert.position.longitude },
    confidence: alert.confidence,
    notice: alertNotice,
    images: { plate, vehicle },
  };
}

function imagePath(token: string | undefined): string {
  if (token === undefined) throw new Error('an image link is missing');
  return `/v1/images/${token}`;
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}
