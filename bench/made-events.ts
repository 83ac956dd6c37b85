/** The events of a busy month as the table holds them: JSON, hour by hour, made while they are read. */
export interface EventMix {
  readonly events: number;
  readonly users: number;
}

const purposes = ['felony', 'crime-against-person', 'hit-and-run', 'active-arrest-warrant', 'missing-person'];
const userAgent =
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/143.0 Safari/537.36';

/** The texts of one hour: of ten events six belong to searches, the others to alerts, images and refusals. */
export function eventsOfHour(mix: EventMix, hourStartMs: number, first: number, count: number): string[] {
  return Array.from({ length: count }, (_, at) =>
    JSON.stringify(eventAt(mix, hourStartMs + Math.floor((at * 3_600_000) / count), first + at)),
  );
}

function eventAt({ users }: EventMix, atMs: number, n: number): object {
  const pair = Math.floor(n / 2);
  const user = (pair * 7919) % users;
  const actor = {
    kind: 'person',
    username: `user-${user}-made-up`,
    agency: 'bloomington-pd',
    role: user % 3 === 0 ? 'detective' : 'officer',
    division: 'patrol',
  };
  const device = {
    address: '203.0.113.7',
    userAgent,
    sessionId: `session-${user}`,
    proven: 'department-phone',
  };
  const common = { version: 1, eventId: idOf(1, n), atMs };
  const decision = {
    outcome: 'permit',
    rules: ['search-by-investigators'],
    policyVersion: '0123456789abcdef',
  };
  switch (n % 10) {
    case 6:
      return {
        ...common,
        kind: 'alert-raised',
        actor: { kind: 'system', name: 'match-reads' },
        alertId: idOf(3, n),
        readId: idOf(4, n),
        network: 'bloomington',
        list: n % 20 === 6 ? 'custom' : 'state-stolen',
      };
    case 7:
      return {
        ...common,
        kind: 'alert-verified',
        actor,
        operation: 'verify-alert',
        alertId: idOf(3, n - 1),
        outcome: n % 3 === 0 ? 'rejected' : 'verified',
        ...(n % 3 === 0 ? { rejection: 'misread' } : {}),
        checklist: { plateImage: 'confirmed', characters: 'confirmed' },
        decision,
        device,
      };
    case 8:
      return {
        ...common,
        kind: 'image-fetched',
        actor,
        operation: 'fetch-image',
        searchId: idOf(2, pair),
        readId: idOf(4, n),
        image: 'plate',
        network: 'bloomington',
        decision,
        device,
      };
    case 9:
      return {
        ...common,
        kind: 'refused',
        actor,
        operation: 'search-reads',
        decision: { outcome: 'deny', clause: 'Access-E', message: 'Made-up words.', rules: ['reason'] },
        device,
      };
    default:
      return n % 2 === 0
        ? {
            ...common,
            kind: 'requested',
            actor,
            operation: 'search-reads',
            requestId: idOf(2, pair),
            queried: { plate: 'TEST123', from: '2026-11-01T00:00:00Z', to: '2026-11-02T00:00:00Z' },
            networksInScope: ['bloomington', 'normal'],
            purpose: { kind: purposes[pair % purposes.length] },
            reason: { kind: 'case-number', caseNumber: `2026-${String(pair % 100_000).padStart(7, '0')}` },
            decision,
            device,
          }
        : {
            ...common,
            kind: 'answered',
            actor,
            operation: 'search-reads',
            requestId: idOf(2, pair),
            counts: { reads: pair % 4, truncated: 0, unreadable: 0 },
            resultIds: Array.from({ length: pair % 4 }, (_, at) => idOf(4, pair * 4 + at)),
            device,
          };
  }
}

function idOf(kind: number, n: number): string {
  return `00000000-0000-4000-8000-${String(kind)}${n.toString(16).padStart(11, '0')}`;
}
