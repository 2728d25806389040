/** One page with all pictures small, each leading to the large one. Names are our own: letters, digits, dots, hyphens. */
export function contactSheet(names: readonly string[]): string {
  const figures = names.map(
    (name) => `<a href="${name}.png"><img src="${name}.png" alt="" loading="lazy">${name}</a>`,
  );
  return `<!doctype html>
<meta charset="utf-8">
<title>Pictures of every page and state</title>
<style>
  body { font: 14px sans-serif; margin: 16px; background: #ddd }
  main { display: grid; grid-template-columns: repeat(auto-fill, minmax(260px, 1fr)); gap: 16px; align-items: end }
  a { display: grid; gap: 4px; color: #123 }
  img { inline-size: 100%; max-block-size: 420px; object-fit: contain; background: #fff }
</style>
<main>
${figures.join('\n')}
</main>
`;
}
