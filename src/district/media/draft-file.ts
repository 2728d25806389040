import { openAsBlob } from 'node:fs';
import { z } from 'zod';
import { OFFICE_PREFIX } from '#shared/contract/office.ts';
import { slideSchema } from '#shared/contract/reading.ts';
import { namedFileSchema } from '#shared/feed/feed-media.ts';
import { readRange } from '#shared/media/byte-range.ts';
import { mediaFileName, readMediaPath } from '#shared/media/media-path.ts';
import type { District } from '../district.ts';
import { DistrictFault } from '../district-fault.ts';
import { all, sql } from '../store/sql.ts';
import { type DeployedFile, deployedFile } from './deployed-file.ts';
import { keptPath } from './media-store.ts';

type Kept = Pick<District, 'database' | 'settings'>;

const HASH_LETTERS = 64;

/**
 * A file for the preview of a draft: the one that the draft names, one that is published anyway, or one that terminals have from
 * their deployment. Whoever asks may see the draft. Players and readers ask for parts (RFC 9110, section 14). Throws `not-found`.
 */
export async function readDraftFile(
  district: Kept,
  { id, name }: { readonly id: string; readonly name: string },
  range: string | undefined,
) {
  const mime = readMediaPath(`/media/${name}`)?.mime;
  if (mime === undefined) throw new DistrictFault('not-found');
  const file = (await keptFile(district, { id, name, mime })) ?? deployedFile(district, name);
  if (file === undefined) throw new DistrictFault('not-found');
  const whole = await openAsBlob(file.path);
  const part = readRange(range, file.bytes);
  const bytes = { 'accept-ranges': 'bytes', 'cache-control': 'no-store' };
  // A part that is not there is answered with the whole, as whoever knows no parts would.
  if (typeof part === 'string')
    return { status: 200 as const, headers: bytes, body: new File([whole], name, { type: mime }) };
  const { first, last } = part;
  return {
    status: 206 as const,
    headers: { ...bytes, 'content-range': `bytes ${first}-${last}/${file.bytes}` },
    body: new File([whole.slice(first, last + 1)], name, { type: mime }),
  };
}

/** A file of the district's own that the draft names, or that is published. */
async function keptFile(
  district: Kept,
  { id, name, mime }: { readonly id: string; readonly name: string; readonly mime: string },
): Promise<DeployedFile | undefined> {
  const sha256 = name.slice(0, HASH_LETTERS);
  const rows = await all<{ body: unknown }>(
    district.database,
    sql`select record -> 'body' as body from draft where id = ${id} and record #>> '{body,sha256}' = ${sha256}
        union all select record -> 'body' from content
          where kind = 'media' and state = 'published' and record #>> '{body,sha256}' = ${sha256}`,
  );
  const file = rows
    .map(({ body }) => namedFileSchema.safeParse(body))
    .find(({ data }) => data !== undefined && data.mime === mime)?.data;
  const path = file && keptPath(district, file);
  return file && path !== undefined ? { path, bytes: file.bytes } : undefined;
}

/** A preview's slides, each with the path under which its page finds the picture; one that is not here is left out. */
export async function withPicturePaths(district: Kept, id: string, answer: unknown) {
  return Promise.all(
    z
      .array(slideSchema)
      .parse(answer)
      .map(async ({ picture, ...slide }) => {
        const file = readMediaPath(picture ?? '');
        const isThere =
          file !== undefined &&
          ((await keptFile(district, { id, ...file })) ?? deployedFile(district, file.name)) !==
            undefined;
        return isThere ? { ...slide, picture: pathOf(id, file.name) } : slide;
      }),
  );
}

const pathOf = (id: string, name: string) => `${OFFICE_PREFIX}/drafts/${id}/file/${name}`;

/** The answer to a preview's question about a file's record, with the path under which its page finds the file. */
export function withFilePath(district: Pick<District, 'settings'>, id: string, answer: unknown) {
  const { body } = (answer ?? {}) as { body?: unknown };
  const file = namedFileSchema.safeParse(body).data;
  if (file === undefined) return answer;
  const name = mediaFileName(file);
  const isThere =
    keptPath(district, file) !== undefined || deployedFile(district, name)?.bytes === file.bytes;
  if (!isThere) return answer;
  return { ...(answer as object), path: pathOf(id, name) };
}
