import { isEnforcement } from '../alerts/disposition';
import type { Configuration } from '../contract/configuration';
import type { PublicReport } from '../contract/report';
import { dispositions } from '../contract/verification';
import type { PublishedFigure } from './suppress';
import { shareOf } from './uptime';

/** Everything here is computed of published numbers alone, so that it tells nothing that they do not. */
type Figures = Readonly<Record<string, PublishedFigure>>;

/** Exigent uses, each as it stands in its figure (Policy-B, Storage-F). */
export function exigentOf(figures: Figures): PublicReport['exigent'] {
  return {
    searches: cellOf(figures, 'searches', 'purpose', 'exigent'),
    entries: cellOf(figures, 'hotListChanges', 'change', 'requested-exigent'),
    grants: cellOf(figures, 'sharingChanges', 'operation', 'approve-exigent-grant'),
  };
}

/** Nobody does anything without a current training: each call is refused otherwise, and those refusals are counted. */
export function trainingOf(
  figures: Figures,
  { topics, validMonths }: Configuration['training'],
): PublicReport['training'] {
  return {
    topics: topics.map(({ name }) => name),
    validMonths,
    activeUsers: figures.activeUsers?.total ?? null,
    refusedForTraining: sumOfAll(
      ['refusedSearches', 'refusals'].map((name) => cellOf(figures, name, 'clause', 'Training')),
    ),
  };
}

/** How effective the readers are in general (Access-B). `null`: a number that it needs is withheld, or is 0. */
export function effectivenessOf(figures: Figures): PublicReport['effectiveness'] {
  const reads = figures.reads?.total ?? null;
  const alerts = figures.alerts?.total ?? null;
  const outcome = (key: string) => cellOf(figures, 'alerts', 'outcome', key);
  const confirmed = outcome('confirmed');
  const unverified = outcome('unverified');
  const found = cellOf(figures, 'searches', 'result', 'found');
  const nothing = cellOf(figures, 'searches', 'result', 'nothing');
  const acted = dispositions
    .filter(isEnforcement)
    .map((each) => cellOf(figures, 'alerts', 'disposition', each));
  return {
    readsPerAlert: reads === null || alerts === null || alerts === 0 ? null : Math.round(reads / alerts),
    confirmedShare:
      alerts === null || confirmed === null || unverified === null
        ? null
        : shareOf(confirmed, alerts - unverified),
    searchesWithResult: found === null || nothing === null ? null : shareOf(found, found + nothing),
    actedOn: sumOfAll(acted),
  };
}

/** `null` where one of them is withheld. */
function sumOfAll(counts: readonly (number | null)[]): number | null {
  return counts.reduce((sum, each) => (sum === null || each === null ? null : sum + each), 0);
}

/** A group that its table does not name has nothing; one of a withheld table is withheld. */
function cellOf(figures: Figures, name: string, table: string, group: string): number | null {
  const figure = figures[name];
  if (figure === undefined || figure.total === null) return null;
  const shown = figure.tables[table]?.[group];
  return shown === undefined ? 0 : shown;
}
