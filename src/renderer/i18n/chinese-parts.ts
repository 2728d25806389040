const HAN = /\p{Script=Han}/u;
/** Words of other writing; capital letters stand in Chinese numbers and names, as in A012, and so may a single small one. */
const OTHER_WORDS = /(?:(?!\p{Script=Han}|\p{Lu})\p{L}){2}/u;

/**
 * Marks what is written in Chinese on a page in another language with `lang`, so that screen readers say it in Chinese
 * (WCAG 2.2, 3.1.2): records without a draft in the page's language, names, sentences of law. What mixes both is left alone.
 * Goes on for as long as the page changes.
 * @returns ends it and takes the marks away
 */
export function markChineseParts(root: HTMLElement): () => void {
  const marked = new Set<Element>();
  const observer = new MutationObserver(() => remark(root, marked));
  observer.observe(root, { childList: true, characterData: true, subtree: true });
  remark(root, marked);
  return () => {
    observer.disconnect();
    for (const element of marked) element.removeAttribute('lang');
  };
}

function remark(root: HTMLElement, marked: Set<Element>): void {
  for (const element of marked) {
    if (element.isConnected && isChinese(element)) continue;
    element.removeAttribute('lang');
    marked.delete(element);
  }
  for (const element of parentsOfChinese(root)) {
    const known = element.closest('[lang]')?.getAttribute('lang') ?? '';
    if (known.startsWith('zh') || !isChinese(element)) continue;
    element.setAttribute('lang', 'zh-CN');
    marked.add(element);
  }
}

function parentsOfChinese(root: HTMLElement): Element[] {
  const texts = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  const found: Element[] = [];
  while (texts.nextNode() !== null) {
    const { parentElement, textContent } = texts.currentNode;
    if (parentElement !== null && HAN.test(textContent ?? '')) found.push(parentElement);
  }
  return found;
}

function isChinese({ textContent }: Element): boolean {
  const text = textContent ?? '';
  return HAN.test(text) && !OTHER_WORDS.test(text);
}
