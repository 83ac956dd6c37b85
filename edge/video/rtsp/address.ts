import { VideoFault } from '../video';
import type { Credentials } from './authentication';

/** Where a camera is asked for its video. */
export interface CameraAddress {
  readonly host: string;
  readonly port: number;
  /** As the camera sees it: without user info. */
  readonly uri: string;
  /** Never logged, and never part of an error. */
  readonly credentials: Credentials | undefined;
}

const portDefault = 554;

/** Reads `rtsp://[user:password@]host[:port][/path]`; `undefined` where the text is no such address. */
export function parseCameraAddress(text: string): CameraAddress | undefined {
  if (!/^rtsp:\/\/[\x21-\x7e]+$/i.test(text) || !URL.canParse(text)) return undefined;
  const url = new URL(text);
  const username = decoded(url.username);
  const password = decoded(url.password);
  if (url.hostname === '' || username === undefined || password === undefined) return undefined;
  return {
    host: url.hostname.replace(/^\[(.*)\]$/, '$1'),
    port: url.port === '' ? portDefault : Number(url.port),
    uri: `rtsp://${url.host}${url.pathname}${url.search}`,
    credentials: username === '' ? undefined : { username, password },
  };
}

/** Credentials that do not stand in the address, where every process on the machine can read them. */
export function withCredentials(address: CameraAddress, credentials: Credentials): CameraAddress {
  if (!isOneLine(credentials.username) || !isOneLine(credentials.password))
    throw new VideoFault('no-entry', "the camera's credentials hold a control character");
  return { ...address, credentials };
}

function decoded(text: string): string | undefined {
  try {
    const plain = decodeURIComponent(text);
    return isOneLine(plain) ? plain : undefined;
  } catch {
    return undefined;
  }
}

/** A line end in a name would begin a header of its own. */
const isOneLine = (text: string) => !/\p{Cc}/u.test(text);
