/** How often something was so, of how many times it could have been. */
export interface Share {
  readonly count: number;
  readonly of: number;
}

/** What everybody does now and then, as a rate; a user is measured against it. */
export interface PeerRates {
  /** Numbers that are one slip away from one that the Department gave out. */
  readonly mistypedNumbers: number;
  /** Numbers like none that the Department gave out. */
  readonly unlikeNumbers: number;
  readonly thinPhrases: number;
}

/** How often chance alone may make a finding of one test of an honest user, whose month has several. */
export const falseAlarmMax = 1e-5;

/** Those who do it most are left out, so that misusers do not excuse each other. */
const leftOutShare = 0.1;
/** People differ: honest ones, too, do it half as often again as their peers. */
const spread = 1.5;

/**
 * The rate that an honest user's may have: that of all users together but the tenth with the highest shares, and half as
 * much again; at least `floor`, because a good month of all must not make a bad day of one a finding.
 */
export function peerRate(shares: readonly Share[], floor: number): number {
  const sorted = shares.filter((each) => each.of > 0).sort((a, b) => a.count / a.of - b.count / b.of);
  const kept = sorted.slice(0, Math.ceil(sorted.length * (1 - leftOutShare)));
  const sum = kept.reduce(
    (sums, each) => ({ count: sums.count + each.count, of: sums.of + each.of }),
    nothing,
  );
  return Math.max(floor, sum.of === 0 ? 0 : (spread * sum.count) / sum.of);
}

/**
 * Whether so many cannot be chance in somebody who does it at this rate: the exact binomial test. No more than the rate
 * makes likely is never asked of it: of very many, the first terms of that tail are too small for a number.
 */
export function isBeyondChance(share: Share, rate: number): boolean {
  return share.count > share.of * rate && binomialTail(share, rate) < falseAlarmMax;
}

/** The probability of `count` or more of `of`, each with this rate; for more than the rate makes likely. */
export function binomialTail({ count, of }: Share, rate: number): number {
  if (count <= 0 || rate >= 1) return 1;
  if (rate <= 0 || count > of) return 0;
  let logChoices = 0;
  for (let at = 1; at <= count; at++) logChoices += Math.log((of - count + at) / at);
  let term = Math.exp(logChoices + count * Math.log(rate) + (of - count) * Math.log1p(-rate));
  let sum = term;
  for (let at = count; at < of; at++) {
    term *= ((of - at) / (at + 1)) * (rate / (1 - rate));
    sum += term;
    if (at > of * rate && term < sum * 1e-12) break;
  }
  return Math.min(sum, 1);
}

const nothing: Share = { count: 0, of: 0 };
