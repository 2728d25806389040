import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { ContentRecord } from '#shared/content/envelope.ts';
import type { StationBody } from '#shared/content/kinds/station.ts';
import { divisionOf } from '#shared/content/scope.ts';
import { StationError } from '#shared/contract/errors.ts';
import type { PreviewScene } from '#shared/contract/preview-process.ts';
import { stationContract } from '#shared/contract/station.ts';
import { replaceContent, showRecord } from '../content/content-store.ts';
import { openLibrary } from '../content/library.ts';
import { packDigest } from '../packs/pack-digest.ts';
import { type ProfilePack, readProfilePack, readProfileSettings } from '../packs/profile-pack.ts';
import { openStations } from '../stations/stations.ts';
import { openDatabase } from '../store/open-database.ts';
import { sceneMethods } from './scene-methods.ts';
import { helloOf, VISITOR_METHODS } from './visitor-methods.ts';

/** No deployment is known for an outlet, or its files are faulty. */
export class NoProfileError extends Error {}

/** Ten in the morning by China's clock. */
const MORNING = 'T10:00:00+08:00';
/** Reviewers look at few drafts at a time. */
const KEPT = 3;

/** A terminal as it would be, which answers what visitors' pages ask. */
interface OpenScene {
  readonly read: (method: string, input: unknown) => unknown;
  readonly close: () => void;
}

/** Scenes by their keys; the ones not looked at for longest are closed. `profiles` is the folder of deployments. */
export function openScenes(profiles: string) {
  const scenes = new Map<string, OpenScene>();
  const packs = keepPack(profiles);
  return {
    has: (key: string) => scenes.has(key),
    show: (key: string, scene: PreviewScene) => {
      const [oldest] = scenes.size >= KEPT ? scenes.keys() : [];
      if (oldest !== undefined) {
        scenes.get(oldest)?.close();
        scenes.delete(oldest);
      }
      scenes.set(key, openScene(packs(scene.outlet), scene));
    },
    read: (key: string, method: string, input: unknown): unknown => {
      const scene = scenes.get(key);
      if (scene === undefined) return undefined;
      // Last in the row: the first is the one not looked at for longest.
      scenes.delete(key);
      scenes.set(key, scene);
      return scene.read(method, input);
    },
    close: () => {
      for (const scene of scenes.values()) scene.close();
    },
  };
}

/** The deployment that was needed last, until its files change: reading one takes seconds. */
function keepPack(profiles: string): (outlet: string) => ProfilePack {
  let kept: { readonly digest: string; readonly pack: ProfilePack } | undefined;
  return (outlet) => {
    const folder = folderFor(profiles, outlet);
    const digest = `${folder} ${packDigest(folder, '')}`;
    if (kept?.digest === digest) return kept.pack;
    const { pack } = readProfilePack(folder);
    if (pack === undefined) throw new NoProfileError(outlet);
    kept = { digest, pack };
    return pack;
  };
}

/** The deployment that serves an outlet: the one with the narrowest district around it. Throws `NoProfileError`. */
function folderFor(profiles: string, outlet: string): string {
  const [best] = readdirSync(profiles, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap(({ name }) => {
      const { settings } = readProfileSettings(join(profiles, name));
      const district = settings?.profile.district ?? '';
      return district !== '' && outlet.startsWith(district) ? [{ name, district }] : [];
    })
    .toSorted((one, two) => two.district.length - one.district.length);
  if (best === undefined) throw new NoProfileError(outlet);
  return join(profiles, best.name);
}

/** The deployment's own content, the district's in place of it where there is any, and the draft over both. */
function openScene(
  pack: ProfilePack,
  { outlet, day, divisions, records, draft }: PreviewScene,
): OpenScene {
  const cache = openDatabase(':memory:', 'cache');
  const close = () => {
    cache.write.close();
  };
  try {
    const isOutlet = (record: ContentRecord) =>
      record.kind === 'station' && (record.body as StationBody).code === outlet;
    const hasOutlet = (records as ContentRecord[]).some(isOutlet);
    const own = pack.records
      .map(({ record }) => record)
      .filter(
        (record) =>
          !divisions.includes(divisionOf(record.scope)) ||
          // No terminal lets its own outlet go (`apply-division.ts`).
          (!hasOutlet && isOutlet(record)),
      );
    replaceContent(cache, 'preview', '', [...own, ...(records as ContentRecord[])], 0);
    const name = { id: draft.id, scope: draft.scope };
    showRecord(cache, name, (draft.record as ContentRecord | null) ?? undefined, '');
    const at = Date.parse(`${day}${MORNING}`);
    const { profile, divisions: names } = pack;
    const settings = { db: cache, profile, divisions: names, station: outlet, now: () => at };
    const library = openLibrary(settings);
    const stations = openStations(cache, library);
    const further = sceneMethods({ ...settings, library, stations });
    return {
      read: (method, input) => {
        if (method === 'system.hello') return helloOf(library, stations, cache, at);
        const visitor = VISITOR_METHODS[method];
        const read = visitor?.bind(undefined, library, stations) ?? further.methods[method];
        if (read === undefined) throw new StationError('not-found');
        return read(inputOf(method, input) as never);
      },
      close: () => {
        further.close();
        close();
      },
    };
  } catch (error) {
    close();
    throw error;
  }
}

interface Schema {
  readonly safeParse: (input: unknown) => { readonly success: boolean; readonly data?: unknown };
}
interface Described {
  readonly '~orpc': { readonly inputSchema?: Schema };
}

/** What was asked, checked as the host itself would. Throws `bad-input`. */
function inputOf(method: string, input: unknown): unknown {
  const [group = '', name = ''] = method.split('.');
  const methods: unknown = Reflect.get(stationContract, group);
  const described = Reflect.get(methods as object, name) as Described;
  const schema = described['~orpc'].inputSchema;
  if (schema === undefined) return {};
  const parsed = schema.safeParse(input);
  if (!parsed.success) throw new StationError('bad-input');
  return parsed.data;
}
