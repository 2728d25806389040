import { z } from 'zod';

/** The closed set of ways in which a request to the district as a whole can fail, with their HTTP status. */
export const DISTRICT_ERRORS = {
  /** The request does not fit the contract. */
  'bad-input': 400,
  /** Not signed by a terminal that is known here, or the signature does not fit. */
  signature: 401,
  /** Signed properly, but the clocks differ by more than ten minutes; the server's is in `Date`. */
  clock: 401,
  /** Nobody is logged in, or the log-in has run out. */
  'not-signed-in': 401,
  /** The code is wrong, used or too old. */
  code: 403,
  /** The code is good, but for another outlet than the one that asks. */
  'other-outlet': 403,
  /** The code is good, but the key belongs to a terminal already; another key may use it. */
  'known-key': 403,
  /** The terminal was taken out of service. */
  revoked: 403,
  /** Whoever asks may not do this. */
  'not-allowed': 403,
  'not-found': 404,
  /** Somebody else changed it meanwhile; look again. */
  changed: 409,
  /** The request is longer than the limits allow. */
  'too-large': 413,
  /** The file has no such part. */
  'bad-range': 416,
  /** The protocol's version is not spoken here. */
  version: 426,
  /** Too many requests; `Retry-After` says when to ask again. */
  'too-many': 429,
  /** A fault of the server's own. */
  internal: 500,
  /** The server starts, stops, or has too much to do; `Retry-After` says when to ask again. */
  later: 503,
} as const;

export type DistrictErrorCode = keyof typeof DISTRICT_ERRORS;

export const districtErrorCodeSchema = z.enum(
  Object.keys(DISTRICT_ERRORS) as [DistrictErrorCode, ...DistrictErrorCode[]],
);

/** The body of every answer that is not a success. */
export const districtErrorSchema = z.object({
  error: z.object({ code: districtErrorCodeSchema, message: z.string() }),
});
