import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

export interface Size {
  readonly files: number;
  readonly bytes: number;
  readonly gzipBytes: number;
}

/** How large the built pages are, by kind of file. Fonts are compressed already. */
export function bundleSizes(folder: string): Record<'scripts' | 'styles' | 'fonts', Size> {
  const names = readdirSync(folder);
  const sizeOf = (pattern: RegExp): Size => {
    const files = names.filter((name) => pattern.test(name));
    const bodies = files.map((name) => readFileSync(join(folder, name)));
    const sum = (numbers: number[]) => numbers.reduce((total, number) => total + number, 0);
    return {
      files: files.length,
      bytes: sum(bodies.map((body) => body.length)),
      gzipBytes: sum(bodies.map((body) => gzipSync(body).length)),
    };
  };
  return {
    scripts: sizeOf(/\.js$/),
    styles: sizeOf(/\.css$/),
    fonts: sizeOf(/\.woff2?$/),
  };
}
