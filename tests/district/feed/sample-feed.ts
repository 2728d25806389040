import { hash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DivisionFeed } from '#district/feed/division-log.ts';
import { layOutMedia } from '#district/feed/media-targets.ts';
import { type OnlineKeys, publish } from '#district/feed/publish.ts';
import { type RootKeys, writeRoot } from '#district/feed/root.ts';
import { makeSigningKey, openSigner, type Signer } from '#district/feed/signer.ts';
import type { ContentRecord } from '#shared/content/envelope.ts';
import type { MediaBody } from '#shared/content/kinds/media.ts';
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

/** A sound record of a division that names a file. */
export function pamphlet(
  name: string,
  file: Uint8Array,
  version = 1,
  scope = '530102',
): ContentRecord<MediaBody> {
  const { validUntil: _none, ...rest } = notice(name, version, scope);
  return {
    ...rest,
    id: `media.${name}`,
    kind: 'media',
    body: {
      ...{ title: `宣传册 ${name}`, type: 'pdf', mime: 'application/pdf' },
      ...{ sha256: hash('sha256', file), bytes: file.length },
      ...{ description: '示例宣传册', captions: '' },
    },
  };
}

/** A file as a district has it: a pamphlet of so many bytes, the same for the same letter. */
export function fileOf(letter: string, bytes = 1_000): Buffer {
  return Buffer.concat([Buffer.from('%PDF-1.7\n'), Buffer.alloc(bytes - 9, letter)]);
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
  const store = mkdtempSync(join(tmpdir(), 'store-'));
  return {
    folder,
    keys,
    root: readFileSync(join(folder, 'metadata', '1.root.json')),
    publish: (divisions: readonly DivisionFeed[], now = NOW, by = keys) =>
      publish(folder, divisions, by, now),
    /** Lays a file where the district keeps those that editors handed in; nobody sees it there. */
    keep: (file: Buffer, ending = 'pdf') =>
      writeFileSync(join(store, `${hash('sha256', file)}.${ending}`), file),
    /** Publishes with the files that the records name, as the server does. */
    publishAll: async (divisions: readonly DivisionFeed[], now = NOW, by = keys) => {
      for (const { index, media } of divisions)
        await layOutMedia(store, folder, index.division, media);
      publish(folder, divisions, by, now);
    },
    remove: () => {
      for (const one of [folder, store]) rmSync(one, { recursive: true, force: true });
    },
  };
}
