/** What a browser offers beside the page (menu of a long press or right click, dragging, dropped files) is not for visitors. */
const OFFERS = ['contextmenu', 'dragstart', 'dragover', 'drop'] as const;

/** Takes the browser's own offers off a page; nothing else of the page listens to them. */
export function withoutMenus(page: Window): void {
  for (const offer of OFFERS)
    page.addEventListener(offer, (event) => event.preventDefault(), { capture: true });
}
