import { createHash, createHmac } from 'node:crypto';
import type { RandomBytes } from '../retention/day-key';

/** Names one page of one search to its user; the store knows its hash alone. */
export type PageToken = string;

const tokenBytes = 32;

/** The token of the second page. */
export function firstToken(randomBytes: RandomBytes): PageToken {
  return Buffer.from(randomBytes(tokenBytes)).toString('base64url');
}

/**
 * The token of the page after the one that a token names. It is made of that token alone, so a page that is asked for
 * twice leads to the same next one: the way through a search is a single path, and nobody who lacks a token can go on.
 */
export function nextToken(token: PageToken): PageToken {
  return createHmac('sha256', Buffer.from(token, 'base64url'))
    .update('platekeeper next page 1', 'utf8')
    .digest('base64url');
}

/** What the store keeps of a token. */
export function pageIdOf(token: PageToken): string {
  return createHash('sha256').update(`platekeeper page ${token}`, 'utf8').digest('base64url');
}
