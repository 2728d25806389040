import { setTimeout as pause } from 'node:timers/promises';
import type { LockedShell } from './locked-shell.ts';
import type { XHand } from './x-hand.ts';

/** Somebody who wants out: a hand at keyboard and mouse, fingers, and what a page of ours might one day contain. */
export interface Attempt {
  readonly hand: XHand;
  readonly shell: LockedShell;
}

/** A way out that people try (standards S), as steps; what must hold is looked at after each. */
export interface Technique {
  readonly name: string;
  readonly steps: readonly Step[];
}
export interface Step {
  readonly name: string;
  readonly act: (attempt: Attempt) => Promise<unknown>;
}

/** Chromium's dialogs are there by then. */
const OPENS_MS = 1000;

const LETTERS = Array.from('abcdefghijklmnopqrstuvwxyz');
const DIGITS = Array.from('0123456789');
const FUNCTIONS = Array.from({ length: 12 }, (_, at) => `F${at + 1}`);
const OTHERS = [
  ...['plus', 'minus', 'equal', 'comma', 'period', 'slash', 'grave', 'space', 'Tab', 'Return'],
  ...['Escape', 'Left', 'Right', 'Up', 'Down', 'Home', 'End', 'Prior', 'Next', 'Insert', 'Delete'],
];

/** xdotool waits a little after each key of a line; one that is pressed only to be refused needs none. */
const press = (key: string): Step => ({
  name: key,
  act: ({ hand }) => hand.act(`key --delay 2 ${key}`),
});
const presses = (modifier: string, keys: readonly string[]) =>
  keys.map((key) => press(modifier === '' ? key : `${modifier}+${key}`));

/** With time for what it opens: in a row of keys the next one may close it again before anybody looks. */
const pressAlone = (key: string): Step => ({
  name: key,
  act: async ({ hand }) => {
    await hand.act(`key --delay 2 ${key}`);
    await pause(OPENS_MS);
  },
});

const gesture = (name: string, ...lines: readonly string[]): Step => ({
  ...{ name, act: ({ hand }: Attempt) => hand.act(...lines) },
});

const PLACES = [
  { name: 'a title', at: '540 300' },
  { name: 'an entry', at: '300 700' },
  { name: 'an empty place', at: '1070 960' },
  { name: 'the bar', at: '540 1880' },
] as const;

/** What stands in the page for a step: as if a page of ours contained it one day. */
const inPage = (name: string, expression: string): Step => ({
  name,
  act: ({ shell }) => shell.run(`{ ${expression} }; undefined`).catch(() => {}),
});

const BED =
  'position:fixed;left:340px;top:600px;width:400px;height:200px;z-index:9999;background:#fff';
/** Puts something on the page, touches it with the real hand, and takes it away again. */
const touching = (name: string, make: string, lines: readonly string[] = ['click 1']): Step => ({
  name,
  act: async ({ hand, shell }) => {
    await shell.run(`{
      const planted = (() => { ${make} })();
      planted.id = 'planted';
      planted.setAttribute('class', '');
      for (const rule of ${JSON.stringify(BED)}.split(';')) planted.style.setProperty(...rule.split(':'));
      document.body.append(planted);
    }; undefined`);
    await hand.act('mousemove 540 700', ...lines);
    await pause(60);
    await shell.run(`document.getElementById('planted')?.remove()`).catch(() => {});
  },
});
const link = (address: string, more = '') =>
  `const a = document.createElement('a'); a.href = ${JSON.stringify(address)}; a.textContent = 'x'; ${more}; return a;`;

export const ADDRESSES = [
  'https://www.12348.gov.cn/',
  'http://127.0.0.1:9/',
  'http://localhost/',
  'file:///etc/passwd',
  'data:text/html,<h1>x</h1>',
  'blob:kiosk://station/0',
  'about:blank',
  'chrome://settings/',
  'chrome://version/',
  'devtools://devtools/bundled/inspector.html',
  'view-source:kiosk://station/visitor/',
  'kiosk://station.example/visitor/',
  'kiosk://station@example.com/visitor/',
  'http://127.0.0.1.example.com/visitor/',
  'ftp://example.com/',
  'mailto:someone@example.com',
  'tel:12348',
  'intent://x#Intent;end',
  'ms-settings:',
  'smb://server/share',
  'javascript:document.body.replaceChildren()',
];

/** Chromium's own fingers: `from` to `to` in CSS pixels, in a few moves. */
const swipe = (
  name: string,
  ...paths: readonly (readonly [number, number, number, number])[]
): Step => ({
  name,
  act: async ({ shell }) => {
    const at = (share: number) =>
      paths.map(([x, y, toX, toY], id) => ({
        ...{ id, x: x + (toX - x) * share, y: y + (toY - y) * share },
      }));
    await shell.input('dispatchTouchEvent', { type: 'touchStart', touchPoints: at(0) });
    for (const share of [0.2, 0.5, 0.8, 1])
      await shell.input('dispatchTouchEvent', { type: 'touchMove', touchPoints: at(share) });
    await shell.input('dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
  },
});
const pinch = (name: string, scaleFactor: number): Step => ({
  name,
  act: ({ shell }) =>
    shell.input('synthesizePinchGesture', { x: 540, y: 900, scaleFactor, relativeSpeed: 4000 }),
});
const longPress = (name: string, x: number, y: number): Step => ({
  name,
  act: async ({ shell }) => {
    const touchPoints = [{ x, y }];
    await shell.input('dispatchTouchEvent', { type: 'touchStart', touchPoints });
    await pause(700);
    await shell.input('dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
  },
});
const drop = (name: string, data: object): Step => ({
  name,
  act: async ({ shell }) => {
    for (const type of ['dragEnter', 'dragOver', 'drop'])
      await shell.input('dispatchDragEvent', { type, x: 540, y: 900, data });
  },
});
const TEXT = (mimeType: string, text: string) => ({
  ...{ items: [{ mimeType, data: text }], files: [], dragOperationsMask: 1 },
});

/** Keys and buttons, as of a keyboard and a mouse that somebody plugs in: they are tried at a page without a program, too. */
export const KEYS_AND_BUTTONS: readonly Technique[] = [
  { name: 'function keys', steps: presses('', FUNCTIONS) },
  {
    name: 'Shift and function keys',
    steps: presses('shift', [...FUNCTIONS, 'Escape', 'Insert', 'Delete']),
  },
  { name: 'Ctrl and letters', steps: presses('ctrl', LETTERS) },
  {
    name: 'Ctrl and digits, signs and named keys',
    steps: presses('ctrl', [...DIGITS, ...OTHERS, ...FUNCTIONS]),
  },
  {
    name: 'Ctrl, Shift and letters',
    steps: presses('ctrl+shift', [
      ...LETTERS.filter((key) => key !== 'q'),
      'Tab',
      'Delete',
      'Escape',
      'F5',
      'F10',
    ]),
  },
  { name: 'Alt and letters', steps: presses('alt', LETTERS) },
  {
    name: 'Alt and digits, signs and named keys',
    steps: presses('alt', [...DIGITS, ...OTHERS, ...FUNCTIONS.filter((key) => key !== 'F4')]),
  },
  {
    name: 'Ctrl and Alt',
    steps: presses('ctrl+alt', [
      ...LETTERS,
      ...FUNCTIONS,
      'Delete',
      'BackSpace',
      'Left',
      'Right',
      'Tab',
      'Escape',
    ]),
  },
  {
    name: 'the Windows key',
    steps: [
      press('Super_L'),
      press('Super_R'),
      ...presses('super', [...LETTERS, ...DIGITS, 'Tab', 'space', 'Left', 'Up']),
    ],
  },
  {
    name: 'keys for menu, picture, browser and sound',
    steps: presses('', [
      'Menu',
      'Print',
      'Pause',
      'Help',
      'Undo',
      'Find',
      'Cancel',
      'XF86Back',
      'XF86Forward',
      'XF86Refresh',
      'XF86Search',
      'XF86HomePage',
      'XF86Mail',
      'XF86WWW',
      'XF86Explorer',
      'XF86Calculator',
      'XF86AudioPlay',
      'XF86AudioMute',
      'XF86Favorites',
      'XF86New',
      'XF86Open',
      'XF86Close',
      'XF86Save',
      'XF86Documents',
      'XF86Launch1',
    ]),
  },
  {
    name: 'keys that open something of Chromium’s, each for itself',
    steps: [
      ...['F1', 'F10', 'F12', 'shift+Escape', 'ctrl+o', 'ctrl+s', 'ctrl+p', 'ctrl+u', 'ctrl+j'],
      ...['ctrl+h', 'ctrl+n', 'ctrl+t', 'ctrl+f', 'ctrl+d', 'alt+f', 'ctrl+shift+i'],
      ...['ctrl+shift+n', 'ctrl+shift+m', 'ctrl+shift+o', 'ctrl+shift+Delete'],
    ].map(pressAlone),
  },
  {
    name: 'Ctrl+W, Ctrl+F4 and Alt+F4 many times',
    steps: [
      gesture('Ctrl+W', ...Array.from({ length: 6 }, () => 'key --delay 2 ctrl+w')),
      gesture('Ctrl+F4', ...Array.from({ length: 6 }, () => 'key --delay 2 ctrl+F4')),
    ],
  },
  {
    name: 'right click',
    steps: PLACES.map(({ name, at }) => gesture(name, `mousemove ${at}`, 'click 3')),
  },
  {
    name: 'right button held and drawn',
    steps: [
      gesture('across', 'mousemove 200 400', 'mousedown 3', 'mousemove 800 900', 'mouseup 3'),
    ],
  },
];

/** Every way out of the standard's list (section S), and those that Chromium adds. */
export const TECHNIQUES: readonly Technique[] = [
  ...KEYS_AND_BUTTONS,
  {
    name: 'long press',
    steps: [
      longPress('a title', 540, 300),
      longPress('an entry', 300, 700),
      longPress('an empty place', 1070, 960),
      longPress('the bar', 540, 1880),
    ],
  },
  {
    name: 'touch of two and more fingers',
    steps: [
      swipe('two, still', [400, 800, 400, 800], [600, 800, 600, 800]),
      swipe('three, down', [300, 400, 300, 1200], [500, 400, 500, 1200], [700, 400, 700, 1200]),
      swipe(
        'four, up',
        [200, 1500, 200, 300],
        [400, 1500, 400, 300],
        [600, 1500, 600, 300],
        [800, 1500, 800, 300],
      ),
      swipe(
        'five, together',
        [200, 400, 540, 960],
        [880, 400, 540, 960],
        [200, 1500, 540, 960],
        [880, 1500, 540, 960],
        [540, 200, 540, 960],
      ),
    ],
  },
  {
    name: 'swipe from an edge',
    steps: [
      swipe('left', [1, 900, 900, 900]),
      swipe('right', [1079, 900, 100, 900]),
      swipe('top', [540, 1, 540, 1200]),
      swipe('bottom', [540, 1919, 540, 400]),
      gesture(
        'by mouse, left',
        'mousemove 0 900',
        'mousedown 1',
        'mousemove 500 900',
        'mousemove 1000 900',
        'mouseup 1',
      ),
      gesture(
        'by mouse, top',
        'mousemove 540 0',
        'mousedown 1',
        'mousemove 540 900',
        'mousemove 540 1500',
        'mouseup 1',
      ),
    ],
  },
  { name: 'pinch', steps: [pinch('out', 3), pinch('in', 0.3)] },
  {
    name: 'double tap',
    steps: [
      {
        name: 'twice',
        act: ({ shell }) =>
          shell.input('synthesizeTapGesture', {
            x: 1070,
            y: 960,
            tapCount: 2,
            gestureSourceType: 'touch',
          }),
      },
      gesture('by mouse', 'mousemove 1070 960', 'click --repeat 3 --delay 20 1'),
    ],
  },
  {
    name: 'zoom by the wheel',
    steps: [
      gesture(
        'in',
        'mousemove 1070 960',
        'keydown ctrl',
        'click --repeat 5 --delay 5 4',
        'keyup ctrl',
      ),
      gesture('out', 'keydown ctrl', 'click --repeat 9 --delay 5 5', 'keyup ctrl'),
    ],
  },
  {
    name: 'back and forward by wheel and buttons',
    steps: [6, 7, 8, 9].map((button) =>
      gesture(`button ${button}`, `click --repeat 3 --delay 5 ${button}`),
    ),
  },
  {
    name: 'back and forward by history',
    steps: [
      inPage('back', 'history.go(-20)'),
      inPage('forward', 'history.go(20)'),
      gesture('Backspace', 'key --delay 2 BackSpace'),
    ],
  },
  {
    name: 'middle click',
    steps: [
      inPage('text to paste', 'getSelection().selectAllChildren(document.body)'),
      ...PLACES.map(({ name, at }) => gesture(`pasted on ${name}`, `mousemove ${at}`, 'click 2')),
      touching('a link', link('https://www.12348.gov.cn/'), ['click 2']),
    ],
  },
  {
    name: 'text selection and its menus',
    steps: [
      gesture(
        'drawn',
        'mousemove 200 300',
        'mousedown 1',
        'mousemove 800 1200',
        'mouseup 1',
        'click 3',
      ),
      gesture('by clicks', 'mousemove 540 300', 'click --repeat 3 --delay 20 1', 'click 3'),
      gesture('by keys', 'key --delay 2 ctrl+a', 'key --delay 2 ctrl+c', 'key --delay 2 Menu'),
    ],
  },
  {
    name: 'drag of links, pictures and text',
    steps: [
      touching('a link', link('https://www.12348.gov.cn/'), [
        'mousedown 1',
        'mousemove 560 800',
        'mousemove 700 1200',
        'mouseup 1',
      ]),
      drop('an address', TEXT('text/uri-list', 'https://www.12348.gov.cn/')),
      drop('text', TEXT('text/plain', 'file:///etc/passwd')),
      drop('a page', TEXT('text/html', '<a href="https://example.com">x</a>')),
    ],
  },
  {
    name: 'drop of files',
    steps: [
      drop('one', { items: [], files: ['/etc/hostname'], dragOperationsMask: 1 }),
      drop('a folder', { items: [], files: ['/etc'], dragOperationsMask: 1 }),
    ],
  },
  {
    name: 'links to elsewhere',
    steps: ADDRESSES.map((address) => touching(address, link(address))),
  },
  {
    name: 'links in a new window',
    steps: [
      touching('_blank', link('https://www.12348.gov.cn/', `a.target = '_blank'`)),
      touching('with Ctrl', link('/visitor/'), ['keydown ctrl', 'click 1', 'keyup ctrl']),
      touching('with Shift', link('/visitor/'), ['keydown shift', 'click 1', 'keyup shift']),
      touching('with Alt', link('/visitor/index.html'), ['keydown alt', 'click 1', 'keyup alt']),
    ],
  },
  {
    name: 'navigation by address',
    steps: ADDRESSES.map((address) =>
      inPage(address, `location.assign(${JSON.stringify(address)})`),
    ),
  },
  {
    name: 'window.open',
    steps: [
      ...['/visitor/', 'https://www.12348.gov.cn/', 'about:blank', 'file:///etc/passwd'].map(
        (address) => inPage(address, `open(${JSON.stringify(address)})`),
      ),
      inPage('as a pop-up', `open('/visitor/', 'x', 'popup,width=300,height=300')`),
      inPage('beside the page', `void documentPictureInPicture.requestWindow()`),
    ],
  },
  {
    name: 'downloads',
    steps: [
      touching('a file of ours', link('/visitor/index.html', `a.download = 'x.html'`)),
      touching(
        'made by the page',
        link('', `a.href = URL.createObjectURL(new Blob(['x'])); a.download = 'x.txt'`),
      ),
      touching('in the address', link('data:application/octet-stream,x', `a.download = 'x.bin'`)),
    ],
  },
  {
    name: 'choosing files',
    steps: [
      touching(
        'a field for files',
        `const input = document.createElement('input'); input.type = 'file'; return input;`,
      ),
      touching(
        'a folder',
        `const input = document.createElement('input'); input.type = 'file'; input.webkitdirectory = true; return input;`,
      ),
      inPage('open', 'showOpenFilePicker().catch(() => {})'),
      inPage('save', 'showSaveFilePicker().catch(() => {})'),
      inPage('a folder by script', 'showDirectoryPicker().catch(() => {})'),
    ],
  },
  {
    name: 'native pickers',
    steps: ['color', 'date', 'month', 'time'].map((type) =>
      touching(
        type,
        `const input = document.createElement('input'); input.type = '${type}'; return input;`,
        ['click 1', 'key --delay 2 Escape'],
      ),
    ),
  },
  {
    name: 'printing',
    steps: [
      inPage('by script', 'print()'),
      gesture('by keys', 'key --delay 2 ctrl+p', 'key --delay 2 ctrl+shift+p'),
    ],
  },
  {
    name: 'dialogs',
    steps: [
      inPage('alert', `setTimeout(() => alert('x'))`),
      inPage('confirm', `setTimeout(() => confirm('x'))`),
      inPage('prompt', `setTimeout(() => prompt('x'))`),
    ],
  },
  {
    name: 'prompts for permissions and devices',
    steps: [
      'Notification.requestPermission()',
      'navigator.geolocation.getCurrentPosition(() => {}, () => {})',
      'navigator.mediaDevices.getUserMedia({ audio: true, video: true }).catch(() => {})',
      'navigator.mediaDevices.getDisplayMedia().catch(() => {})',
      'navigator.clipboard.readText().catch(() => {})',
      'navigator.usb.requestDevice({ filters: [] }).catch(() => {})',
      'navigator.hid.requestDevice({ filters: [] }).catch(() => {})',
      'navigator.serial.requestPort().catch(() => {})',
      'navigator.bluetooth.requestDevice({ acceptAllDevices: true }).catch(() => {})',
      'navigator.requestMIDIAccess({ sysex: true }).catch(() => {})',
      'navigator.credentials.get({ publicKey: { challenge: new Uint8Array(16) } }).catch(() => {})',
      'getScreenDetails().catch(() => {})',
      'queryLocalFonts().catch(() => {})',
      'new EyeDropper().open().catch(() => {})',
      `navigator.share({ title: 'x' }).catch(() => {})`,
      `navigator.registerProtocolHandler('web+x', '/visitor/?%s')`,
      'document.requestStorageAccess().catch(() => {})',
    ].map((code) => inPage(code.slice(0, 60), code)),
  },
  {
    name: 'full screen and pointer',
    steps: [
      inPage('into', 'document.documentElement.requestFullscreen().catch(() => {})'),
      gesture('out of it', 'key --delay 2 Escape', 'key --delay 2 F11'),
      inPage('out by script', 'document.exitFullscreen().catch(() => {})'),
      inPage('pointer', 'document.body.requestPointerLock()'),
      gesture('pointer back', 'key --delay 2 Escape'),
      inPage('moved', 'moveTo(200, 200); resizeTo(300, 300)'),
      inPage('blurred', 'blur()'),
    ],
  },
  {
    name: 'developer tools',
    steps: [
      ...presses('ctrl+shift', ['i', 'j', 'c', 'k', 'm', 'e']),
      press('F12'),
      press('ctrl+u'),
      inPage('a stop in the script', 'debugger'),
    ],
  },
  {
    name: 'other windows of the session',
    steps: [
      ...presses('alt', ['Tab', 'shift+Tab', 'F6', 'Escape']),
      gesture('touched while held', 'keydown alt', 'key Tab', 'click 1', 'key Tab', 'keyup alt'),
    ],
  },
];

/** Keys that end a browser outright, where no program in it is asked: the terminal has to be back by itself. */
export const ENDING: readonly Step[] = [press('alt+F4'), press('ctrl+shift+q')];
