import type { Person } from './person';

/** The personnel facts as they are now; no copy is kept between two calls. `undefined`: nobody of that name. */
export interface People {
  find(username: string): Promise<Person | undefined>;
}
