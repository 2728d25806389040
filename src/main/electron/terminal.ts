import {
  app,
  type BrowserWindow,
  type IpcMainEvent,
  ipcMain,
  type Session,
  session,
} from 'electron';
import type { StationCard } from '#shared/contract/host-process.ts';
import type { StationLog } from '#station/log/station-log.ts';
import { openMediaFiles } from '#station/media/media-files.ts';
import { type PageFile, readPageFiles } from '#station/transport/page-files.ts';
import { type Recoveries, recordHost } from '../shell/recoveries.ts';
import { QUIET_MS, RECOVERY_PAGE_MS, type Rung, recoveryLadder } from '../shell/recovery-ladder.ts';
import { readRecoveryPage, recoveryFiles } from '../shell/recovery-page.ts';
import type { SupervisedHost } from '../shell/supervised-host.ts';
import { IPC } from './ipc-names.ts';
import { lockDownSession } from './lock-down.ts';
import { isOwnPage, RECOVERY_PAGE, VISITOR_PAGE } from './page-address.ts';
import { bridgePages, type PagePorts } from './page-ports.ts';
import { servePages } from './page-scheme.ts';
import { type PageFault, type PageWatch, watchPage } from './page-watch.ts';
import { createVisitorWindow } from './visitor-window.ts';

/** What ails the page may pass by itself, so that the higher measures wait a little. */
const PAUSE_MS: Readonly<Record<Rung, number>> = {
  reload: 0,
  home: 500,
  window: 1000,
  host: 2000,
  'recovery-page': 0,
};

/** A recovery page whose process dies at once, again and again, is not shown anew more often. */
const STILL_AGAIN_MS = 3000;

/** What a terminal is made of. */
export interface TerminalParts {
  readonly host: SupervisedHost;
  readonly recoveries: Recoveries;
  /** Called whenever the page was seen to be usable. */
  readonly onUsable: () => void;
  readonly log: StationLog;
  /** The built pages; undefined for a terminal that only stands by. */
  readonly pageDir: string | undefined;
  readonly recoveryDir: string;
  /** Folders of films and pamphlets. */
  readonly mediaFolders: readonly string[];
  readonly preload: string;
}

/** The one window of this program with its page, kept alive until it is stopped. */
export interface Terminal {
  /** For how long nobody has touched the page, milliseconds; undefined while it is not known. */
  readonly untouchedMs: () => number | undefined;
  /** Opens a new window with the first page, at a quiet moment. */
  readonly renew: () => void;
  readonly stop: () => void;
}

/** Opens the window and keeps a working page in it. Call once, when Electron is ready. */
export function openTerminal(parts: TerminalParts): Terminal {
  const terminal = new VisitorTerminal(parts);
  terminal.open();
  return terminal;
}

class VisitorTerminal implements Terminal {
  readonly #parts: TerminalParts;
  readonly #session: Session;
  readonly #files: Map<string, PageFile>;
  readonly #recovery: ReadonlyMap<string, PageFile>;
  readonly #ports: PagePorts;
  readonly #nextRung = recoveryLadder(QUIET_MS, () => performance.now());
  #window: BrowserWindow | undefined;
  #watch: PageWatch | undefined;
  #address = VISITOR_PAGE;
  #station: StationCard | undefined;
  #timer: NodeJS.Timeout | undefined;
  #stillAgain: NodeJS.Timeout | undefined;
  /** The recovery page stands because there is no host. */
  #standingBy = false;
  #trouble: string | undefined;
  #stopping = false;

  constructor(parts: TerminalParts) {
    this.#parts = parts;
    // Without "persist:" nothing of a visit is ever written to the disk.
    this.#session = session.fromPartition('visitor', { cache: false });
    this.#files = new Map(parts.pageDir === undefined ? [] : readPageFiles(parts.pageDir));
    this.#recovery = readRecoveryPage(parts.recoveryDir, (sentence) => console.error(sentence));
    this.#addRecoveryPage();
    lockDownSession(this.#session);
    servePages(this.#session, {
      files: this.#files,
      media: openMediaFiles(parts.mediaFolders),
    });
    this.#ports = bridgePages(parts.host);
  }

  open(): void {
    const { host, log } = this.#parts;
    ipcMain.on(IPC.portRequest, (event) => this.#pageAsks(event));
    ipcMain.on(IPC.beatBack, (event) => {
      if (this.#isOurs(event)) this.#watch?.beatBack();
    });
    host.onUp((info) => {
      log.event('host-up', { restarts: host.restarts() });
      this.#addRecoveryPage(info.station);
      this.#hostIsUp();
    });
    host.onDown(() => log.event('host-down'));
    host.onNoStart(({ message }) => this.#standBy(message));
    recordHost(host, this.#parts.recoveries);
    app.on('child-process-gone', (_event, gone) =>
      log.event('process-gone', { type: gone.type, reason: gone.reason }),
    );
    // The window is rebuilt by the ladder; nothing else may end the program.
    app.on('window-all-closed', () => {});
    this.#buildWindow();
    this.#show(VISITOR_PAGE);
  }

  untouchedMs(): number | undefined {
    return this.#watch?.untouchedMs();
  }

  renew(): void {
    this.#parts.log.event('night-renewal');
    this.#startOver();
  }

  stop(): void {
    this.#stopping = true;
    clearTimeout(this.#timer);
    clearTimeout(this.#stillAgain);
    this.#watch?.stop();
    if (this.#window?.isDestroyed() === false) this.#window.destroy();
  }

  #addRecoveryPage(station?: StationCard, trouble?: string): void {
    this.#station = station ?? this.#station;
    for (const [path, file] of recoveryFiles(this.#recovery, this.#station, trouble))
      this.#files.set(path, file);
  }

  /**
   * There is no host and none is soon to be: the recovery page stands until one is up. It is told at each try of a host; only
   * another trouble makes another page.
   */
  #standBy(trouble: string): void {
    if (this.#stopping || (this.#standingBy && trouble === this.#trouble)) return;
    this.#standingBy = true;
    this.#trouble = trouble;
    this.#addRecoveryPage(undefined, trouble);
    clearTimeout(this.#timer);
    this.#show(RECOVERY_PAGE);
  }

  #hostIsUp(): void {
    if (this.#standingBy) {
      this.#standingBy = false;
      this.#startOver();
    } else if (this.#address === RECOVERY_PAGE) this.#show(RECOVERY_PAGE);
  }

  /** Without a host the recovery page is all that can be had; a new program would show no more. */
  #stillIsSound(): void {
    if (this.#standingBy) this.#parts.onUsable();
  }

  /** The new window is there before the old one goes, so that the desktop is never seen. */
  #buildWindow(): void {
    const old = this.#window;
    const window = createVisitorWindow(this.#session, this.#parts.preload);
    this.#window = window;
    this.#watch?.stop();
    this.#watch = watchPage(window.webContents, (fault, detail) => this.#recover(fault, detail), {
      onSound: this.#parts.onUsable,
      onStill: () => this.#stillIsSound(),
    });
    window.on('close', (event) => {
      if (!this.#stopping) event.preventDefault();
    });
    if (old?.isDestroyed() === false) old.destroy();
  }

  #show(address: string): void {
    if (this.#stopping) return;
    if (this.#window?.isDestroyed() !== false) this.#buildWindow();
    this.#address = address;
    clearTimeout(this.#stillAgain);
    this.#watch?.loading(address === RECOVERY_PAGE);
    // A load that fails is told by the watch.
    void this.#window?.loadURL(address).catch(() => {});
  }

  #pageAsks(event: IpcMainEvent): void {
    if (!this.#isOurs(event)) return;
    this.#watch?.alive();
    this.#ports.offer(event.sender);
  }

  /** Only the page itself is answered, never a frame in it or a page of another place. */
  #isOurs(event: IpcMainEvent): boolean {
    const frame = event.senderFrame;
    return (
      this.#window?.isDestroyed() === false &&
      event.sender === this.#window.webContents &&
      frame !== null &&
      frame === event.sender.mainFrame &&
      isOwnPage(frame.url)
    );
  }

  #recover(fault: PageFault, detail: string): void {
    if (this.#stopping) return;
    if (this.#address === RECOVERY_PAGE) {
      this.#recoverStill(fault, detail);
      return;
    }
    const rung = this.#nextRung();
    this.#parts.log.event('page-fault', { fault, detail, rung });
    this.#parts.recoveries.note('page', fault, rung);
    // Never at once: this is still within Chromium's own report of the fault.
    this.#timer = setTimeout(() => this.#climb(rung), PAUSE_MS[rung]);
  }

  /** There is nothing lighter to fall back to than the recovery page: it is shown anew, and what is due after it stays due. */
  #recoverStill(fault: PageFault, detail: string): void {
    this.#parts.log.event('still-page-fault', { fault, detail });
    this.#stillAgain = setTimeout(() => {
      this.#buildWindow();
      this.#show(RECOVERY_PAGE);
    }, STILL_AGAIN_MS);
  }

  #climb(rung: Rung): void {
    switch (rung) {
      case 'reload':
        this.#show(this.#currentPage());
        break;
      case 'home':
        this.#show(VISITOR_PAGE);
        break;
      case 'host':
        this.#parts.host.restart();
        this.#startOver();
        break;
      case 'window':
        this.#startOver();
        break;
      case 'recovery-page':
        this.#buildWindow();
        this.#show(RECOVERY_PAGE);
        this.#timer = setTimeout(() => this.#startOver(), RECOVERY_PAGE_MS);
        break;
    }
  }

  #startOver(): void {
    this.#buildWindow();
    this.#show(VISITOR_PAGE);
  }

  #currentPage(): string {
    if (this.#window?.isDestroyed() !== false) return VISITOR_PAGE;
    const address = this.#window.webContents.getURL();
    return isOwnPage(address) && address !== RECOVERY_PAGE ? address : VISITOR_PAGE;
  }
}
