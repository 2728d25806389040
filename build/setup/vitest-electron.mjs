import { ensureElectronForTests } from './electron-runtime.mjs';

/** Tells tests in a real Electron where it is: process.env.KIOSK_TEST_ELECTRON. Fails, never skips, when there is none. */
export async function setup() {
  process.env.KIOSK_TEST_ELECTRON = await ensureElectronForTests();
}
