// A stand-in for Electron's default_app in the runtime that tests may fall back to: electron [switches] PATH
import fs from 'node:fs';
import { Module } from 'node:module';
import path from 'node:path';
import url from 'node:url';
import { app } from 'electron/main';

/** Reads the command line as Electron's own default_app does, as far as Playwright and our scripts use it. */
function readArguments(args) {
  const preload = [];
  const rest = [...args];
  for (let arg = rest.shift(); arg !== undefined; arg = rest.shift()) {
    if (arg === '-r' || arg === '--require') preload.push(rest.shift());
    else if (arg === '-v' || arg === '--version') return { info: `v${process.versions.electron}` };
    else if (arg === '-a' || arg === '--abi') return { info: process.versions.modules };
    else if (arg.startsWith('--app=')) return { preload, file: arg.slice('--app='.length) };
    else if (!arg.startsWith('-')) return { preload, file: arg };
  }
  return { preload };
}

/** Takes name and version from the application's package.json; answers the application's folder. */
function introduce(place) {
  const manifest = path.join(place, 'package.json');
  if (!fs.existsSync(manifest)) return undefined;
  const { name, productName, version, desktopName } = JSON.parse(fs.readFileSync(manifest, 'utf8'));
  if (version) app.setVersion(version);
  if (productName || name) app.name = productName || name;
  app.setDesktopName(desktopName || `${app.name}.desktop`);
  return place;
}

const { info, preload, file } = readArguments(process.argv.slice(1));
if (info !== undefined) {
  console.log(info);
  process.exit(0);
}
if (!file) {
  console.error('usage: electron [switches] PATH');
  process.exit(1);
}
if (preload.length > 0) Module._preloadModules(preload);
Object.defineProperty(process, 'defaultApp', {
  configurable: false,
  enumerable: true,
  value: true,
});
try {
  const place = path.resolve(file);
  const folder = introduce(place);
  const main = Module._resolveFilename(place, null, true);
  app.setAppPath(folder ?? path.dirname(main));
  await import(url.pathToFileURL(main).toString());
} catch (error) {
  console.error('App threw an error during load');
  console.error(error.stack || error);
  process.exit(1);
}
