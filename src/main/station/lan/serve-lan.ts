import { join } from 'node:path';
import type { StationLog } from '../log/station-log.ts';
import type { Queue } from '../queue/open-queue.ts';
import type { StationRouter } from '../router.ts';
import { StartError } from '../start-error.ts';
import type { WritableDb } from '../store/sql.ts';
import type { ServerCertificate } from './certificate.ts';
import { listDevices } from './devices.ts';
import type { Lan } from './lan.ts';
import type { LanServer } from './lan-server.ts';
import { type LanSettings, readLanSettings } from './lan-settings.ts';
import { addressesOf, ownNames } from './own-names.ts';

/** How soon a technician's command, a lost pairing and a new address of this computer are taken up. */
const LOOK_EVERY_MS = 2000;
/** How often a certificate is looked at while nothing changes, and a start that failed is tried again. */
const RENEW_EVERY_MS = 60_000;
const RETRY_EVERY_MS = 30_000;

export interface LanOptions {
  readonly lan: Lan;
  readonly router: StationRouter;
  readonly hubFor: Queue['hubFor'];
  readonly pageDir: string;
  readonly db: WritableDb;
  readonly dataDir: string;
  readonly now: () => number;
  readonly log: StationLog;
}

/** The server of the station's network, as long as the settings want one. */
export interface ServedLan {
  readonly close: () => Promise<void>;
}

/** Follows the settings: starts, changes and ends the server as they say. The first look is over when this resolves. */
export async function serveLan(options: LanOptions): Promise<ServedLan> {
  const follower = new Follower(options);
  let looking = follower.look();
  const timer = setInterval(() => {
    looking = looking.then(() => follower.look());
  }, LOOK_EVERY_MS);
  timer.unref();
  await looking;
  return {
    close: async () => {
      clearInterval(timer);
      await looking;
      await follower.stop();
    },
  };
}

class Follower {
  readonly #options: LanOptions;
  #serving: { readonly server: LanServer; readonly certificate: ServerCertificate } | undefined;
  #settings: LanSettings | undefined;
  /** Whether a person has just switched it on: until it serves. */
  #isAsked = false;
  /** Every name and address of this computer, also those that are not served. */
  #present = '';
  /** What devices may call it by now: a network often comes up long after the program, which starts without one. */
  #names: readonly string[] = [];
  #nextTry = 0;

  constructor(options: LanOptions) {
    this.#options = options;
  }

  /** Never throws: what fails is reported, logged and tried again. */
  async look(): Promise<void> {
    const { lan, log } = this.#options;
    try {
      await this.#follow();
    } catch (error) {
      // What is served goes on being served.
      if (this.#serving === undefined) lan.report({ state: 'failed', urls: [] });
      log.event('lan-failed', { error: error instanceof StartError ? error.kind : nameOf(error) });
    }
  }

  async stop(): Promise<void> {
    await this.#serving?.server.close();
    this.#serving = undefined;
    this.#options.lan.report({ state: 'off', urls: [] });
  }

  async #follow(): Promise<void> {
    const settings = readLanSettings(this.#options.db);
    if (JSON.stringify(settings) !== JSON.stringify(this.#settings)) {
      this.#isAsked = this.#settings?.on === false && settings.on;
      this.#settings = settings;
      this.#nextTry = 0;
      await this.stop();
    }
    this.#cutOffUnpaired();
    if (!settings.on) return;
    this.#names = ownNames(settings);
    const present = ownNames({ ...settings, bind: '0.0.0.0' }).join();
    if (present !== this.#present) this.#nextTry = 0;
    this.#present = present;
    if (performance.now() < this.#nextTry) return;
    this.#nextTry = performance.now() + RETRY_EVERY_MS;
    if (this.#serving === undefined) await this.#start(settings);
    else await this.#renew(settings);
    this.#nextTry = performance.now() + RENEW_EVERY_MS;
  }

  async #start(settings: LanSettings): Promise<void> {
    const { bind, port } = settings;
    const certificate = await this.#certificate(settings);
    // TLS and certificates are loaded only where they are used: most terminals serve no network.
    const { startLanServer } = await import('./lan-server.ts');
    const names = () => this.#names;
    const server = await startLanServer({ ...this.#options, bind, port, names, certificate });
    this.#serving = { server, certificate };
    this.#isAsked = false;
    await this.#report(settings);
  }

  /** Calls that are under way go on: a new certificate is shown to whoever comes next. */
  async #renew(settings: LanSettings): Promise<void> {
    if (this.#serving === undefined) return;
    const certificate = await this.#certificate(settings);
    if (certificate.fingerprint !== this.#serving.certificate.fingerprint)
      this.#serving.server.renew(certificate);
    this.#serving = { ...this.#serving, certificate };
    await this.#report(settings);
  }

  async #report({ port }: LanSettings): Promise<void> {
    if (this.#serving === undefined) return;
    const { isOutOfDate } = await import('./certificate.ts');
    const { lan, log, now } = this.#options;
    const { certificate } = this.#serving;
    const { fingerprint, until } = certificate;
    const urls = addressesOf(this.#names, port);
    const before = lan.status();
    const certificateOutOfDate = isOutOfDate(certificate, now());
    lan.report({ state: 'on', urls, fingerprint, certificateUntil: until, certificateOutOfDate });
    if (before.state !== 'on' || before.urls.join() !== urls.join())
      log.event('lan-serving', { port, addresses: urls.length });
    if (certificateOutOfDate && before.certificateOutOfDate !== true)
      log.event('lan-certificate-out-of-date');
  }

  async #certificate(settings: LanSettings): Promise<ServerCertificate> {
    const { dataDir, now } = this.#options;
    const { givenCertificate, ownCertificate } = await import('./certificate.ts');
    return settings.certificate === undefined
      ? ownCertificate(join(dataDir, 'lan'), this.#names, now(), this.#isAsked)
      : givenCertificate(settings.certificate);
  }

  #cutOffUnpaired(): void {
    if (this.#serving === undefined) return;
    const paired = new Set(listDevices(this.#options.db).map((device) => device.id));
    this.#serving.server.cutOff((device) => paired.has(device));
  }
}

function nameOf(error: unknown): string {
  const { code } = error as NodeJS.ErrnoException;
  return code ?? (error instanceof Error ? error.name : 'unknown');
}
