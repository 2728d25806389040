import type { PageLanguage } from '#shared/contract/views.ts';
import type { Library } from '../content/library.ts';

/** Form samples, in their order. */
export function listForms(library: Library, language: PageLanguage) {
  return library.shown('form-sample', language).map(({ body, provenance }) => ({
    id: provenance.id,
    title: body.title,
    purpose: body.purpose,
    language: provenance.language,
  }));
}
