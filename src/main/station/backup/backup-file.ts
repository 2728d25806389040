import { z } from 'zod';

/** Written as the first line with the SHA-256 of everything after it; counted up when the format changes. */
export const BACKUP_FORMAT = 1;
const MAGIC = 'legal-kiosk-backup';
const SEAL = /^legal-kiosk-backup\/(\d{1,4}) ([0-9a-f]{64})\n$/;
/** `legal-kiosk-backup/0001 <64 hex digits>\n`: always as long, so that it can be filled in at the end. */
export const SEAL_BYTES = MAGIC.length + 1 + 4 + 1 + 64 + 1;

/** The second line of a backup: what is in it, in the order of the compressed bytes. */
export const backupManifestSchema = z.object({
  programVersion: z.string(),
  /** Epoch milliseconds. */
  at: z.number(),
  /** Version of `station.sqlite`. */
  databaseVersion: z.int().min(0),
  /** Rows of each table. */
  counts: z.record(z.string(), z.int()),
  files: z
    .array(
      z.object({
        name: z.enum(['station.sqlite', 'lan/key.pem', 'lan/certificate.pem']),
        bytes: z.int().min(0),
      }),
    )
    .min(1),
});
export type BackupManifest = z.infer<typeof backupManifestSchema>;

/** The first line. The checksum finds damage; it is no signature, whoever changes a backup on purpose can make a new one. */
export function sealOf(sha256: string): string {
  return `${MAGIC}/${String(BACKUP_FORMAT).padStart(4, '0')} ${sha256}\n`;
}

/** What a first line says; undefined when the file is no backup. */
export function readSeal(line: string): { format: number; sha256: string } | undefined {
  const [, format, sha256] = SEAL.exec(line) ?? [];
  return format === undefined || sha256 === undefined
    ? undefined
    : { format: Number(format), sha256 };
}

/** Why a backup is not taken; nothing has changed then. */
export type BackupFlaw = 'no-backup' | 'damaged' | 'newer' | 'running';

/** A backup that cannot be restored. */
export class BackupError extends Error {
  readonly flaw: BackupFlaw;
  constructor(flaw: BackupFlaw, options?: ErrorOptions) {
    super(flaw, options);
    this.name = 'BackupError';
    this.flaw = flaw;
  }
}
