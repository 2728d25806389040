/** Letters of the pseudo-language: Arabic letters, so that the browser really lays them out from right to left. */
const LETTERS = 'ابتثجحخدذرزسشصضطظعغفقكلمنه';

type Texts = { readonly [key: string]: string | Texts };

/** A made-up right-to-left language with texts as long as the English ones; placeholders and digits stay. */
export function pseudoRightToLeft<Tree extends Texts>(texts: Tree): Tree {
  return Object.fromEntries(
    Object.entries(texts).map(([key, value]) => [
      key,
      typeof value === 'string' ? disguise(value) : pseudoRightToLeft(value),
    ]),
  ) as Tree;
}

function disguise(text: string): string {
  return text.replace(/\{\{\w+\}\}|[a-z]/gi, (part) =>
    part.length > 1 ? part : (LETTERS[part.toLowerCase().charCodeAt(0) - 97] ?? part),
  );
}
