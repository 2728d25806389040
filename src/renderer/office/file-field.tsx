import { useState } from 'react';
import { valueName } from '#shared/editing/value-names.ts';
import { MEDIA_LIMITS } from '#shared/media/media-limits.ts';
import type { JsonValue } from '#shared/operations/json-value.ts';
import styles from './office.module.css';
import { office } from './office-client.ts';
import { filled, OFFICE_TEXTS } from './office-texts.ts';
import { Fault, useDoing } from './parts.tsx';

type UploadedFile = NonNullable<Awaited<ReturnType<typeof office.drafts.upload>>['file']>;

/** The file of a record that names one: which it is, and a way to hand in another. */
export function FileField({
  draft,
  body,
  onFile,
}: {
  readonly draft: string;
  readonly body: Readonly<Record<string, JsonValue>>;
  /** Told what the server found the file to be. */
  readonly onFile: (file: UploadedFile) => void;
}) {
  const [percent, setPercent] = useState<number>();
  const [isDone, setIsDone] = useState(false);
  const { act, fault, isPending } = useDoing(
    (file: File) => upload(draft, file, setPercent),
    (file) => {
      setIsDone(true);
      onFile(file);
    },
    // The draft itself did not change: what is being written must not be asked for anew.
    false,
  );
  return (
    <fieldset className={styles.box}>
      <legend>{OFFICE_TEXTS.file}</legend>
      {typeof body.sha256 === 'string' && <p>{fileText(body)}</p>}
      <label className={styles.label}>
        {OFFICE_TEXTS.chooseFile}
        <input
          type="file"
          accept={ACCEPTED}
          disabled={isPending}
          onChange={({ target }) => {
            const file = target.files?.[0];
            setIsDone(false);
            setPercent(undefined);
            if (file !== undefined) act(file);
            target.value = '';
          }}
        />
      </label>
      <span className={styles.empty}>{OFFICE_TEXTS.fileHint}</span>
      {isPending && (
        <p role="status">{filled(OFFICE_TEXTS.uploading, { percent: percent ?? 0 })}</p>
      )}
      {isDone && (
        <p role="status" className={styles.good}>
          {OFFICE_TEXTS.uploaded}
        </p>
      )}
      <Fault sentence={fault} />
    </fieldset>
  );
}

const ACCEPTED = '.png,.jpg,.jpeg,.webp,.pdf,.mp4,.webm,.mp3,.ogg,.wav';
const MB = 1_000_000;

function fileText({ type, bytes }: Readonly<Record<string, JsonValue>>): string {
  return filled(OFFICE_TEXTS.fileIs, {
    type: valueName('type', typeof type === 'string' ? type : ''),
    size: (Number(bytes) / MB).toFixed(1),
  });
}

/** Hands a file in piece by piece: a film needs no long request, and the person sees how far it is. */
async function upload(
  draft: string,
  file: File,
  onPercent: (percent: number) => void,
): Promise<UploadedFile> {
  const id = crypto.randomUUID();
  for (let at = 0; ; ) {
    const piece = file.slice(at, at + MEDIA_LIMITS.pieceBytes);
    const base64 = await base64Of(piece);
    const taken = await office.drafts.upload({
      ...{ id: draft, upload: id, at, bytes: file.size, base64 },
    });
    if (taken.file !== undefined) return taken.file;
    at = taken.received;
    onPercent(Math.floor((100 * at) / file.size));
  }
}

async function base64Of(piece: Blob): Promise<string> {
  const bytes = new Uint8Array(await piece.arrayBuffer());
  let binary = '';
  // In spans: a call takes no millions of arguments.
  for (let at = 0; at < bytes.length; at += SPAN)
    binary += String.fromCharCode(...bytes.subarray(at, at + SPAN));
  return btoa(binary);
}

const SPAN = 32_768;
