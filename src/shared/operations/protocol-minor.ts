import { z } from 'zod';

/** Answers to this program's requests may have fields up to here (docs/protocol.md, 1): 1 in heartbeats, 2 in batches. */
export const PROTOCOL_MINOR = 2;

/** Which fields of answers a terminal knows beside those of all; none when absent. */
export const minorSchema = z.int().min(1).max(1_000);

/** The life of the server's database: another one after it was restored from a backup or made anew. */
export const epochSchema = z.string().max(32);
