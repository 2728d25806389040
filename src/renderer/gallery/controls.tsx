import styles from './gallery.module.css';
import { PANEL_CHOICES, type View, type ViewField } from './view.ts';

/** How to look at the components: plain controls of the browser, so that they are not taken for specimens. */
export function Controls({
  view,
  sections,
}: {
  readonly view: View;
  readonly sections: readonly string[];
}) {
  const { session, panel, only = '' } = view;
  return (
    <form className={styles.controls} lang="en" dir="ltr">
      <Select field="only" value={only} options={['', ...sections]} view={view} />
      <Select
        field="language"
        value={session.language}
        options={['zh-CN', 'en', 'x-rtl']}
        view={view}
      />
      <Select field="zoom" value={String(session.zoom)} options={['1', '1.5', '2']} view={view} />
      <Select
        field="contrast"
        value={session.contrast ? 'more' : ''}
        options={['', 'more']}
        view={view}
      />
      <Select field="panel" value={panel} options={PANEL_CHOICES} view={view} />
    </form>
  );
}

const LABELS: Readonly<Record<ViewField, string>> = {
  only: 'Section',
  language: 'Language',
  zoom: 'Zoom',
  contrast: 'Contrast',
  panel: 'Panel (inches)',
};
const EMPTY: Partial<Record<ViewField, string>> = { only: 'all', contrast: 'normal' };

function Select({
  field,
  value,
  options,
  view,
}: {
  readonly field: ViewField;
  readonly value: string;
  readonly options: readonly string[];
  readonly view: View;
}) {
  return (
    <label>
      {LABELS[field]}{' '}
      <select value={value} onChange={(event) => view.set(field, event.target.value)}>
        {options.map((option) => (
          <option key={option} value={option}>
            {option === '' ? EMPTY[field] : option}
          </option>
        ))}
      </select>
    </label>
  );
}
