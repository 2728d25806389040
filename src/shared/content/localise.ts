import type { ContentRecord, Envelope } from './envelope.ts';
import type { TranslationLanguage } from './languages.ts';

/** In which language a record's text stands after localising (see `localiseRecord`). */
export type RecordLanguage = 'own' | 'draft' | 'chinese';

/**
 * A record's body in a language. What is not translated stays Chinese, never another language (standards P-33), and the
 * result says so: `own` when every translated field is reviewed, `draft` when not, `chinese` when there is no translation.
 */
export function localiseRecord<Body>(
  record: ContentRecord<Body>,
  language: 'zh-CN' | TranslationLanguage,
): { body: Body; language: RecordLanguage } {
  if (language === 'zh-CN') return { body: record.body, language: 'own' };
  const translation = record.translations[language];
  if (translation === undefined) return { body: record.body, language: 'chinese' };
  const body = structuredCopy(record.body);
  for (const [path, text] of Object.entries(translation.fields))
    setText(body, path.split('.'), text);
  return { body, language: translation.reviewed ? 'own' : 'draft' };
}

/** Paths of a translation that lead to no text of the body, so that nobody finds out on the screen. */
export function danglingPaths(
  record: Pick<Envelope, 'body'>,
  fields: Record<string, string>,
): string[] {
  return Object.keys(fields).filter((path) => textAt(record.body, path.split('.')) === undefined);
}

function structuredCopy<Value>(value: Value): Value {
  return JSON.parse(JSON.stringify(value)) as Value;
}

function setText(root: unknown, path: readonly string[], text: string): void {
  const last = path.at(-1);
  const parent = stepInto(root, path.slice(0, -1));
  if (last === undefined || typeof parent !== 'object' || parent === null) return;
  const holder = parent as Record<string, unknown>;
  if (typeof holder[last] === 'string') holder[last] = text;
}

function textAt(root: unknown, path: readonly string[]): string | undefined {
  const found = stepInto(root, path);
  return typeof found === 'string' ? found : undefined;
}

/** Follows a path; a step into a list names one of its items by its `id`, an arrow of a flow chart by `from>to`. */
function stepInto(root: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((at, step) => {
    if (Array.isArray(at)) return at.find((item: unknown) => isNamed(item, step));
    return typeof at === 'object' && at !== null
      ? (at as Record<string, unknown>)[step]
      : undefined;
  }, root);
}

function isNamed(item: unknown, name: string): boolean {
  if (typeof item !== 'object' || item === null) return false;
  const { id, from, to } = item as { id?: unknown; from?: unknown; to?: unknown };
  return id === name || `${String(from)}>${String(to)}` === name;
}
