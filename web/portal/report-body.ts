import type { PublicReport } from '../../core/contract/report';
import { factsTable, wideTable } from './facts-table';
import { figureSections } from './figure-section';
import { type Html, html } from './html';
import { agenciesTable } from './policy-page';
import { shownCount, shownDays, shownMonth, shownShare, shownTime } from './show';
import { fill, groupWords, type Words } from './words/words';

/** Everything that a report holds, in one language. */
export function monthBody(words: Words, report: PublicReport): Html {
  const { madeAt, timeZone, checkpoint } = report;
  const [before = '', after = ''] = words.made.split('{time}');
  return html`<p>${words.intro}</p>
${keptSection(words, report)}
${effectSection(words, report)}
${uptimeSection(words, report)}
${listsSection(words, report)}
${figureSections(words, report.figures)}
${exigentSection(words, report)}
${trainingSection(words, report)}
${auditsSection(words, report)}
${faultsSection(words, report)}
${section('agencies', words.agencies.title, report.agencies.length === 0 ? html`<p>${words.agencies.empty}</p>` : agenciesTable(report.agencies, words))}
${section('sale', words.sale.title, html`<p>${words.sale.text}</p>`)}
${drawsSection(words, report)}
${section(
  'log',
  words.log.title,
  checkpoint === undefined
    ? html`<p>${words.log.none}</p>`
    : html`<p>${words.log.checkpoint}</p>
<pre>${checkpoint}</pre>
<p>${words.log.verify}</p>`,
)}
<p>${before}<time datetime="${madeAt}">${shownTime(madeAt)}</time>${after} ${fill(words.clock, { zone: timeZone.replaceAll('_', ' ') })}</p>`;
}

function section(id: string, title: string, content: Html): Html {
  return html`<section aria-labelledby="${id}">
<h2 id="${id}">${title}</h2>
${content}
</section>
`;
}

function keptSection(words: Words, { retention, daysCounted }: PublicReport): Html {
  const { kept } = words;
  const { days, daysForgotten, keptSince, proofs } = retention;
  const since = keptSince === undefined ? '' : ` ${fill(kept.since, { day: keptSince })}`;
  return section(
    'kept',
    kept.title,
    html`<p><strong>${fill(kept.limit, { days })}</strong> ${fill(kept.destroyed, { count: daysForgotten })}${since}</p>
<p>${proofWords(words, proofs)}</p>
<p>${fill(kept.counted, { counted: daysCounted.counted, days: daysCounted.ofMonth })}</p>`,
  );
}

function proofWords(words: Words, proofs: PublicReport['retention']['proofs']): string {
  const { kept } = words;
  if (proofs.count === 0) return kept.unproven;
  const found = proofs.withFaults === 0 ? kept.clean : fill(kept.faulty, { count: proofs.withFaults });
  return fill(kept.proven, { count: proofs.count, found, days: shownDays(words, proofs.oldestReadHours) });
}

function effectSection(words: Words, { effectiveness }: PublicReport): Html {
  const { effect, unknown } = words;
  const { readsPerAlert, confirmedShare, searchesWithResult, actedOn } = effectiveness;
  const facts = [
    [effect.readsPerAlert, readsPerAlert === null ? unknown : shownCount(words, readsPerAlert)],
    [effect.confirmed, shownShare(words, confirmedShare)],
    [effect.found, shownShare(words, searchesWithResult)],
    [effect.acted, actedOn === null ? unknown : shownCount(words, actedOn)],
  ] as const;
  return section('effect', effect.title, html`<p>${effect.note}</p>${factsTable(effect.title, facts)}`);
}

function uptimeSection(words: Words, { uptime }: PublicReport): Html {
  const own = words.uptime;
  const rows = uptime.map(({ kind, cameraDays, silentDays, share }) => [
    groupWords(words, kind),
    shownCount(words, cameraDays),
    shownCount(words, silentDays),
    shownShare(words, share),
  ]);
  const heads = [own.kind, own.days, own.silent, own.share];
  return section(
    'uptime',
    own.title,
    html`<p>${own.note}</p>${wideTable('uptime', { caption: own.title, heads, rows })}`,
  );
}

function listsSection(words: Words, { hotLists }: PublicReport): Html {
  const own = words.lists;
  const rows = hotLists.map(({ name, refreshHours, entries, deliveredAt, deliveries }) => [
    name,
    refreshHours === undefined ? words.unknown : fill(own.hours, { hours: refreshHours }),
    entries === null ? words.none : shownCount(words, entries),
    deliveredAt === undefined ? words.none : `${shownTime(deliveredAt)} UTC`,
    fill(own.deliveriesOf, deliveries),
  ]);
  const heads = [own.name, own.refresh, own.entries, own.last, own.deliveries];
  const table =
    rows.length === 0 ? html`<p>${own.none}</p>` : wideTable('lists', { caption: own.caption, heads, rows });
  return section('lists', own.title, html`${table}<p>${own.custom}</p>`);
}

function exigentSection(words: Words, { exigent }: PublicReport): Html {
  const own = words.exigent;
  const facts = [
    [own.searches, shownCount(words, exigent.searches)],
    [own.entries, shownCount(words, exigent.entries)],
    [own.grants, shownCount(words, exigent.grants)],
  ] as const;
  return section('exigent', own.title, html`<p>${own.note}</p>${factsTable(own.title, facts)}`);
}

function trainingSection(words: Words, { training }: PublicReport): Html {
  const own = words.training;
  const facts = [
    [own.active, shownCount(words, training.activeUsers)],
    [own.refused, shownCount(words, training.refusedForTraining)],
  ] as const;
  const note = fill(own.note, { months: training.validMonths, topics: training.topics.join('; ') });
  return section('training', own.title, html`<p>${note}</p>${factsTable(own.title, facts)}`);
}

function auditsSection(words: Words, { audits, policyVersions }: PublicReport): Html {
  const own = words.audits;
  const rows = audits.map(({ month, auditedOn = own.no, dueOn = own.no, attestedOn = own.no, daysLate }) => [
    shownMonth(words, month),
    auditedOn,
    dueOn,
    attestedOn,
    shownCount(words, daysLate),
  ]);
  const heads = [own.month, own.audited, own.due, own.attested, own.late];
  return section(
    'audits',
    own.title,
    html`<p>${own.note}</p>${wideTable('audits', { caption: own.title, heads, rows })}<p>${fill(words.policyVersions, { count: policyVersions })}</p>`,
  );
}

function drawsSection(words: Words, { draws }: PublicReport): Html {
  const own = words.draws;
  const rows = draws.map(({ day, size, seed, opened, redacted, failed }) => [
    day,
    shownCount(words, size),
    seed,
    shownCount(words, opened),
    shownCount(words, redacted),
    shownCount(words, failed),
  ]);
  const heads = [own.day, own.size, own.seed, own.opened, own.redacted, own.failed];
  const table =
    rows.length === 0 ? html`<p>${own.none}</p>` : wideTable('draws', { caption: own.title, heads, rows });
  return section('draws', own.title, html`<p>${own.note}</p>${table}`);
}

function faultsSection(words: Words, { faults, uncounted }: PublicReport): Html {
  const own = words.faults;
  const facts = [
    [own.days, shownCount(words, faults.daysUncounted)],
    [own.reads, shownCount(words, faults.readsRefused)],
    [own.proofs, shownCount(words, faults.proofsWithFaults)],
    [own.events, shownCount(words, faults.eventsUnreadable)],
    [own.deliveries, shownCount(words, faults.deliveriesUnusable)],
  ] as const;
  const kinds =
    uncounted.length === 0 ? [] : html`<p>${fill(own.uncounted, { kinds: uncounted.join(', ') })}</p>`;
  return section('faults', own.title, html`${factsTable(own.title, facts)}${kinds}`);
}
