import { useState } from 'react';
import { valueName } from '#shared/editing/value-names.ts';
import type { JsonValue } from '#shared/operations/json-value.ts';
import styles from './office.module.css';
import { office } from './office-client.ts';
import { filled, OFFICE_TEXTS } from './office-texts.ts';
import { Fault, useDoing } from './parts.tsx';
import { type SentPiece, sendPieces } from './send-pieces.ts';

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

async function upload(
  draft: string,
  file: File,
  onPercent: (percent: number) => void,
): Promise<UploadedFile> {
  const send = (piece: SentPiece) => office.drafts.upload({ id: draft, ...piece });
  const { last } = await sendPieces(file, send, onPercent);
  if (last.file === undefined)
    throw new Error('the server has the whole file and did not say what it is');
  return last.file;
}
