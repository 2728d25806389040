import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DivisionFeed } from '#district/feed/division-log.ts';
import { type OnlineKeys, publish } from '#district/feed/publish.ts';
import { type RootKeys, writeRoot } from '#district/feed/root.ts';
import { makeSigningKey, openSigner, type Signer } from '#district/feed/signer.ts';
import type { ContentRecord } from '#shared/content/envelope.ts';
import type { NoticeBody } from '#shared/content/kinds/notice.ts';

export const NOW = Date.parse('2026-11-22T09:00:00+08:00');
export const DAY = 86_400_000;

export const signer = (): Signer => openSigner(makeSigningKey());

/** A sound record of a division. */
export function notice(name: string, version = 1, scope = '530102'): ContentRecord<NoticeBody> {
  return {
    id: `notice.${name}`,
    kind: 'notice',
    scope,
    version,
    effectiveFrom: '2026-11-01',
    validUntil: '2027-11-01',
    source: '测试',
    responsibleBody: '测试',
    editor: '甲',
    reviewer: '乙',
    publishedAt: '2026-11-01T09:00:00+08:00',
    confirm: [],
    translations: {},
    body: {
      title: `值班安排 ${version}`,
      text: '国庆期间每天上午有人值班，请先取号。',
      group: 'station',
      important: false,
    },
  };
}

export type SampleKeys = RootKeys & OnlineKeys;

export function sampleKeys(): SampleKeys {
  const online = signer();
  return {
    root: [signer(), signer()],
    threshold: 2,
    timestamp: online,
    snapshot: online,
    targets: online,
    content: signer(),
  };
}

/** A district in a temporary folder: keys, the first root, and a way to publish. */
export function sampleDistrict(keys = sampleKeys()) {
  const folder = mkdtempSync(join(tmpdir(), 'feed-'));
  writeRoot(folder, keys, NOW);
  return {
    folder,
    keys,
    root: readFileSync(join(folder, 'metadata', '1.root.json')),
    publish: (divisions: readonly DivisionFeed[], now = NOW, by = keys) =>
      publish(folder, divisions, by, now),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
