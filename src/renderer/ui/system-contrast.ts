/**
 * Takes the system's wish for more contrast over, on an office PC or a television that has one; on the terminal visitors choose
 * for themselves (standards A-03).
 */
export function followSystemContrast(page: Window): void {
  const { dataset } = page.document.documentElement;
  const wish = page.matchMedia('(prefers-contrast: more)');
  const follow = () => {
    if (wish.matches) dataset.contrast = 'more';
    else delete dataset.contrast;
  };
  wish.addEventListener('change', follow);
  follow();
}
