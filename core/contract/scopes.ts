/** The scope that each call's access token must carry; the pre-token trigger adds it to those of people. */
export const apiScope = 'platekeeper/api';

/** Of the personnel system's machine identity: it opens the feed and nothing else. */
export const personnelScope = 'platekeeper/personnel';
