import { z } from 'zod';
import { mediaBodySchema } from '../content/kinds/media.ts';
import { mediaFileName } from '../media/media-path.ts';

const { sha256, mime, bytes } = mediaBodySchema.shape;
/** A file that a record names; known by its hash alone. */
export const namedFileSchema = z.object({ sha256, mime, bytes });
export type NamedFile = z.infer<typeof namedFileSchema>;

/** The name of the role that signs a division's files; a role of its own, so that a change of content does not carry their list. */
export function mediaRoleOf(division: string): string {
  return `media-${division}`;
}

/** The path pattern of a division's files; `*` matches no slash. */
export function mediaTargetsOf(division: string): string {
  return `media/${division}/*`;
}

/** The target of a file (docs/protocol.md, 2.6). */
export function mediaTargetPath(division: string, file: NamedFile): string {
  return `media/${division}/${mediaFileName(file)}`;
}

/** The file that a record names; undefined for records of kinds that name none. */
export function fileNamedBy(record: {
  readonly kind: string;
  readonly body: unknown;
}): NamedFile | undefined {
  if (record.kind !== 'media') return undefined;
  const body = namedFileSchema.safeParse(record.body);
  return body.success ? body.data : undefined;
}
