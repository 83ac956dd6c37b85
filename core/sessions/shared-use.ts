import type { Configuration } from '../contract/configuration';
import type { FindingCause } from '../findings/finding';
import type { Person } from '../people/person';
import { distanceKm } from './distance';
import type { Place, Session, SessionUse } from './session';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

/** Two uses of one account that one person can hardly have made (Access-C). */
export interface SharedUse {
  readonly kind: 'shared-account' | 'impossible-travel';
  /** The session that this call's use stands against; the same one where it changed its place too fast. */
  readonly otherSessionId: string;
}

/** The rules of a deployment, worked out once. */
export interface SharedUseRules {
  /** How far back a use can stand against one of now, milliseconds. */
  readonly lookBackMs: number;
  /** What a use stands against: this session as it was before, and others of the same user. */
  judge(use: SessionUse, before: Session | undefined, others: readonly Session[]): readonly SharedUse[];
}

/**
 * At once: two sessions of the same kind of client, from two addresses and on two devices, used within so many minutes;
 * a phone beside a console is how people work. Travel: two networks of the Department, whatever was used there, between
 * which nobody gets in the time.
 */
export function sharedUseRules({ access, clients }: Configuration): SharedUseRules {
  const { withinMinutes, travelKmPerHour } = access.sharedAccounts;
  const places = new Map<string, Place>(clients.consoleNetworks.map((each) => [each.name, each]));
  const travelMs = (from: Place, to: Place) => (distanceKm(from, to) / travelKmPerHour) * hourMs;

  const isAtOnce = (use: SessionUse, other: Session) =>
    use.atMs - other.lastSeenMs < withinMinutes * minuteMs &&
    use.client === other.client &&
    use.address !== other.address &&
    (use.deviceId === undefined || use.deviceId !== other.deviceId);
  const isTooFar = (use: SessionUse, other: Session) => {
    const [from, to] = [places.get(other.place ?? ''), places.get(use.place ?? '')];
    return from !== undefined && to !== undefined && use.atMs - other.lastSeenMs < travelMs(from, to);
  };

  return {
    lookBackMs: Math.max(withinMinutes * minuteMs, longestMs([...places.values()], travelMs)),
    judge(use, before, others) {
      const atOnce = others.filter((each) => isAtOnce(use, each));
      const tooFar = [...(before === undefined ? [] : [before]), ...others].filter((each) =>
        isTooFar(use, each),
      );
      return [
        ...atOnce.map(({ sessionId }) => ({ kind: 'shared-account', otherSessionId: sessionId }) as const),
        ...tooFar.map(({ sessionId }) => ({ kind: 'impossible-travel', otherSessionId: sessionId }) as const),
      ];
    },
  };
}

/** The finding of it: one for each pair of sessions, however often both are used. */
export function sharedUseFinding(
  { username, role }: Person,
  { sessionId }: Pick<SessionUse, 'sessionId'>,
  { kind, otherSessionId }: SharedUse,
): Omit<FindingCause, 'eventIds'> {
  return {
    kind,
    cause: [sessionId, otherSessionId].sort().join(' '),
    username,
    role,
    severity: 'medium',
    clause: 'Access-C',
    summary: summaries[kind],
  };
}

const summaries = {
  'shared-account': 'One account was used at once by two sign-ins from two addresses on two devices.',
  'impossible-travel': 'One account was used on two networks of the Department, too soon after each other.',
} as const satisfies Record<SharedUse['kind'], string>;

function longestMs(places: readonly Place[], travelMs: (from: Place, to: Place) => number): number {
  return places.reduce(
    (longest, from) => places.reduce((most, to) => Math.max(most, travelMs(from, to)), longest),
    0,
  );
}
