import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** A folder of files for one test. */
export interface WrittenPack {
  readonly folder: string;
  readonly write: (name: string, content: string | Buffer) => string;
  readonly remove: () => void;
}

export function writtenPack(files: Readonly<Record<string, string | Buffer>> = {}): WrittenPack {
  const folder = mkdtempSync(join(tmpdir(), 'pack-'));
  const write = (name: string, content: string | Buffer) => {
    const path = join(folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
    return path;
  };
  for (const [name, content] of Object.entries(files)) write(name, content);
  return { folder, write, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** A file of one hotline, with lines put in place of the ones that begin alike. */
export function hotlineFile(...changed: readonly string[]): string {
  const lines = HOTLINE.split('\n').map(
    (line) => changed.find((other) => keyOf(other) === keyOf(line)) ?? line,
  );
  const added = changed.filter(
    (other) => !HOTLINE.split('\n').some((line) => keyOf(line) === keyOf(other)),
  );
  return [...lines, ...added].join('\n');
}

function keyOf(line: string): string {
  return line.split(':')[0] ?? '';
}

const HOTLINE = `kind: hotline
defaults:
  scope: "00"
  source: 司法部
  responsibleBody: local
  effectiveFrom: "2026-11-01"
  publishedAt: "2026-11-01T09:00:00+08:00"
  editor: 甲
  reviewer: 乙
records:
  - id: hotline.legal
    body:
      name: 公共法律服务热线
      number: "12348"
      group: legal
      what: 免费解答法律问题。
      when: 24 小时`;

/** A profile of one outlet that has no faults. */
export const SOUND_PROFILE: Readonly<Record<string, string>> = {
  'profiles/town/profile.yaml': `id: town
title: 某区
province: 云南省
district: "530102"
justiceBureau: 某区司法局
responsibleBody: 某区司法局
model: 3+X
services: [legal-aid, mediation, advice, notary]
naming: { station: "{street}公共法律服务工作站" }
defaultStation: "530102001"
languages: [zh-CN]
display: { mmPerPx: 0.369, screenBottomMm: 720 }
`,
  'profiles/town/divisions.yaml': `- { code: "530102001", name: 华山街道 }\n`,
  'profiles/town/content/stations.yaml': `kind: station
defaults: &rest
  source: 司法局
  responsibleBody: local
  effectiveFrom: "2026-11-01"
  publishedAt: "2026-11-01T09:00:00+08:00"
  editor: 甲
  reviewer: 乙
records:
  - id: station.530102001
    scope: "530102001"
    body:
      code: "530102001"
      level: station
      windows: [{ id: w1, label: 1号窗口, name: 综合窗口, lines: [advice] }]
`,
  'starter/hotlines.yaml': HOTLINE,
};
