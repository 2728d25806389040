import { isKeyHarmless } from '#shared/security/keys.ts';

/** What a browser offers beside the page (menu of a long press or right click, dragging, dropped files) is not for visitors. */
const OFFERS = ['contextmenu', 'dragstart', 'dragover', 'drop', 'auxclick'] as const;

/** In the place of what is taken away: it does nothing, and nobody puts it back. */
const DEAD = { value: () => null, writable: false, configurable: false };

const CAPTURE = { capture: true, passive: false } as const;

/** Takes the browser's own offers off a page; nothing else of the page listens to them. */
export function withoutMenus(page: Window): void {
  for (const offer of OFFERS)
    page.addEventListener(offer, (event) => event.preventDefault(), CAPTURE);
}

/**
 * What of a browser opens windows, dialogs or pickers of its own, or speaks with devices. No page of ours calls any of it (the
 * linter sees to that); taken away, it cannot be called by a mistake or by a library either.
 */
const OPENERS = [
  ...['print', 'open', 'alert', 'confirm', 'prompt', 'moveTo', 'moveBy', 'resizeTo', 'resizeBy'],
  ...['showOpenFilePicker', 'showSaveFilePicker', 'showDirectoryPicker'],
  ...['EyeDropper', 'documentPictureInPicture', 'PaymentRequest', 'Notification'],
] as const;

const PICKERS = ['file', 'color', 'date', 'datetime-local', 'month', 'week', 'time']
  .map((type) => `input[type=${type}]`)
  .join(', ');

/**
 * Takes off a visitor's page everything that a browser would do by itself at a key, a wheel or a further button of the mouse:
 * menus, new windows, zoom, print, back. The Electron shell refuses the same before a page hears of it; in a browser's full screen the
 * page is asked first.
 */
export function lockPage(page: Window): void {
  withoutMenus(page);
  for (const name of OPENERS) if (name in page) Object.defineProperty(page, name, DEAD);
  page.addEventListener('keydown', refuseKey, CAPTURE);
  page.addEventListener('keyup', refuseKey, CAPTURE);
  page.addEventListener('wheel', refuseZoom, CAPTURE);
  for (const kind of ['mousedown', 'mouseup'] as const)
    page.addEventListener(kind, refuseButton, CAPTURE);
  page.addEventListener('click', refusePicker, CAPTURE);
}

/**
 * A page that is shown by the terminal itself (without encryption, from its own address) or on a device of the office. On the
 * terminal somebody may plug in a keyboard: it is locked. On a device it is the browser of that device, and only menus go.
 */
export function lockOwnScreen(
  page: Window,
  isTerminal = page.location.protocol !== 'https:',
): void {
  if (isTerminal) lockPage(page);
  else withoutMenus(page);
}

function refuseKey(event: KeyboardEvent): void {
  const { key, shiftKey: shift, ctrlKey: control, altKey: alt, metaKey: meta } = event;
  if (!isKeyHarmless({ key, shift, control, alt, meta })) event.preventDefault();
}

function refuseZoom(event: WheelEvent): void {
  if (event.ctrlKey) event.preventDefault();
}

/** Only the first button touches; the others paste, scroll by themselves, or go back and forward. */
function refuseButton(event: MouseEvent): void {
  if (event.button !== 0) event.preventDefault();
}

/** A field that opens a window of the system: visitors' pages have none, and none is opened. */
function refusePicker(event: MouseEvent): void {
  const [target] = event.composedPath();
  if (target !== undefined && 'matches' in target && (target as Element).matches(PICKERS))
    event.preventDefault();
}
