import type { MediaBody } from '#shared/content/kinds/media.ts';
import { type MediaKindOf, mediaTypeOf } from '#shared/media/media-type.ts';
import type { Draft, Me } from '#shared/office/office-views.ts';
import { writeAct } from '../audit/audit-trail.ts';
import type { District } from '../district.ts';
import { DistrictFault } from '../district-fault.ts';
import { fullDivision } from './division-files.ts';
import { fittingKind, kindOfFile } from './file-limits.ts';
import { gatherPiece, type Piece, uploadPath } from './gather-pieces.ts';
import { hashOf, keepFile, noteFile } from './media-store.ts';

/** What the server has, and with the last piece what it is. */
export interface Taken {
  readonly received: number;
  readonly file?: Pick<MediaBody, 'type' | 'mime' | 'sha256' | 'bytes'>;
}

/**
 * Takes a piece of the file that a draft is to name. What the file is, its content says and the server reckons: nothing that
 * the page says of it is believed but its length. Nobody else sees it before it is published. Throws `bad-input` with one sentence for
 * the editor, `changed` where the piece does not follow on what is here, and `later` without room.
 */
export async function takePiece(
  district: District,
  draft: Draft,
  piece: Piece,
  by: Me,
): Promise<Taken> {
  if (draft.record.kind !== 'media' || draft.state !== 'draft' || draft.content === null)
    throw new DistrictFault('bad-input');
  const { bytes } = piece;
  const received = await gatherPiece(district, piece, by, async (first) => {
    assertFits(mediaTypeOf(first), bytes);
    await assertFitsDivision(district, draft, bytes);
  });
  if (received < bytes) return { received };
  const path = uploadPath(district, by, piece.upload);
  return { received, file: await keep(district, draft, path, bytes, by) };
}

async function keep(district: District, draft: Draft, path: string, bytes: number, by: Me) {
  const { type, mime } = assertFits(await kindOfFile(path), bytes);
  const file = { type, mime, sha256: await hashOf(path), bytes };
  await keepFile(district, path, file);
  const at = district.now();
  await district.database.transaction(async (db) => {
    await noteFile(db, file, { actor: by.id, at });
    const subject = `${draft.record.id} ${draft.record.scope}`;
    const detail = `${file.sha256} ${bytes}`;
    await writeAct(db, { at, actor: by.id, action: 'file-uploaded', subject, detail });
  });
  return file;
}

function assertFits(kind: MediaKindOf | undefined, bytes: number): MediaKindOf {
  const fitting = fittingKind(kind, bytes);
  if (typeof fitting === 'string') throw new DistrictFault('bad-input', fitting);
  return fitting;
}

/** Before it is sent nobody knows its hash: it counts as another file than all others. */
async function assertFitsDivision(
  { database }: District,
  draft: Draft,
  bytes: number,
): Promise<void> {
  const fault = await fullDivision(database, draft, { sha256: '', bytes }, 'in-work');
  if (fault !== undefined) throw new DistrictFault('bad-input', fault);
}
