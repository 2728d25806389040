/** What a folder of content may hold. Imports ask for it and exports keep to it, so that what went out untouched comes in. */
export const FOLDER_LIMITS = {
  /** Files of records. */
  files: 2_000,
  fileBytes: 8_000_000,
  /** Of all files of records. */
  bytes: 200_000_000,
  /** Of the file beside them that says which versions they are. */
  basesBytes: 32_000_000,
} as const;

/** What an archive of content may hold: the folder's texts, and the pictures, films and pamphlets that they name. */
export const ARCHIVE_LIMITS = {
  bytes: 1_500_000_000,
  files: 10_000,
  /** Several times what a province publishes; each is compared. */
  records: 50_000,
} as const;
