import type { Day } from './day';

/** What a police IT person wants to know of the day, in plain words. */
export function summary(day: Day): string {
  const { accounting, impostors, investigation, discipline, sharing, forgetting, scores } = day;
  const lines = [
    '',
    '────────────────────────────────────────────────────────────────────────',
    'What happened',
    '',
    `  Photos           ${accounting.photos}: ${accounting.withReads} with reads, ${accounting.abstained} abstained (no plate read well enough), ${accounting.quarantined} in quarantine as unreadable frames${accounting.unreadable > 0 ? `, ${accounting.unreadable} no pictures at all` : ''}`,
    `  Reads            ${accounting.reads} stored, sealed under their day's key (${accounting.smartReads} by the smart camera, ${accounting.fixedReads} by detect-plates)`,
    `  Video            ${day.streamed.frames} frames streamed in ${day.streamed.fragments} fragments, ${day.streamed.sampled} sampled, ${day.streamed.reads} reads`,
    `  Quarantine       ${Object.entries(impostors.quarantined)
      .map(([reason, count]) => `${count} × ${reason}`)
      .join(', ')}`,
    `  Hot list         requested by a detective, approved by a lieutenant`,
    `  Alert            on the officer's open connection ${(investigation.alertAfterMs / 1000).toFixed(1)} s after the photo; ${investigation.verification.state} by the checklist, then recorded as ${investigation.verification.disposition}`,
    `  Search           ${investigation.found} reads of the vehicle, ${investigation.foundByPattern} by part of its plate; image of ${Math.ceil(investigation.imageBytes / 1024)} KiB fetched once, gone the second time`,
    `  By place         ${day.searching.foundByPlace} reads of two cameras in ${day.searching.pages} pages`,
    `  Walk             from plate to plate: stopped after ${day.searching.walkedFor} searches [${day.searching.stoppedBy}], ${day.searching.findings} finding for the administrator`,
    `  Dispatcher       saw ${investigation.dispatcherNetworks.join(' and ')} only`,
    `  Evidence         one read kept for a case: ${day.evidence.files} files verified with the public key alone, a changed byte found; released to a court on a subpoena and the Chief’s word`,
    `  Suspension       refused on the next call with the same token; the live connection closed ${(discipline.closedAfterMs / 1000).toFixed(1)} s later`,
    `  Sharing          agreed by two people, ended by one, closed on the next call; an outside request answered with own reads, referred to ${sharing.referredTo.join(' and ')}`,
    '',
    'What was refused, and by which clause of the policy',
    '',
    ...[...investigation.refusals, ...day.evidence.refusals, ...discipline.refusals, ...sharing.refusals].map(
      (each) => `  ${each.clause.padEnd(16)} ${each.asked}`,
    ),
    '',
    `Audit log         ${day.auditEvents} events; each answer has its request on record before it`,
    `Sealed            ${day.auditLog.events} events proven from the log's files and its public key alone; one changed byte is found (${day.auditLog.tampering})`,
  ];
  if (scores) lines.push(...scoreLines(scores));
  if (forgetting) {
    const { months, publicFiles, restrictedFiles, log } = forgetting.reported;
    lines.push(
      `Reports           ${months.join(', ')}: made by the schedule, ${publicFiles} public files, ${restrictedFiles} for the administrator, the Chief and the board`,
      `Log's checkpoints  ${log.proven} days published, each proven from the published files alone to continue the one before`,
    );
    lines.push('', `After ${forgetting.daysPassed} days, what could be recovered`, '');
    for (const { where, recovered } of forgetting.attempts)
      lines.push(`  ${recovered === 0 ? 'nothing' : String(recovered)}`.padEnd(19) + where);
    const kept = `  ${forgetting.evidenceFiles} files`.padEnd(19);
    lines.push(`${kept}the one read kept as evidence: it still opens and verifies`);
  }
  lines.push('', day.faults.length === 0 ? 'Everything went as the policy says.' : 'NOT as it must be:');
  for (const fault of day.faults) lines.push(`  - ${fault}`);
  lines.push('────────────────────────────────────────────────────────────────────────');
  return lines.join('\n');
}

function scoreLines({ reader, reads }: NonNullable<Day['scores']>): string[] {
  const rates = (score: typeof reader) =>
    `located ${score.located} of ${score.photos}, exact ${score.exactPercent.toFixed(1)} %, in ten ${score.inTenPercent.toFixed(1)} %`;
  return [
    '',
    'Score of the plate reader on the labelled photos',
    '',
    `  by itself        ${rates(reader)}; ${reader.falseReads} false reads, ${reader.abstained} abstained; median ${reader.medianMs?.toFixed(0)} ms, p95 ${reader.p95Ms?.toFixed(0)} ms`,
    `  what was stored  ${rates(reads)}; what it abstained from is not stored`,
  ];
}
