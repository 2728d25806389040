import type { CSSProperties } from 'react';
import { useTranslation } from 'react-i18next';
import type { FormBlock, FormSampleBody } from '#shared/content/kinds/form-sample.ts';
import styles from './form-sheet.module.css';

/** Height of a line to write on, as in form-sheet.module.css. */
const LINE_EM = 1.9;

type Example = FormSampleBody['example'];

/** A form as it looks on paper; the filled one is marked as a sample. The paper is Chinese in every language. */
export function FormSheet({
  form,
  filled,
}: {
  readonly form: FormSampleBody;
  readonly filled: boolean;
}) {
  const { t } = useTranslation();
  const example = filled ? form.example : {};
  return (
    <article className={styles.paper} lang="zh-CN" dir="ltr">
      <h3 className={styles.title}>
        {form.title}
        {filled && <span className={styles.mark}>{t('forms.sampleMark')}</span>}
      </h3>
      {form.blocks.map((block) => (
        <Block key={block.id} block={block} example={example} />
      ))}
    </article>
  );
}

function Block({ block, example }: { readonly block: FormBlock; readonly example: Example }) {
  switch (block.type) {
    case 'heading':
      return <h4 className={styles.heading}>{block.text}</h4>;
    case 'note':
      return <p className={styles.note}>{block.text}</p>;
    case 'paragraph':
      return <Paragraph block={block} example={example} />;
    case 'fields':
    case 'signature':
      return <Fields block={block} example={example} />;
    case 'choice':
      return <ChoiceLine block={block} example={example} />;
    case 'table':
      return <FormTable block={block} example={example} />;
  }
}

type BlockOf<Type extends FormBlock['type']> = Extract<FormBlock, { type: Type }>;

function Paragraph({
  block,
  example,
}: {
  readonly block: BlockOf<'paragraph'>;
  readonly example: Example;
}) {
  const parts = block.text.split(/\{\{([a-z0-9-]+)\}\}/);
  return (
    <p className={styles.paragraph}>
      {parts.map((part, at) =>
        at % 2 === 0 ? (
          part
        ) : (
          <span key={part} className={styles.blank}>
            {written(example, part)}
          </span>
        ),
      )}
    </p>
  );
}

function Fields({
  block,
  example,
}: {
  readonly block: BlockOf<'fields' | 'signature'>;
  readonly example: Example;
}) {
  const columns = block.type === 'fields' ? block.columns : Math.min(2, block.fields.length);
  return (
    <dl className={`${styles.fields} ${styles[`columns${columns}`]}`}>
      {block.fields.map((field) => (
        <div key={field.id} className={styles.field}>
          <dt>{field.label}</dt>
          <dd
            className={field.lines > 1 ? styles.long : undefined}
            style={example[field.id] === undefined ? roomFor(field.lines) : undefined}
          >
            {written(example, field.id)}
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** As many empty lines as there are on paper. */
function roomFor(lines: number): CSSProperties {
  return { minBlockSize: `${lines * LINE_EM}em` };
}

function ChoiceLine({
  block,
  example,
}: {
  readonly block: BlockOf<'choice'>;
  readonly example: Example;
}) {
  const chosen = [example[block.id] ?? []].flat(2);
  return (
    <p className={styles.choice}>
      <span>{block.label}</span>
      {block.options.map((option) => (
        <span key={option.id}>
          {chosen.includes(option.id) ? '☑' : '☐'} {option.text}
        </span>
      ))}
    </p>
  );
}

function FormTable({
  block,
  example,
}: {
  readonly block: BlockOf<'table'>;
  readonly example: Example;
}) {
  const rows = example[block.id];
  const filled = Array.isArray(rows) ? rows.map((row) => (Array.isArray(row) ? row : [row])) : [];
  const empty = Array.from(
    { length: Math.max(0, block.rows - filled.length) },
    () => [] as string[],
  );
  const keyed = [...filled, ...empty].map((cells, at) => ({ id: String(at), cells }));
  return (
    <table className={styles.table}>
      {block.label !== '' && <caption>{block.label}</caption>}
      <thead>
        <tr>
          {block.columns.map((column) => (
            <th key={column.id} scope="col">
              {column.label}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {keyed.map((row) => (
          <tr key={row.id}>
            {block.columns.map((column, at) => (
              <td key={column.id}>{row.cells[at] ?? '\u00a0'}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function written(example: Example, id: string): string {
  const value = example[id];
  return typeof value === 'string' ? value : '\u3000\u3000\u3000\u3000';
}
